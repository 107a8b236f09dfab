package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// Whose a code is stands in tables that are read when a leak is traced: export_copy for exports, watermark for
// screens. Whoever has the database could write somebody else's name there. So the entry of the sealed log in
// which a code came into being says whose it is too: verification compares, and a trace tells whether the log
// says the same.

// copyDetail is what the entry of a copy says of it. The marks hang on its number, the person and the session
// are those of the entry.
type copyDetail struct {
	Code   string    `json:"code"`
	Export policy.ID `json:"export,omitempty"` // the job
}

// sealCopy writes that the copy came into being, in the transaction in which its row does.
func (x *exporting) sealCopy(ctx context.Context, t *tx, p *part) error {
	detail := map[string]any{"code": x.copy.code}
	if job := x.job(); job != 0 {
		detail["export"] = job
	}
	entry := x.actor.sign(audit.Entry{Action: audit.Copied, Kind: records.System, Record: x.copy.id, Epoch: p.entry.Epoch, Rules: p.entry.Rules, Detail: detail})
	entry.At = t.now
	return insertEntries(ctx, t.db, t.q, []audit.Entry{entry})
}

// SealedCopy is what the log says of an export. Whether the log itself is whole is for its verification.
type SealedCopy struct {
	Seq    policy.ID `json:"seq"`              // of the entry
	Same   bool      `json:"same"`             // it says the same as the table of exports
	Person *Name     `json:"person,omitempty"` // whose export it is as the log has it
}

// sealedCopy reads it; nil where the database has no such entry, as of exports that are older than these
// entries, or whose entries lie in an archive.
func (t *rtx) sealedCopy(ctx context.Context, tenant policy.ID, c *TracedCopy) (*SealedCopy, error) {
	var out SealedCopy
	var person, session, token policy.ID
	var name sql.NullString
	var detail []byte
	err := t.row(ctx, `SELECT e.seq, coalesce(e.actor_id, 0), coalesce(e.session_id, 0), coalesce(e.token_id, 0), p.name, e.detail FROM audit_record r
		JOIN audit_entry e ON e.tenant_id = r.tenant_id AND e.seq = r.seq AND e.action = $4 LEFT JOIN person p ON p.tenant_id = e.tenant_id AND p.id = e.actor_id
		WHERE r.tenant_id = $1 AND r.kind = $2 AND r.record_id = $3 ORDER BY e.seq LIMIT 1`, tenant, string(records.System), c.id, string(audit.Copied)).
		Scan(&out.Seq, &person, &session, &token, &name, &detail)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	var said copyDetail
	if err == nil {
		err = json.Unmarshal(detail, &said)
	}
	if person != 0 {
		out.Person = &Name{ID: person, Name: name.String}
	}
	stated := policy.ID(0)
	if c.Person != nil {
		stated = c.Person.ID
	}
	out.Same = person == stated && session == c.Session && token == c.Token && said.Code == c.Code
	return &out, err
}

// codeOf is what an entry says of a code that came into being.
type codeOf struct {
	Code    string `json:"c"`
	ID      int64  `json:"i,omitempty"`
	Person  int64  `json:"p"`
	Session int64  `json:"s"`
	Token   int64  `json:"t"`
	Seq     int64  `json:"q"`
	Leaf    int64  `json:"l"`
}

// codeTables say of which act a table has the codes, and what of its row w has to be as the entry has it.
var codeTables = []struct {
	act  audit.Action
	what string
	from string
}{
	{audit.Copied, "exports", "export_copy x ON x.tenant_id = $1 AND x.code = w.c AND x.id = w.i AND x.person_id = w.p AND x.session_id = w.s AND x.token_id = w.t"},
	{audit.WatermarkShown, "watermarks", "watermark x ON x.tenant_id = $1 AND x.code = w.c AND x.person_id = w.p AND x.session_id = w.s"},
}

// checkCodes finds codes that by their tables are somebody else's than by these leaves.
func (t *rtx) checkCodes(ctx context.Context, tenant policy.ID, c *audit.Checker, leaves []audit.Leaf) error {
	for _, table := range codeTables {
		var said []codeOf
		for _, l := range leaves {
			if l.Entry == nil || l.Entry.Action != string(table.act) {
				continue
			}
			var detail copyDetail
			if json.Unmarshal(l.Entry.Detail, &detail) != nil || detail.Code == "" {
				continue // it was erased; what else is wrong with it is found by its leaf
			}
			said = append(said, codeOf{detail.Code, known64(l.Entry.Record), known64(l.Entry.Actor), known64(l.Entry.Session), known64(l.Entry.Token), l.Seq, l.Index})
		}
		if len(said) == 0 {
			continue
		}
		list, err := jsonText(said)
		if err != nil {
			return err
		}
		err = t.each(ctx, func(rows *sql.Rows) error {
			f := audit.Finding{Flaw: audit.Misindexed}
			var code string
			if err := rows.Scan(&code, &f.Seq, &f.Leaf); err != nil {
				return err
			}
			f.Text = fmt.Sprintf("whose the code %s is, the table of %s does not say as the entry does", code, table.what)
			c.Found(f)
			return nil
		}, "SELECT w.c, w.q, w.l FROM "+t.pick(
			"(SELECT value ->> '$.c' AS c, value ->> '$.i' AS i, value ->> '$.p' AS p, value ->> '$.s' AS s, value ->> '$.t' AS t, value ->> '$.q' AS q, value ->> '$.l' AS l FROM json_each($2)) w",
			"jsonb_to_recordset($2::jsonb) AS w (c text, i bigint, p bigint, s bigint, t bigint, q bigint, l bigint)")+
			" LEFT JOIN "+table.from+" WHERE x.code IS NULL ORDER BY w.l", tenant, list)
		if err != nil {
			return err
		}
	}
	return nil
}

func known64(id *int64) int64 {
	if id == nil {
		return 0
	}
	return *id
}
