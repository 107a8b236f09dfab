package store

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"guan/audit"
	"guan/policy"
)

// insertEntries writes entries and the records they touch. The table audit_record answers 'who saw this customer'
// without reading entries of anything else. What was looked at, which is most of the log and fifty records a page,
// is put into it by the sealer, many entries at a time and in the order of the table; until then it stands in
// audit_pending alone, and touched has both.
func insertEntries(ctx context.Context, db *DB, q querier, entries []audit.Entry) error {
	if db.dialect == Postgres {
		return insertManyEntries(ctx, q, entries)
	}
	for _, e := range entries {
		row, err := flatten(e)
		if err != nil {
			return err
		}
		var seq int64
		// One writer: the next number cannot be taken by anybody else.
		err = q.QueryRowContext(ctx, `
			INSERT INTO audit_entry (tenant_id, seq, at, actor_id, job, on_behalf, action, kind, record_id, channel, address, device,
				request_id, session_id, token_id, epoch, rules, fields, detail)
			VALUES ($1, (SELECT coalesce(max(seq), 0) + 1 FROM audit_entry WHERE tenant_id = $1),
				$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
			RETURNING seq`,
			row.Tenant, row.At, row.Actor, row.Job, row.OnBehalf, row.Action, row.Kind, row.Record, row.Channel, row.Address, row.Device,
			row.RequestID, row.Session, row.Token, row.Epoch, string(row.Rules), string(row.Fields), string(row.Detail)).Scan(&seq)
		if err != nil {
			return err
		}
		list, err := recordIDs(row.Records)
		if err != nil {
			return err
		}
		// The sealer takes it from here.
		if _, err := q.ExecContext(ctx, "INSERT INTO audit_pending (tenant_id, seq, records) VALUES ($1, $2, $3)", row.Tenant, seq, list); err != nil {
			return err
		}
		act := seldom(row.Action)
		if len(row.Records) == 0 || act == nil {
			continue
		}
		if _, err := q.ExecContext(ctx, `
			INSERT INTO audit_record (tenant_id, kind, record_id, seq, act)
			SELECT $1, $2, value, $3, $5 FROM json_each($4) WHERE true ON CONFLICT DO NOTHING`,
			row.Tenant, row.Kind, seq, list, act); err != nil {
			return err
		}
	}
	return nil
}

// insertManyEntries writes any number of entries in one round trip.
func insertManyEntries(ctx context.Context, q querier, entries []audit.Entry) error {
	rows := make([]entryRow, len(entries))
	for i, e := range entries {
		var err error
		if rows[i], err = flatten(e); err != nil {
			return err
		}
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, `
		WITH entry AS MATERIALIZED (
			SELECT nextval('audit_seq') AS seq, e.* FROM jsonb_to_recordset($1::jsonb) AS e (
				tenant bigint, at bigint, actor bigint, job text, on_behalf bigint, action text, kind text, record bigint, records bigint[],
				channel text, address text, device text, request_id text, session bigint, token bigint, epoch bigint,
				rules jsonb, fields jsonb, detail jsonb)
		), written AS (
			INSERT INTO audit_entry (tenant_id, seq, at, actor_id, job, on_behalf, action, kind, record_id, channel, address, device,
				request_id, session_id, token_id, epoch, rules, fields, detail)
			SELECT tenant, seq, at, actor, job, on_behalf, action, kind, record, channel, address, device,
				request_id, session, token, epoch, rules, fields, detail FROM entry
		), pending AS (
			INSERT INTO audit_pending (tenant_id, seq, records) SELECT tenant, seq, coalesce(to_jsonb(records), '[]') FROM entry
		)
		INSERT INTO audit_record (tenant_id, kind, record_id, seq, act)
		SELECT DISTINCT tenant, kind, unnest(records), seq, action FROM entry WHERE `+strings.ReplaceAll(auditSeldom, "e.", "entry."), string(list))
	return err
}

// auditOften is what is looked at: all that is not auditSeldom.
const auditOften = "e.action IN ('read', 'list', 'count')"

// pending are the entries e that wait for their leaf as p: few, so that they come first.
func (db *DB) pending() string {
	return "audit_pending p" + db.pick(" CROSS JOIN", " JOIN") + " audit_entry e ON e.tenant_id = p.tenant_id AND e.seq = p.seq"
}

// pendingLooks are the records that were looked at in pending entries, one a row: j.value.
func (db *DB) pendingLooks() string {
	return db.pending() + " AND e.kind IS NOT NULL AND " + auditOften +
		db.pick(" CROSS JOIN json_each(p.records) j", " CROSS JOIN LATERAL (SELECT r.value::bigint AS value FROM jsonb_array_elements_text(p.records) r) j")
}

// touching are the entries e that touch some records of a kind, a.record_id; what is asked of the records begins with
// an operator. It is asked of each part by itself, since no database would carry it there.
func (db *DB) touching(tenant, kind, records string) string {
	return "(SELECT a.seq, a.record_id FROM audit_record a WHERE a.tenant_id = " + tenant + " AND a.kind = " + kind + " AND a.record_id " + records +
		" UNION ALL SELECT p.seq, j.value FROM " + db.pendingLooks() + " WHERE p.tenant_id = " + tenant + " AND e.kind = " + kind + " AND j.value " + records +
		") a" + db.pick(" CROSS JOIN", " JOIN") + " audit_entry e ON e.tenant_id = " + tenant + " AND e.seq = a.seq"
}

// pendingAbout says that an entry that is pending touches the record that a parameter names.
func (db *DB) pendingAbout(record string) string {
	return db.pick("EXISTS (SELECT 1 FROM json_each(p.records) j WHERE j.value = "+record+")", "p.records @> to_jsonb("+record+"::bigint)")
}

// indexLooks puts what was looked at into audit_record.
func (t *tx) indexLooks(ctx context.Context, tenant policy.ID, seqs string) error {
	_, err := t.exec(ctx, "INSERT INTO audit_record (tenant_id, kind, record_id, seq) SELECT p.tenant_id, e.kind, j.value, p.seq FROM "+t.db.pendingLooks()+
		" WHERE p.tenant_id = $1 AND p.seq IN "+t.listed(2)+" ORDER BY 3 ON CONFLICT DO NOTHING", tenant, seqs)
	return err
}

// seldom is an action as audit_record has it: none where the log is full of it.
func seldom(action string) *string {
	switch audit.Action(action) {
	case audit.Action(policy.Read), audit.List, audit.Count:
		return nil
	}
	return &action
}

// entryRow is an entry as its columns hold it.
type entryRow struct {
	Tenant    policyID        `json:"tenant"`
	At        int64           `json:"at"`
	Actor     *policyID       `json:"actor"`
	Job       *string         `json:"job"`
	OnBehalf  *policyID       `json:"on_behalf"`
	Action    string          `json:"action"`
	Kind      *string         `json:"kind"`
	Record    *policyID       `json:"record"`
	Records   []policyID      `json:"records"`
	Channel   string          `json:"channel"`
	Address   string          `json:"address"`
	Device    string          `json:"device"`
	RequestID string          `json:"request_id"`
	Session   *policyID       `json:"session"`
	Token     *policyID       `json:"token"`
	Epoch     int64           `json:"epoch"`
	Rules     json.RawMessage `json:"rules"`
	Fields    json.RawMessage `json:"fields"`
	Detail    json.RawMessage `json:"detail"`
}

// policyID is an id as a plain number, as SQL wants it, not the string that wires carry.
type policyID int64

func flatten(e audit.Entry) (entryRow, error) {
	row := entryRow{
		Tenant: policyID(e.Tenant), At: e.At.UnixMicro(), Actor: optionalID(e.Actor), Job: optionalText(e.Job), OnBehalf: optionalID(e.OnBehalf),
		Action: string(e.Action), Kind: optionalText(string(e.Kind)), Record: optionalID(e.Record),
		Channel: audit.Clean(e.Channel), Address: audit.Clean(e.Address), Device: audit.Clean(e.Device), RequestID: audit.Clean(e.RequestID),
		Session: optionalID(e.Session), Token: optionalID(e.Token), Epoch: e.Epoch,
	}
	if e.Kind != "" {
		if e.Record != 0 {
			row.Records = append(row.Records, policyID(e.Record))
		}
		for _, id := range e.Records {
			row.Records = append(row.Records, policyID(id))
		}
	}
	var err error
	if row.Rules, err = jsonList(e.Rules); err != nil {
		return row, err
	}
	if row.Fields, err = jsonList(e.Fields); err != nil {
		return row, err
	}
	row.Detail, err = jsonDetail(e.Detail)
	return row, err
}

// jsonDetail writes a detail. PostgreSQL's jsonb cannot hold NUL, so it is taken out, which
// needs a second pass only where there is one.
func jsonDetail(detail map[string]any) (json.RawMessage, error) {
	if detail == nil {
		return json.RawMessage("{}"), nil
	}
	out, err := json.Marshal(detail)
	if err != nil || !bytes.Contains(out, []byte(`\u0000`)) {
		return out, err
	}
	var tree any
	if err := json.Unmarshal(out, &tree); err != nil {
		return nil, err
	}
	return json.Marshal(withoutNUL(tree))
}

func withoutNUL(node any) any {
	switch x := node.(type) {
	case string:
		return strings.ReplaceAll(x, "\x00", "")
	case []any:
		for i := range x {
			x[i] = withoutNUL(x[i])
		}
	case map[string]any:
		clean := make(map[string]any, len(x))
		for key, value := range x {
			clean[strings.ReplaceAll(key, "\x00", "")] = withoutNUL(value)
		}
		return clean
	}
	return node
}

func jsonList(items []string) (json.RawMessage, error) {
	if len(items) == 0 {
		return json.RawMessage("[]"), nil
	}
	return json.Marshal(items)
}

// recordIDs is the records of an entry as a JSON array.
func recordIDs(ids []policyID) (string, error) {
	if len(ids) == 0 {
		return "[]", nil
	}
	list, err := json.Marshal(ids)
	return string(list), err
}

func optionalID(id policy.ID) *policyID {
	if id == 0 {
		return nil
	}
	p := policyID(id)
	return &p
}

func optionalText(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
