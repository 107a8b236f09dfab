package store

import (
	"context"
	"slices"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// An export that a rule holds for approval is refused as a whole: what would be left out of the file
// without a word is what its reader would not miss. Whoever can do without it narrows the list.

// heldExport is what the export would be with approval, where a rule holds some of it.
func (v *view) heldExport(kind policy.Kind) *policy.Reduction {
	if of := v.lifted(); of != nil {
		if r := of.bound.Reduce(policy.Export, kind); !r.None() {
			return r
		}
	}
	return nil
}

// holds lists what of a row waits for approval: the row, and the fields that show less without.
func (l *listing) holds(exports []*policy.Reduction, row fetched) (whole bool, fields []string) {
	with := l.held.Outcome(row.answer)
	if !with.Allowed {
		return false, nil
	}
	allowed, out := exported(exports, row.answer)
	if !allowed {
		return true, nil
	}
	read := l.read.Outcome(row.answer)
	for _, f := range l.exportColumns([]*policy.Reduction{l.held}) {
		field := l.schema.Field(f.Name)
		if !row.values[f.Name].Missing() && min(read.Level(field), with.Level(field)) > min(read.Level(field), out(field)) {
			fields = append(fields, f.Name)
		}
	}
	return false, fields
}

// ExportHeld is what of a list can be exported with approval only, as far as its first part tells.
type ExportHeld struct {
	Records int      `json:"records"`
	Fields  []string `json:"fields"`
}

// orderable wants a list to be exported as it is, without approval. What of the document may not be is left out
// of it.
func (t *rtx) orderable(ctx context.Context, v *view, list exportList, document *RecordDocument, format string) error {
	l, exports, err := v.prepareBeside(list, v.exportRights(nil, nil, nil))
	if err != nil {
		return err
	}
	held, err := t.holdingExport(ctx, l, exports)
	if err != nil {
		return err
	}
	switch {
	case document == nil:
		err = l.fits(format, exports)
	case list.relation == nil:
		var row *fetched
		if row, err = t.recordOf(ctx, l, exports); err == nil && document.Comments {
			talked := l.talked(exports, *row)
			if document.Comments = talked != commentsClosed; talked == commentsHeld {
				return exportNeedsApproval
			}
		}
	}
	if err == nil && held != nil {
		err = exportNeedsApproval
	}
	return err
}

// holdingExport looks through the first part of a list; nil when nothing of it waits for approval.
func (t *rtx) holdingExport(ctx context.Context, l *listing, exports []*policy.Reduction) (*ExportHeld, error) {
	if l.held == nil {
		return nil, nil
	}
	rows, _, err := t.rows(ctx, l)
	if err != nil {
		return nil, err
	}
	out := &ExportHeld{Fields: []string{}}
	for _, row := range rows {
		whole, fields := l.holds(exports, row)
		if whole {
			out.Records++
		}
		for _, name := range fields {
			if !slices.Contains(out.Fields, name) {
				out.Fields = append(out.Fields, name)
			}
		}
	}
	if out.Records == 0 && len(out.Fields) == 0 {
		return nil, nil
	}
	return out, nil
}

var exportNeedsApproval = needsApproval.With("type", string(ExportRequest))

// exportDuties are by whom the rules want an export of a kind decided: those that hold something of it
// for who asks and, where they may export none of it at all, the company's chain.
func (v *view) exportDuties(kind policy.Kind) []string {
	plain := v.bound.Reduce(policy.Export, kind)
	var out []string
	closed := plain.None()
	for _, bar := range slices.Concat(plain.Bars, plain.Guards) {
		for _, i := range bar.Rules {
			r := v.bound.Ruleset().Rule(i)
			if access.Held(r) {
				out = append(out, r.Duty.Approval...)
			} else if bar.Caps == nil && bar.Always() {
				closed = true
			}
		}
	}
	if closed {
		out = append([]string{"@chain"}, out...)
	}
	return out
}

// blocked records an attempt to export that was refused, whatever it was refused for.
func (s *Session) blocked(ctx context.Context, kind policy.Kind, err error) error {
	switch fault.From(err).Kind {
	case fault.Locked, fault.Stale:
		s.note(ctx, kind, 0, policy.Export, err)
		return err
	}
	return s.refused(ctx, kind, 0, policy.Export, err)
}

// heldBars is how many of the bars hold only until somebody approves.
func (v *view) heldBars(r *policy.Reduction) int {
	n := 0
	for _, bar := range r.Bars {
		if !slices.ContainsFunc(bar.Rules, func(i int) bool { return !access.Held(v.bound.Ruleset().Rule(i)) }) {
			n++
		}
	}
	return n
}
