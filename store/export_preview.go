package store

import (
	"context"

	"guan/audit"
	"guan/policy"
)

// ExportPlan tells what a file would hold before it is asked for.
type ExportPlan struct {
	Kind   policy.Kind   `json:"kind"`
	Fields []ExportField `json:"fields"` // in their order
	Total  *Total        `json:"total"`  // of the list; of these, what may not be exported is left out
	// Partial: some records of the list may not be exported by any rule's letter.
	Partial bool `json:"partial"`
	// Held is what of it waits for approval: without asking for one there is no file.
	Held  *ExportHeld `json:"held,omitempty"`
	Day   *ExportDay  `json:"day"`
	Epoch int64       `json:"epoch"`
}

// ExportField is a column of the file. Level is mixed when it is more open on some records than on
// others; a hidden field has no column.
type ExportField struct {
	Name  string `json:"name"`
	Level string `json:"level"`
}

// PlanExport tells what an export of the list would hold: which columns, which of them masked, how
// many rows. Faults: those of OrderExport.
func (s *Session) PlanExport(ctx context.Context, q ListQuery) (*ExportPlan, error) {
	var plan *ExportPlan
	var entry audit.Entry
	actor := s.actor
	actor.Channel = "export"
	err := s.db.look(ctx, actor, func(v *view) error {
		l, exports, err := v.prepareExport(q, v.exportRights(nil, q.Kind, nil))
		if err != nil {
			return err
		}
		export := exports[0]
		plan = &ExportPlan{Kind: q.Kind, Fields: []ExportField{}, Epoch: v.epoch, Partial: len(export.Bars)-v.heldBars(export) > len(l.read.Bars) || len(export.Branches) < len(l.read.Branches)}
		for _, f := range l.fields {
			if f.Custom && min(l.read.Reach(f), export.Reach(f)) == policy.Hidden {
				continue // a company's own field that one may not see does not exist
			}
			plan.Fields = append(plan.Fields, ExportField{f.Name, narrower(spread(l.read, f), spread(export, f), l.read.Reach(f), export.Reach(f))})
		}
		t := s.db.reading(l)
		if plan.Total, err = t.count(ctx, l); err != nil {
			return err
		}
		if plan.Held, err = t.holdingExport(ctx, l, exports); err != nil {
			return err
		}
		if plan.Day, err = s.db.through(v).exportedToday(ctx, v); err != nil {
			return err
		}
		entry = l.entry(nil)
		entry.Action = audit.Count
		l.detailOfQuestion(entry.Detail)
		entry.Detail["count"], entry.Detail["of"] = plan.Total.Count, "export"
		return nil
	})
	if err != nil {
		return nil, s.blocked(ctx, q.Kind, err)
	}
	return plan, s.db.auditRead(ctx, actor, entry)
}

// narrower joins what two actions show of a field.
func narrower(read, export string, highRead, highExport policy.Level) string {
	high := min(highRead, highExport)
	if high == policy.Hidden || read == export {
		if high == policy.Hidden {
			return high.String()
		}
		return read
	}
	if read == "mixed" || export == "mixed" {
		return "mixed"
	}
	return high.Broad().String()
}
