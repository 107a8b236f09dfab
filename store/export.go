package store

import (
	"context"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// Export is a list on its way into a table: what List shows over all its pages, as far as the
// actor may export it.
type Export struct {
	// Query is the list; its Limit, Cursor, Count and Sums do not count.
	Query ListQuery
	// Document makes it one record with what stands beside it; To is then a RecordWriter.
	Document *RecordDocument
	Lang     string // of headings, choices, yes and no: zh or en
	To       sheet.Writer
	// Progress hears, before each part of the list is read, how many rows are written. Its error
	// ends the export.
	Progress func(rows int64) error
	Claim    *Claim // the background work that it is; nil for none
	Format   string // one of ExportFormats, as it is kept of an export that is no background work
}

// exportRows is how many rows are read at a time. Each part is a statement of its own, which
// asks for the epoch anew.
const exportRows = 1000

var (
	notExported   = fault.New(fault.Denied, "export", "you may not export records of this kind")
	exportChanged = fault.New(fault.Stale, "export_changed", "what you may see has changed meanwhile: export again")
)

// Export writes the list: the headings in one language, then the rows. A field that is masked on a
// row stands there as its preview, a hidden one is empty, and a field that is hidden on every row
// has no column; where the rules say of a field something else for exporting than for reading, the
// narrower counts. Rows that may be read but not exported are left out. It is in the audit log
// before any of it is written, and a copy of its own: stamped, and marked where values are plain.
// To is not closed. Faults: those of List, Denied where nothing may
// be exported, Stale (export_changed) when the rights change on the way.
func (s *Session) Export(ctx context.Context, e Export) (int64, error) {
	actor := s.actor
	if actor.job == "" {
		actor.Channel = "export"
	}
	x := &exporting{Export: e, db: s.db, actor: actor, cells: newExportCells(e.Lang)}
	err := x.run(ctx)
	if err != nil {
		// What failed gives nothing to anybody, and is not counted. A failure of that counts too much.
		_ = x.giveBack(context.WithoutCancel(ctx))
		return x.rows, s.refusedExport(ctx, e.Query.Kind, err)
	}
	return x.rows, nil
}

type exporting struct {
	Export
	db    *DB
	actor Actor
	cells *exportCells

	at      int              // which of the lists of the file it is at
	of      int              // how many there are
	cursor  string           // where its next part begins
	columns []*records.Field // fixed by the first part of a list
	rights  string           // fixed by the first part of all
	title   string           // what a document, or a list in it, is called
	decided *exportRights    // by which the part before was read
	rows    int64
	copy    *exportCopy
}

// part is what one statement gave.
type part struct {
	items    []Item
	versions []int64
	clues    [][]clue
	rows     [][]sheet.Cell
	canary   *canaryRow // nil for none
	next     string
	entry    audit.Entry
	refused  []Item        // that may be read and not exported
	kept     []audit.Entry // of what a sandbox shows, which leaves it in no file
	limit    *int64        // rows that may be exported today; nil: there is no limit
}

func (x *exporting) run(ctx context.Context) error {
	x.Query.Count, x.Query.Sums = false, nil
	if err := x.giveBack(ctx); err != nil {
		return err
	}
	var err error
	if x.copy, err = x.newCopy(ctx); err != nil {
		return err
	}
	x.cells.copy = x.copy.bits
	book, ok := x.To.(RecordWriter)
	if x.Document != nil && !ok {
		return noRecordFormat.WithAt("format")
	}
	for x.of = 1; x.at < x.of; x.at++ {
		x.columns, x.cursor = nil, ""
		if err := x.list(ctx, book); err != nil {
			return err
		}
	}
	if x.Document != nil && x.Document.Comments {
		if err := x.beside(ctx, book); err != nil {
			return err
		}
	}
	if x.Claim != nil {
		x.Claim.Order.Rights = x.rights
	}
	return nil
}

// list writes one of the lists, part by part.
func (x *exporting) list(ctx context.Context, book RecordWriter) error {
	for first := true; ; first = false {
		if x.Progress != nil {
			if err := x.Progress(x.rows); err != nil {
				return err
			}
		}
		p, err := x.read(ctx)
		if err != nil {
			return err
		}
		if err := x.take(ctx, p); err != nil {
			return err
		}
		if err := x.db.auditRead(ctx, x.actor, append(p.kept, p.entry)...); err != nil {
			return err
		}
		if first {
			if x.at == 0 {
				x.To.Stamp(x.stamp())
			} else {
				book.List(x.title)
			}
			headings := make([]string, len(x.columns))
			for i, f := range x.columns {
				headings[i] = f.Label.In(x.Lang)
			}
			if err := x.To.Header(headings); err != nil {
				return err
			}
		}
		for i, row := range p.rows {
			if p.canary != nil && p.canary.at == i {
				if err := x.To.Row(p.canary.cells); err != nil {
					return err
				}
			}
			if err := x.To.Row(row); err != nil {
				return err
			}
		}
		x.rows += int64(len(p.rows))
		if x.cursor = p.next; p.next == "" {
			return nil
		}
	}
}

// lists are those of the file under the policy of this moment, and binds by what they are decided.
func (x *exporting) lists(v *view) ([]exportList, error) {
	lists, err := v.exportLists(x.Query, x.Document, x.format())
	if err == nil {
		x.decided = v.exportRights(x.approval(), kindsOf(lists), x.decided)
	}
	return lists, err
}

// read reads the next part under the policy of this moment. What the first part fixes is fixed
// once it was read: an attempt under an older policy counts for nothing.
func (x *exporting) read(ctx context.Context) (*part, error) {
	var p *part
	columns, rights := x.columns, x.rights
	err := x.db.look(ctx, x.actor, func(v *view) error {
		lists, err := x.lists(v)
		if err != nil {
			return err
		}
		list := lists[x.at]
		list.Cursor = x.cursor
		l, exports, err := v.prepareBeside(list, x.decided)
		if err != nil {
			return err
		}
		if rights, err = x.decided.mark(kindsOf(lists)); err != nil {
			return err
		}
		if x.columns == nil {
			columns = l.exportColumns(exports)
		}
		if len(columns) == 0 {
			return notExported
		}
		if p, err = x.fill(ctx, l, exports, columns); err != nil {
			return err
		}
		x.of = len(lists)
		switch {
		case list.relation != nil:
			x.title = list.relation.Label.In(x.Lang)
		case x.Document == nil:
			x.title = l.kind.Plural.In(x.Lang)
		case len(p.rows) == 0 && len(p.refused) > 0:
			return notExported
		case len(p.rows) == 0:
			return noRecord
		default:
			x.title = l.kind.Label.In(x.Lang)
			if i := slices.IndexFunc(columns, func(f *records.Field) bool { return f.Name == l.kind.Title }); i >= 0 {
				x.title += " · " + p.rows[0][i].Shown()
			}
		}
		p.limit, err = x.db.through(v).exportLimit(ctx, v)
		return err
	})
	if err != nil {
		return nil, err
	}
	if x.rights != "" && rights != x.rights {
		return nil, exportChanged
	}
	x.columns, x.rights = columns, rights
	return p, nil
}

// approval is what the export stands on, when somebody approved it.
func (x *exporting) approval() *approval {
	if x.Claim == nil {
		return nil
	}
	return x.Claim.Order.Approval
}

// prepareExport is prepare for rows of which it is asked whether they may be exported.
func (v *view) prepareExport(q ListQuery, rights *exportRights) (*listing, []*policy.Reduction, error) {
	q.Limit = 0
	l, err := v.prepare(q)
	if err != nil {
		return nil, nil, err
	}
	exports := rights.of(q.Kind)
	if rights.lent == nil {
		l.held = v.heldExport(q.Kind)
	}
	if none(exports) {
		if l.held != nil && !l.read.None() {
			return nil, nil, exportNeedsApproval
		}
		return nil, nil, notExported
	}
	// What a forbid closes as a whole is refused, and not a file without rows.
	if barred(exports[0]) && (l.held == nil || barred(l.held)) {
		return nil, nil, notExported
	}
	l.limit = exportRows
	l.also = exports
	if l.held != nil {
		l.also = append(slices.Clone(exports), l.held)
	}
	return l, exports, nil
}

// exportColumns are the fields that some row can show, in the order in which they were asked for.
func (l *listing) exportColumns(exports []*policy.Reduction) []*records.Field {
	fields := l.fields
	if l.query.Fields != nil {
		fields = nil
		for _, name := range l.query.Fields {
			fields = append(fields, l.schema.Field(name))
		}
	}
	var columns []*records.Field
	for _, f := range fields {
		level := l.read.Reach(f)
		for _, export := range exports {
			level = min(level, export.Reach(f))
		}
		if level > policy.Hidden {
			columns = append(columns, l.kind.Field(f.Name))
		}
	}
	return columns
}

func (x *exporting) fill(ctx context.Context, l *listing, exports []*policy.Reduction, columns []*records.Field) (*part, error) {
	t := x.db.reading(l)
	rows, next, err := t.rows(ctx, l)
	if err != nil {
		return nil, err
	}
	l.ordered(rows, x.cells.copy)
	p := &part{next: next}
	levels := make([]map[string]policy.Level, 0, len(rows))
	kept := rows[:0]
	var refused []Item
	for _, row := range rows {
		if l.held != nil {
			if whole, fields := l.holds(exports, row); whole || len(fields) > 0 {
				return nil, exportNeedsApproval
			}
		}
		read := l.read.Outcome(row.answer)
		allowed, out := exported(exports, row.answer)
		if !read.Allowed || !allowed {
			refused = append(refused, Item{ID: row.id, boxes: reachedIn(l.boxed, row.answer)})
			continue
		}
		of := make(map[string]policy.Level, len(columns))
		it := Item{ID: row.id, Refs: map[string]Link{}, plain: map[string]policy.Value{}, why: l.read.Opened(row.answer)}
		for _, f := range columns {
			field := l.schema.Field(f.Name)
			level := min(read.Level(field), out(field)) // hidden when the company has removed it
			if of[f.Name] = level; level == policy.Plain {
				it.plain[f.Name] = row.shown(f.Name)
			}
		}
		p.items, kept, levels = append(p.items, it), append(kept, row), append(levels, of)
	}
	if err := t.link(ctx, l.v, l.kind, p.items); err != nil {
		return nil, err
	}
	clues := clueFields(l.kind)
	for i, row := range kept {
		cells := make([]sheet.Cell, len(columns))
		var known []clue
		for j, f := range columns {
			switch level := levels[i][f.Name]; {
			case level == policy.Plain:
				value := row.shown(f.Name)
				cells[j] = x.cells.cell(row.id, f, value, p.items[i].Refs[f.Name].Title)
				if bit := slices.Index(clues, f.Name); bit >= 0 && !value.Missing() {
					known = append(known, clue{bit, value.Text()})
				}
			case level.IsMask():
				cells[j] = sheet.Loose(records.Preview(f, row.values[f.Name], level))
			}
		}
		p.rows, p.versions, p.clues = append(p.rows, cells), append(p.versions, row.version), append(p.clues, known)
	}
	p.canary = x.canary(l, columns, kept, levels, p.rows)
	p.entry = l.entry(&Page{Items: p.items})
	p.entry.Action = audit.Action(policy.Export)
	if x.Claim != nil {
		p.entry.Detail["export"] = x.Claim.ID
	}
	p.refused, p.kept = refused, usesOf("refused", l.kind.Name, refused)
	return p, nil
}
