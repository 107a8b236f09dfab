package store

import (
	"context"
	"database/sql"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// HoneyMark is a record that nobody has a reason to open. In lists it is one as any other: no answer but
// this one tells of the mark.
type HoneyMark struct {
	Kind      policy.Kind   `json:"kind"`
	KindLabel records.Label `json:"kind_label"`
	Record    policy.ID     `json:"record"`
	Title     string        `json:"title,omitempty"` // where who looks may read it
	Note      string        `json:"note"`
	By        Name          `json:"by"`
	At        time.Time     `json:"at"`
}

const honeyMost = 200

// HoneyMarks lists the marks. It takes the right audit. Faults: Denied.
func (s *Session) HoneyMarks(ctx context.Context) ([]HoneyMark, error) {
	var out []HoneyMark
	var named []audit.Entry
	err := s.oversee(ctx, "honey", func(t *rtx, v *view) error {
		out = []HoneyMark{}
		wanted := map[policy.Kind][]policy.ID{}
		var people []policy.ID
		err := t.each(ctx, func(rows *sql.Rows) error {
			var m HoneyMark
			var at int64
			err := rows.Scan(&m.Kind, &m.Record, &m.Note, &m.By.ID, &at)
			m.At, m.KindLabel = time.UnixMicro(at).UTC(), v.kindLabel(m.Kind)
			out, people = append(out, m), append(people, m.By.ID)
			wanted[m.Kind] = append(wanted[m.Kind], m.Record)
			return err
		}, "SELECT kind, record_id, note, by_id, created_at FROM honey WHERE tenant_id = $1 ORDER BY created_at DESC, record_id", v.tenant)
		if err != nil {
			return err
		}
		names := map[policy.ID]string{}
		if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
			return err
		}
		titles := map[mention]string{}
		for _, name := range sorted(kindNames(wanted)) {
			described := v.catalog.Kind(policy.Kind(name))
			if described == nil {
				continue
			}
			items, _, err := t.readableAndHeard(ctx, v, described, wanted[described.Name])
			if err != nil {
				return err
			}
			for i := range items {
				it := &items[i]
				if title, plain := it.Fields[described.Title].(string); plain {
					titles[mention{described.Name, it.ID}] = title
					v.tells(described.Name, it)
				}
			}
		}
		for i := range out {
			out[i].By.Name, out[i].Title = names[out[i].By.ID], titles[mention{out[i].Kind, out[i].Record}]
		}
		named = v.with(audit.Entry{Action: audit.List, Rules: v.by, Detail: map[string]any{"of": "honey"}})
		return nil
	}, "audit")
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, named...)
}

// MarkHoney marks a record as one that nobody has a reason to open: who opens, changes or exports it
// raises an alert at once. The record must be one that the actor may read. It takes the right audit and a
// session and, of who has one, the second factor. Faults: NotFound, Denied, Invalid, Conflict.
func (s *Session) MarkHoney(ctx context.Context, kind policy.Kind, id policy.ID, note string) error {
	note, err := approvals.Words(note, false)
	if err != nil {
		return fault.From(err).WithAt("note")
	}
	return s.honey(ctx, kind, id, func(t *tx, v *view) error {
		described := v.catalog.Kind(kind)
		if described == nil || described.Name == records.RefPerson {
			return noRecord
		}
		if items, _, err := t.readableAndHeard(ctx, v, described, []policy.ID{id}); err != nil || len(items) == 0 {
			if err == nil {
				err = noRecord
			}
			return err
		}
		var n int
		if err := t.row(ctx, "SELECT count(*) FROM honey WHERE tenant_id = $1", v.tenant).Scan(&n); err != nil {
			return err
		}
		if n >= honeyMost {
			return fault.Newf(fault.Conflict, "honey_most", "there are at most %d marks", honeyMost)
		}
		done, err := t.exec(ctx, "INSERT INTO honey (tenant_id, kind, record_id, by_id, note, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
			v.tenant, string(kind), id, s.actor.Person, note, t.nowMicros())
		if err == nil && done == 0 {
			err = said(fault.Conflict, "honey_marked", "这条记录已经标记", "the record is marked already")
		}
		return err
	}, true)
}

// UnmarkHoney takes a mark off. It takes what MarkHoney takes. Faults: NotFound, Denied.
func (s *Session) UnmarkHoney(ctx context.Context, kind policy.Kind, id policy.ID) error {
	return s.honey(ctx, kind, id, func(t *tx, v *view) error {
		n, err := t.exec(ctx, "DELETE FROM honey WHERE tenant_id = $1 AND kind = $2 AND record_id = $3", v.tenant, string(kind), id)
		if err == nil && n == 0 {
			err = noRecord
		}
		return err
	}, false)
}

// honey is the frame of both. The entry stands at no record, whose history others read.
func (s *Session) honey(ctx context.Context, kind policy.Kind, id policy.ID, change func(*tx, *view) error, marked bool) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	err := s.db.administer(ctx, s.actor, op{name: "honey"}, "audit", func(t *tx, v *view) error {
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		if err := change(t, v); err != nil {
			return err
		}
		if err := t.tellAuditors(ctx, v, NoticeWatchChanged); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.HoneyMarked, Kind: records.System, Detail: map[string]any{"of": string(kind), "record": id, "marked": marked}})
	})
	return s.declined(ctx, "honey", err)
}

// baits are all marked records, and since when: what was done with one before is no matter of the mark.
func (t *rtx) baits(ctx context.Context, tenant policy.ID) (map[mention]int64, error) {
	out := map[mention]int64{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var m mention
		var since int64
		err := rows.Scan(&m.kind, &m.id, &since)
		out[m] = since
		return err
	}, "SELECT kind, record_id, created_at FROM honey WHERE tenant_id = $1", tenant)
	return out, err
}
