package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"guan/access"
	"guan/grants"
	"guan/policy"
)

const emergencyColumns = "id, person_id, owner_id, kind, record_id, document, from_at, until_at, ended_at, ended_by, due_at, late_at, task_id, verdict, note, reviewed_by, reviewed_at"

// emergencies reads them as they are kept.
func (t *rtx) emergencies(ctx context.Context, tenant policy.ID, where string, args ...any) ([]*emergency, error) {
	var list []*emergency
	err := t.each(ctx, func(rows *sql.Rows) error {
		e := &emergency{}
		var owner, endedBy, task, reviewedBy sql.NullInt64
		var verdict, note sql.NullString
		var document []byte
		var id, person, record policy.ID
		var kind policy.Kind
		var from, until, due, late int64
		var ended, reviewed *int64
		if err := rows.Scan(&id, &person, &owner, &kind, &record, &document, &from, &until, &ended, &endedBy, &due, &late, &task, &verdict, &note, &reviewedBy, &reviewed); err != nil {
			return err
		}
		err := json.Unmarshal(document, &e.Emergency)
		e.ID, e.Person, e.Kind, e.Record = id, person, kind, record
		e.From, e.Until, e.EndedAt = time.UnixMicro(from).UTC(), time.UnixMicro(until).UTC(), instant(ended)
		e.owner, e.endedBy, e.task, e.reviewedBy = policy.ID(owner.Int64), policy.ID(endedBy.Int64), policy.ID(task.Int64), policy.ID(reviewedBy.Int64)
		e.due, e.late, e.reviewedAt = time.UnixMicro(due).UTC(), time.UnixMicro(late).UTC(), instant(reviewed)
		e.verdict, e.note = Verdict(verdict.String), note.String
		list = append(list, e)
		return err
	}, "SELECT "+emergencyColumns+" FROM emergency WHERE tenant_id = $1 AND "+where, append([]any{tenant}, args...)...)
	return list, err
}

// loadEmergencies reads those that are open: they are rules. One that has ended cannot begin again.
func (t *rtx) loadEmergencies(ctx context.Context, st *state) error {
	list, err := t.emergencies(ctx, st.tenant, "until_at > $2 AND ended_at IS NULL ORDER BY id", t.nowMicros())
	for _, e := range list {
		st.authored.Emergencies = append(st.authored.Emergencies, e.Emergency)
	}
	return err
}

// emergencySource tells of emergencies on the record, to who may know who else has access to it, and to
// who opened it. Why is told to who sees what is said there.
func (v *view) emergencySource(b *beneath) source {
	return source{"~emergencies", "permissions", func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		var out []happened
		err := t.each(ctx, func(rows *sql.Rows) error {
			var h happened
			var by sql.NullInt64
			var person policy.ID
			var until int64
			var reason, verdict, note sql.NullString
			if err := rows.Scan(&h.id, &h.at, &h.Type, &by, &person, &until, &reason, &verdict, &note); err != nil {
				return err
			}
			h.by = policy.ID(by.Int64)
			end := time.UnixMicro(until).UTC()
			h.Access = &AccessChange{Person: Name{ID: person}}
			switch h.Type {
			case "glass_opened":
				h.Access.Until = &end
				h.Reason = reason.String
			case "glass_reviewed":
				h.Act = verdict.String
				h.Reason = note.String
			}
			if !b.talks {
				h.Reason = ""
			}
			out = append(out, h)
			return nil
		}, `SELECT place, at, what, by_id, person_id, until_at, reason, verdict, note FROM (
				SELECT id * 4 AS place, from_at AS at, 'glass_opened' AS what, person_id AS by_id, person_id, until_at, reason, verdict, note
				FROM emergency WHERE tenant_id = $1 AND kind = $2 AND record_id = $3
				UNION ALL SELECT id * 4 + 1, ended_at, 'glass_ended', ended_by, person_id, until_at, reason, verdict, note
				FROM emergency WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND ended_at IS NOT NULL
				UNION ALL SELECT id * 4 + 2, reviewed_at, 'glass_reviewed', reviewed_by, person_id, until_at, reason, verdict, note
				FROM emergency WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND reviewed_at IS NOT NULL) x
			WHERE (at, place) < ($4, $5) ORDER BY at DESC, place DESC LIMIT $6`, v.tenant, string(b.kind.Name), b.id, before.at, before.id, limit)
		return out, err
	}}
}

// withoutEmergencies is the view as it would be had nobody opened anything, for what an emergency does
// not give: files hold anything, whatever class it would be of.
func (v *view) withoutEmergencies(actor Actor) *view {
	me := v.bound.Subject().Person
	if !slices.ContainsFunc(v.authored.Emergencies, func(e grants.Emergency) bool { return e.Person == me }) {
		return v
	}
	own := v.authored
	own.Emergencies = nil
	compiled, _ := policy.Compile(v.catalog.Schema(), access.InForce(own.Lower()), v.tree.Within)
	less := *v
	less.bound = compiled.Bind(v.bound.Subject(), v.bound.Context())
	if actor.Scope != nil {
		less.bound.Narrow(actor.Scope.Allows)
	}
	return &less
}
