package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// ErasurePlan says what an erasure would take out of the log.
type ErasurePlan struct {
	Kind      policy.Kind   `json:"kind"`
	KindLabel records.Label `json:"kind_label,omitzero"`
	Record    Link          `json:"record"`   // with its title where who asks may read it
	Details   int64         `json:"details"`  // entries that lose their details
	Origins   int64         `json:"origins"`  // of a person: entries that lose address and device
	More      bool          `json:"more"`     // there are more than the numbers say
	Waiting   bool          `json:"waiting"`  // some are not sealed yet: it cannot be done this second
	Archives  int           `json:"archives"` // archives that are written anew
	Writing   int           `json:"writing"`  // … that wait for it already
}

// erasureMost bounds what is counted.
const erasureMost = 10_000

// PlanErasure says what EraseAudit would take out of the log. It takes the right policy. Faults: Denied.
func (s *Session) PlanErasure(ctx context.Context, kind policy.Kind, id policy.ID) (*ErasurePlan, error) {
	var out *ErasurePlan
	var entries []audit.Entry
	err := s.oversee(ctx, "audit_erase", func(t *rtx, v *view) error {
		entries = []audit.Entry{{Action: audit.List, Rules: v.by, Detail: map[string]any{"of": "audit_erasure", "kind": kind, "record": id}}}
		out = &ErasurePlan{Kind: kind, KindLabel: v.kindLabel(kind), Record: Link{ID: id}}
		counted := func(into *int64, text string, args ...any) error {
			err := t.row(ctx, "SELECT count(*) FROM ("+text+" LIMIT "+strconv.Itoa(erasureMost+1)+") x", args...).Scan(into)
			if *into > erasureMost {
				*into, out.More = erasureMost, true
			}
			return err
		}
		touching := "FROM " + t.db.touching("$1", "$2", "= $3")
		if err := counted(&out.Details, "SELECT 1 "+touching+" WHERE e.detail <> '{}'", v.tenant, string(kind), id); err != nil {
			return err
		}
		if kind == records.RefPerson {
			if err := counted(&out.Origins, "SELECT 1 FROM audit_entry e WHERE e.tenant_id = $1 AND (e.actor_id = $2 OR e.on_behalf = $2) AND (e.address <> '' OR e.device <> '')", v.tenant, id); err != nil {
				return err
			}
		}
		err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.db.pending()+" WHERE p.tenant_id = $1 AND e.kind = $2 AND "+t.db.pendingAbout("$3")+")",
			v.tenant, string(kind), id).Scan(&out.Waiting)
		if err != nil {
			return err
		}
		if v.catalog.Kind(kind) != nil {
			titles, err := t.titles(ctx, v, kind, []policy.ID{id})
			if err != nil {
				return err
			}
			out.Record.Title = titles[id]
			entries = append(entries, v.beside("audit")...)
		}
		about, err := t.archivesAbout(ctx, v.tenant, kind, id)
		if err != nil {
			return err
		}
		var waiting []int64
		err = t.each(ctx, func(rows *sql.Rows) error {
			var from int64
			err := rows.Scan(&from)
			waiting = append(waiting, from)
			return err
		}, "SELECT from_leaf FROM audit_archive_erasure WHERE tenant_id = $1 AND kind = $2 AND record_id = $3", v.tenant, string(kind), id)
		about = slices.DeleteFunc(about, func(from int64) bool { return slices.Contains(waiting, from) })
		out.Archives, out.Writing = len(about), len(waiting)
		return err
	}, "policy")
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, entries...)
}

// BeginStream notes that somebody who holds the data takes entries out as a stream, before the first one leaves.
// Only the job setup may.
func (s *System) BeginStream(ctx context.Context, how map[string]any) error {
	if err := s.may(JobSetup); err != nil {
		return err
	}
	return s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Streamed, Detail: how})
}
