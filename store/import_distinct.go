package store

import (
	"context"

	"guan/fault"
	"guan/policy"
)

var (
	importedTwice = fault.New(fault.Conflict, "duplicate_row", "a row before it is the same by this field")
	importedThere = fault.New(fault.Conflict, "duplicate", "a record that you see is the same by this field already")
)

// distinct leaves the rows that are not the same as a record that the actor sees, or as a row before
// them, in the terms in which Duplicates compares: by what is plain to the actor, and nothing else.
func (w *recordWriter) distinct(ctx context.Context, rows []*importRow) ([]*importRow, error) {
	if !w.run.Mapping.Distinct {
		return rows, nil
	}
	var left []*importRow
	var seen []policy.ID
	for _, r := range rows {
		for _, one := range likesIn(w.plan.kind, r.given) {
			f, key := one.field, one.key
			// Two fields with a telephone number hold the same sort of it.
			mark := "same " + string(f.Format) + " " + key(one.text)
			twice := w.run.keys[mark]
			w.run.keys[mark] = true
			if twice {
				r.wrong(w.plan.heading(f.Name), importedTwice)
				continue
			}
			var found Duplicates
			if err := w.t.alike(ctx, w.v, w.plan.kind, f, key, one.text, &found); err != nil {
				return nil, err
			}
			for _, d := range found.Mine {
				seen = append(seen, d.ID)
			}
			if len(found.Mine) > 0 {
				r.wrong(w.plan.heading(f.Name), importedThere)
			}
		}
		if len(r.problems) == 0 {
			left = append(left, r)
		}
	}
	w.run.note(w.plan.kind.Name, seen)
	return left, nil
}
