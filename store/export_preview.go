package store

import (
	"context"
	"errors"

	"guan/audit"
	"guan/policy"
)

// ExportPlan tells what a file would hold before it is asked for.
type ExportPlan struct {
	ExportPart
	Related  []RelatedPart `json:"related,omitempty"`  // of a document, in the order in which they were asked for
	Comments string        `json:"comments,omitempty"` // of a document for which they were asked: open, held or closed
	Day      *ExportDay    `json:"day"`
	Epoch    int64         `json:"epoch"`
}

// ExportPart is what of it a list gives.
type ExportPart struct {
	Kind   policy.Kind   `json:"kind"`
	Fields []ExportField `json:"fields"`          // in their order
	Total  *Total        `json:"total,omitempty"` // of the list; of these, what may not be exported is left out
	// Partial: some records of the list may not be exported by any rule's letter.
	Partial bool `json:"partial"`
	// Held is what of it waits for approval: without asking for one there is no file.
	Held *ExportHeld `json:"held,omitempty"`
}

// RelatedPart is a list beside a record. One of which nothing may be exported is left out.
type RelatedPart struct {
	Relation string `json:"relation"`
	LeftOut  bool   `json:"left_out"`
	ExportPart
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
	return s.planExport(ctx, q, nil, "")
}

// PlanRecord tells what the document of a record would hold, and what of that which was asked for it would not.
// Faults: those of OrderRecord.
func (s *Session) PlanRecord(ctx context.Context, q ListQuery, d RecordDocument, format string) (*ExportPlan, error) {
	return s.planExport(ctx, q, &d, format)
}

func (s *Session) planExport(ctx context.Context, q ListQuery, d *RecordDocument, format string) (*ExportPlan, error) {
	var plan *ExportPlan
	var entries []audit.Entry
	actor := s.actor
	actor.Channel = "export"
	err := s.db.look(ctx, actor, func(v *view) error {
		plan, entries = &ExportPlan{Epoch: v.epoch}, nil
		lists, err := v.exportLists(q, d, format)
		if err != nil {
			return err
		}
		for _, list := range lists {
			part, l, exports, err := s.db.planPart(ctx, v, list)
			if err != nil && (list.relation == nil || !leftOut(err)) {
				return err
			}
			if list.relation != nil {
				plan.Related = append(plan.Related, RelatedPart{Relation: list.relation.Name, LeftOut: err != nil, ExportPart: part})
			} else {
				plan.ExportPart = part
			}
			if err != nil {
				continue
			}
			if d != nil && list.relation == nil {
				row, err := s.db.reading(l).recordOf(ctx, l, exports)
				if err != nil {
					return err
				}
				if d.Comments {
					plan.Comments = l.talked(exports, *row)
				}
			}
			entry := l.entry(nil)
			entry.Action = audit.Count
			l.detailOfQuestion(entry.Detail)
			entry.Detail["count"], entry.Detail["of"] = part.Total.Count, "export"
			entries = append(entries, entry)
		}
		plan.Day, err = s.db.through(v).exportedToday(ctx, v)
		return err
	})
	if err != nil {
		return nil, s.blocked(ctx, q.Kind, err)
	}
	return plan, s.db.auditRead(ctx, actor, entries...)
}

// planPart tells what a list would give. One beside a record of which nothing goes without approval is held as
// a whole.
func (db *DB) planPart(ctx context.Context, v *view, list exportList) (ExportPart, *listing, []*policy.Reduction, error) {
	part := ExportPart{Kind: list.Kind, Fields: []ExportField{}}
	l, exports, err := v.prepareBeside(list, v.exportRights(nil, nil, nil))
	whole := list.relation != nil && errors.Is(err, exportNeedsApproval)
	if whole {
		l, err = v.prepare(list.ListQuery)
	}
	if err != nil {
		return part, nil, nil, err
	}
	t := db.reading(l)
	if part.Total, err = t.count(ctx, l); err != nil || whole {
		part.Held = &ExportHeld{Fields: []string{}}
		if part.Total != nil {
			part.Held.Records = part.Total.Count
		}
		return part, l, nil, err
	}
	export := exports[0]
	part.Partial = len(export.Bars)-v.heldBars(export) > len(l.read.Bars) || len(export.Branches) < len(l.read.Branches)
	for _, f := range l.fields {
		if f.Custom && min(l.read.Reach(f), export.Reach(f)) == policy.Hidden {
			continue // a company's own field that one may not see does not exist
		}
		part.Fields = append(part.Fields, ExportField{f.Name, narrower(spread(l.read, f), spread(export, f), l.read.Reach(f), export.Reach(f))})
	}
	part.Held, err = t.holdingExport(ctx, l, exports)
	return part, l, exports, err
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
