package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"guan/mark"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// Every export that is written is a copy of its own: it has a code for people, marks for the rest, and a
// row that says whose it is before the first byte of it is written. Which records are in it is kept, packed,
// and so are keyed hashes of the values by which they can be recognised, once for each version of a record,
// however often it is exported.

// exportCopy is the copy that is being written.
type exportCopy struct {
	id       policy.ID
	code     string
	key      mark.Key
	bits     *mark.Copy // nil where the company has no marks written
	line     bool       // CSV has a last line
	canaries string     // the range of the numbers of its invented rows; empty where it has none
	at       time.Time
	parts    int
	device   policy.ID
	name     string
	login    string
}

// clue is a value by which a record can be recognised.
type clue struct {
	bit  int
	text string
}

// cluesOf bounds the fields of a kind that are clues.
const cluesOf = 8

// clueFields are the fields of a kind that name one record of few, in their order. What is kept encrypted
// is none: its hash could be guessed from.
func clueFields(kind *records.Kind) []string {
	var out []string
	for _, f := range kind.Fields {
		names := f.Spoken || f.Name == kind.Title || f.Name == "code" || f.Name == "number"
		switch f.Format {
		case records.Phone, records.Email, records.CreditCode:
			names = true
		}
		if names && !f.Custom && !f.Encrypted && f.Type == records.Text && len(out) < cluesOf {
			out = append(out, f.Name)
		}
	}
	return out
}

// newCopy begins a copy. Nothing of it stands in the database yet.
func (x *exporting) newCopy(ctx context.Context) (*exportCopy, error) {
	c := &exportCopy{code: mark.NewCode()}
	err := x.db.maintain(ctx, func(t *tx) (err error) {
		t.actor.Tenant = x.actor.Tenant // whose keys seal
		if c.key, err = t.markKey(ctx, x.actor.Tenant); err != nil {
			return err
		}
		settings, err := t.markSettings(ctx, x.actor.Tenant)
		if err != nil {
			return err
		}
		if c.id, err = t.newID(ctx); err != nil {
			return err
		}
		c.at, c.line, c.canaries = t.now, settings.Line, ""
		if x.Document == nil && slices.Contains(settings.Canaries, x.Query.Kind) {
			c.canaries = cmp.Or(settings.Range, mark.CanaryRange)
		}
		if c.bits = nil; settings.Marks {
			c.bits = c.key.Copy(int64(c.id))
		}
		var device sql.NullInt64
		err = t.row(ctx, `SELECT (SELECT s.device_id FROM session s WHERE s.tenant_id = p.tenant_id AND s.id = $3), p.name, coalesce(p.login, '')
			FROM person p WHERE p.tenant_id = $1 AND p.id = $2`, x.actor.Tenant, x.actor.Person, x.actor.Session).Scan(&device, &c.name, &c.login)
		if errors.Is(err, sql.ErrNoRows) {
			c.name, err = string(x.actor.job), nil
		}
		c.device = policy.ID(device.Int64)
		return err
	})
	return c, err
}

// stamp is what the file says of itself.
func (x *exporting) stamp() sheet.Stamp {
	c := x.copy
	who := c.name
	if c.login != "" {
		who += " (" + c.login + ")"
	}
	return sheet.Stamp{Line: fmt.Sprintf("%s · %s · %s", who, c.at.In(chinaTime).Format("2006-01-02 15:04"), c.code), Code: c.code, Who: who, Last: c.line,
		Title: x.title, At: c.at, English: x.Lang == "en"}
}

// keep writes down what a part of the copy holds, in the transaction that counts its rows.
func (x *exporting) keep(ctx context.Context, t *tx, p *part) error {
	c, a := x.copy, x.actor
	if c.parts == 0 {
		marked := 0
		if c.bits != nil {
			marked = 1
		}
		purpose := ""
		if x.Claim != nil {
			if purpose = x.Claim.Order.Purpose; x.Claim.Order.Approval != nil {
				purpose = x.Claim.Order.Approval.Purpose
			}
		}
		_, err := t.exec(ctx, `INSERT INTO export_copy (tenant_id, id, code, kind, person_id, at, rows, job_id, session_id, token_id, device_id, channel, device, address, format, purpose, marked)
			VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
			a.Tenant, c.id, c.code, string(x.Query.Kind), a.Person, c.at.UnixMicro(), x.job(), a.Session, a.Token, c.device, a.Channel, a.Device, a.Address, x.format(), purpose, marked)
		if err == nil {
			err = x.sealCopy(ctx, t, p)
		}
		if err != nil {
			return err
		}
	}
	if len(p.items) == 0 {
		return nil
	}
	ids := make([]policy.ID, len(p.items))
	for i, it := range p.items {
		ids[i] = it.ID
	}
	slices.Sort(ids)
	if _, err := t.exec(ctx, "INSERT INTO export_copy_part (tenant_id, copy_id, part, records) VALUES ($1, $2, $3, $4)", a.Tenant, c.id, c.parts, packIDs(ids)); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE export_copy SET rows = rows + $1 WHERE tenant_id = $2 AND id = $3", len(ids), a.Tenant, c.id); err != nil {
		return err
	}
	if err := x.invent(ctx, t, p); err != nil {
		return err
	}
	return x.keepClues(ctx, t, ids, p)
}

func (x *exporting) format() string {
	if x.Claim != nil {
		return x.Claim.Order.Format
	}
	return x.Format
}

// keepClues remembers by which values the records of a part can be recognised, where that is not known.
func (x *exporting) keepClues(ctx context.Context, t *tx, ids []policy.ID, p *part) error {
	list, err := jsonText(ids)
	if err != nil {
		return err
	}
	type known struct{ version, fields int64 }
	before := map[policy.ID]known{}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var k known
		err := rows.Scan(&id, &k.version, &k.fields)
		before[id] = k
		return err
	}, "SELECT record_id, version, fields FROM export_known WHERE tenant_id = $1 AND record_id IN ("+t.pick(
		"SELECT value FROM json_each($2)", "SELECT value::bigint FROM json_array_elements_text($2::json)")+")", x.actor.Tenant, list)
	if err != nil {
		return err
	}
	stands, values := [][]int64{}, [][]int64{} // also where all of a record is masked, and there is no value
	for i, it := range p.items {
		fields := int64(0)
		for _, of := range p.clues[i] {
			fields |= 1 << of.bit
		}
		k, same := before[it.ID]
		if same = same && k.version == p.versions[i]; same && k.fields&fields == fields {
			continue
		}
		for _, of := range p.clues[i] {
			if !same || k.fields&(1<<of.bit) == 0 {
				values = append(values, []int64{x.copy.key.Value(mark.Read(of.text).Means), int64(it.ID)})
			}
		}
		if same {
			fields |= k.fields
		}
		stands = append(stands, []int64{int64(it.ID), p.versions[i], fields})
	}
	if len(stands) == 0 {
		return nil
	}
	pairs, err1 := json.Marshal(values)
	rows, err2 := json.Marshal(stands)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if _, err := t.exec(ctx, t.pick(
		"INSERT INTO export_value (tenant_id, hash, record_id) SELECT $1, value ->> 0, value ->> 1 FROM json_each($2) WHERE true ON CONFLICT DO NOTHING",
		"INSERT INTO export_value (tenant_id, hash, record_id) SELECT $1, (value ->> 0)::bigint, (value ->> 1)::bigint FROM json_array_elements($2::json) ON CONFLICT DO NOTHING"),
		x.actor.Tenant, string(pairs)); err != nil {
		return err
	}
	_, err = t.exec(ctx, t.pick(
		"INSERT INTO export_known (tenant_id, record_id, version, fields) SELECT $1, value ->> 0, value ->> 1, value ->> 2 FROM json_each($2) WHERE true",
		"INSERT INTO export_known (tenant_id, record_id, version, fields) SELECT $1, (value ->> 0)::bigint, (value ->> 1)::bigint, (value ->> 2)::bigint FROM json_array_elements($2::json)")+
		" ON CONFLICT (tenant_id, record_id) DO UPDATE SET version = excluded.version, fields = excluded.fields", x.actor.Tenant, string(rows))
	return err
}

// packIDs packs sorted ids: each is the distance from the one before.
func packIDs(ids []policy.ID) []byte {
	out := make([]byte, 0, 2*len(ids)+8)
	last := policy.ID(0)
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

// eachPacked unpacks ids.
func eachPacked(packed []byte, at func(policy.ID)) {
	last := uint64(0)
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		if n <= 0 {
			return
		}
		last += step
		packed = packed[n:]
		at(policy.ID(last))
	}
}
