package store

import (
	"context"
	"fmt"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/mark"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// A record as a document is an export of several lists: of the one record, and of those that point at it. Each
// is a list like any other, with its own rights, and all are one copy. What was said below the record is told
// where it is plain for exporting too.

// RecordDocument is what stands in the document of one record beside its fields.
type RecordDocument struct {
	Record   policy.ID `json:"record"`
	Related  []string  `json:"related,omitempty"` // relations of its kind that lead to many
	Comments bool      `json:"comments,omitempty"`
}

// RecordWriter writes the document of a record: Header and the only Row are its fields, List begins the table
// of those that point at it, and Said is what somebody wrote below it.
type RecordWriter interface {
	sheet.Writer
	List(heading string)
	Said(who, at, text string) error
}

// exportList is one of the lists of a file.
type exportList struct {
	ListQuery
	relation *records.Relation // by which it belongs to the record; nil for what was asked for itself
}

var noRecordFormat = fault.New(fault.Invalid, "format", "a record is exported as pdf")

// exportLists are the lists of a file: the one that was asked for or, of a document, its record and then those
// that point at it, with the columns that a list of their kind shows at first.
func (v *view) exportLists(q ListQuery, d *RecordDocument, format string) ([]exportList, error) {
	if d == nil {
		return []exportList{{ListQuery: q}}, nil
	}
	kind := v.catalog.Kind(q.Kind)
	switch {
	case kind == nil:
		return nil, noKind
	case format != "pdf":
		return nil, noRecordFormat.WithAt("format")
	case q.Filter != "" || q.Search != "" || q.Sort != "":
		return nil, fault.New(fault.Invalid, "record_alone", "a document is of one record: it has no filter, search or order").WithAt("record")
	}
	q.Filter = fmt.Sprintf("r.id == '%d'", d.Record)
	lists := []exportList{{ListQuery: q}}
	for i, name := range d.Related {
		relation, known := kind.Relation(name)
		if !known || !relation.Many || slices.Contains(d.Related[:i], name) {
			return nil, fault.New(fault.Invalid, "relation", "the kind has no such list, or it stands twice").WithAt(fmt.Sprintf("related[%d]", i))
		}
		lists = append(lists, exportList{ListQuery{Kind: relation.Kind, Filter: fmt.Sprintf("r.%s == '%d'", relation.Field, d.Record), Fields: v.besideFields(relation)}, relation})
	}
	return lists, nil
}

// besideFields are the columns of a table beside a record: those of a list that the actor may know of, without
// the one that points at the record.
func (v *view) besideFields(relation *records.Relation) []string {
	kind := v.catalog.Kind(relation.Kind)
	known := v.knownFields(kind)
	fields := []string{}
	for _, name := range append([]string{kind.Title}, kind.List...) {
		if known[name] != nil && name != relation.Field && !slices.Contains(fields, name) && len(fields) < PDFColumns {
			fields = append(fields, name)
		}
	}
	return fields
}

// kindsOf are the kinds of lists, each once.
func kindsOf(lists []exportList) []policy.Kind {
	var kinds []policy.Kind
	for _, list := range lists {
		if !slices.Contains(kinds, list.Kind) {
			kinds = append(kinds, list.Kind)
		}
	}
	return kinds
}

// leftOut reports whether a list beside a record is left out of the document: the actor may export nothing of
// it, or may not know how it belongs to the record.
func leftOut(err error) bool {
	return err != nil && (fault.From(err).Code == notExported.Code || fault.Is(err, fault.Invalid))
}

// prepareBeside is prepareExport for the lists of a file. One beside a record that a forbid closes, or of which no
// field shows, would stand there as if there were none.
func (v *view) prepareBeside(list exportList, rights *exportRights) (*listing, []*policy.Reduction, error) {
	l, exports, err := v.prepareExport(list.ListQuery, rights)
	if err != nil || list.relation == nil {
		return l, exports, err
	}
	open := exports
	if l.held != nil {
		open = []*policy.Reduction{l.held}
	}
	if slices.ContainsFunc(open, barred) || len(l.exportColumns(open)) == 0 {
		return nil, nil, notExported
	}
	return l, exports, nil
}

// barred reports whether a forbid closes every record.
func barred(r *policy.Reduction) bool {
	return slices.ContainsFunc(r.Bars, func(b *policy.Bar) bool { return b.Always() })
}

// askable prepares a list that is asked for: what nothing may be read of is not, nor what a forbid closes, which
// no approval opens.
func (v *view) askable(list exportList, opened *policy.Bound) (*listing, error) {
	l, err := v.prepare(list.ListQuery)
	if err != nil {
		return nil, err
	}
	export := opened.Reduce(policy.Export, list.Kind)
	if l.read.None() || export.None() || barred(export) {
		return nil, notExported
	}
	return l, nil
}

// recordOf wants the record of a document to be there, and to be exported.
func (t *rtx) recordOf(ctx context.Context, l *listing, exports []*policy.Reduction) (*fetched, error) {
	rows, _, err := t.rows(ctx, l)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, noRecord
	}
	if allowed, _ := exported(exports, rows[0].answer); !allowed && (l.held == nil || !l.held.Outcome(rows[0].answer).Allowed) {
		return nil, because(notExported, l.v.shut(exports[0], rows[0].answer, ""))
	}
	return &rows[0], nil
}

// What of the comments of a record goes into its document.
const (
	commentsOpen   = "open"
	commentsHeld   = "held" // with approval
	commentsClosed = "closed"
)

// talked says whether what was said below a record may be exported: where everything that was is plain for
// reading and for exporting.
func (l *listing) talked(exports []*policy.Reduction, row fetched) string {
	read := l.read.Outcome(row.answer)
	allowed, out := exported(exports, row.answer)
	both := func(of func(*policy.Field) policy.Level) func(*policy.Field) policy.Level {
		return func(f *policy.Field) policy.Level { return min(read.Level(f), of(f)) }
	}
	if allowed && talks(l.schema, both(out)) {
		return commentsOpen
	}
	if l.held != nil {
		if with := l.held.Outcome(row.answer); with.Allowed && talks(l.schema, both(with.Level)) {
			return commentsHeld
		}
	}
	return commentsClosed
}

// beside writes what was said below the record, the newest first.
func (x *exporting) beside(ctx context.Context, book RecordWriter) error {
	for before := latest; ; {
		if x.Progress != nil {
			if err := x.Progress(x.rows); err != nil {
				return err
			}
		}
		var said []Comment
		var entries []audit.Entry
		rights := ""
		err := x.db.lookAt(ctx, x.actor, func(t *rtx, v *view) error {
			said, entries = nil, nil
			lists, err := x.lists(v)
			if err != nil {
				return err
			}
			if rights, err = x.decided.mark(kindsOf(lists)); err != nil {
				return err
			}
			l, exports, err := v.prepareExport(lists[0].ListQuery, x.decided)
			if err != nil {
				return err
			}
			row, err := t.recordOf(ctx, l, exports)
			if err != nil || l.talked(exports, *row) != commentsOpen {
				return err
			}
			b, err := t.beneath(ctx, v, x.Query.Kind, x.Document.Record)
			if err != nil {
				return err
			}
			said, err = t.comments(ctx, v, b, before, commentsPage)
			entries = append(b.uses("beneath"), audit.Entry{Action: audit.Action(policy.Export), Kind: x.Query.Kind, Record: b.id, Epoch: v.epoch,
				Detail: map[string]any{"comments": len(said), "export": x.job()}})
			return err
		})
		if err == nil && rights != x.rights {
			err = exportChanged
		}
		if err == nil {
			err = x.db.auditRead(ctx, x.actor, entries...)
		}
		if err != nil {
			return err
		}
		for _, c := range said {
			text := x.cells.as(x.Document.Record, mark.Prose, c.Text).Shown()
			if err := book.Said(c.Author.Name, c.CreatedAt.In(x.cells.zone).Format("2006-01-02 15:04"), text); err != nil {
				return err
			}
		}
		if len(said) < commentsPage {
			return nil
		}
		last := said[len(said)-1]
		before = place{last.CreatedAt.UnixMicro(), int64(last.ID)}
	}
}
