package store

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"guan/audit"
	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/sheet"
)

// Table is what an import reads: a sheet.Reader, or something like it.
type Table interface {
	Header() []string
	Next() (sheet.Row, error)
	Close() error
}

// Import is one table on its way into one kind, or into a part of the organisation (see
// exchange.OrganisationFields).
type Import struct {
	Mapping *exchange.Mapping
	// Open begins reading the table. It is called once for each attempt: a transaction that lost
	// against another one begins anew.
	Open func() (Table, error)
	// Dry does everything that a run does and undoes it.
	Dry bool
	// PerRow leaves out the rows that are wrong; otherwise one wrong row undoes all.
	PerRow bool
	Cells  records.Cells // how cells are read

	Began    func() error           // an attempt begins: what was reported before it does not count
	Problem  func(RowProblem) error // a row is wrong; all mistakes of a row are told
	Progress func(Tally)            // after every few hundred rows

	Claim *Claim // the background work that it is; nil for none
}

// Tally counts what became of the rows. In an import that was undone as a whole nothing was
// created, updated or left as it was.
type Tally struct {
	Rows      int64 `json:"done"` // that were read
	Created   int64 `json:"created"`
	Updated   int64 `json:"updated"`
	Unchanged int64 `json:"unchanged"`
	Failed    int64 `json:"failed"`
	Deleted   int64 `json:"deleted,omitempty"` // by taking an import back
	// Invented counts rows that were left out because an export here had invented them.
	Invented int64 `json:"invented,omitempty"`
	// Unchecked counts rows of which it was not asked whether somebody looks after the same already,
	// because who imports may ask no more.
	Unchecked int64 `json:"unchecked,omitempty"`
}

// RowProblem is one mistake in one row. It never holds the cell nor anything of the record.
type RowProblem struct {
	Row    int            `json:"row"`              // as a spreadsheet numbers it
	Column string         `json:"column,omitempty"` // heading; empty when it is the row as a whole
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Params map[string]any `json:"params,omitempty"`
}

// batchRows is how many rows are looked up and written together, and how many an import per row
// commits at a time.
const batchRows = 500

// firstProblems is how many mistakes stand in the job itself; the others are in its file.
const firstProblems = 50

var (
	// errUndo undoes the transaction of an import that shall leave nothing; it is not told.
	errUndo = errors.New("store: import undone")
	// RowsWrong is what an import that is all or nothing fails with when rows are wrong.
	RowsWrong = fault.New(fault.Invalid, "import_rows", "some rows are wrong, so nothing was imported")
)

// Import brings a table in as the actor: what the actor may not create, edit or see, the import
// cannot either, and a record that the actor may not see is not found. It takes the right of
// administration import, and org or people for the organisation. The tally counts every row also
// when rows are wrong; then, unless PerRow, nothing was imported and the error is Invalid
// (import_rows). Faults: Denied, NotFound for an unknown kind, Invalid for a mapping that does not
// fit.
func (s *Session) Import(ctx context.Context, im Import) (Tally, error) {
	actor := s.actor
	if actor.job == "" {
		actor.Channel = "import"
	}
	run := &importing{Import: im, db: s.db, actor: actor, kind: policy.Kind(im.Mapping.Kind)}
	_, run.organisation = exchange.OrganisationFields[im.Mapping.Kind]
	err := im.Mapping.Check()
	// A run does what its try has told, and asks nothing more.
	run.spent = im.Claim != nil && im.Claim.Order.From != 0
	if err == nil {
		if im.Dry || !im.PerRow || run.organisation {
			err = run.asked(ctx, func() error { return run.whole(ctx) })
		} else {
			err = run.byBatch(ctx)
		}
	}
	if err != nil && !fault.Is(err, fault.Internal) {
		err = s.declined(ctx, "import", err)
	}
	if im.Claim != nil {
		im.Claim.Problems, im.Claim.Matched = run.first, run.matched
	}
	return run.tally, err
}

// importing is an import under way.
type importing struct {
	Import
	db           *DB
	actor        Actor
	kind         policy.Kind
	organisation bool

	table    Table
	tally    Tally
	problems []RowProblem    // of the rows at hand
	first    []RowProblem    // of all rows, some of them
	journal  []journalRow    // of the rows at hand
	keys     map[string]bool // of the rows so far
	by       []string        // the rules that let it be done as a whole
	looked   []audit.Entry   // what was found by key, for the audit log
	matched  []policy.ID     // the questions that found somebody who looks after a row, see lookedAfter
	asking   [][]like        // that the rows so far raise
	spent    bool            // no more questions are asked
}

// sourceRow is a row of the table; broken when it could not be read.
type sourceRow struct {
	sheet.Row
	broken *RowProblem
}

// rowWriter takes the rows of one transaction in order.
type rowWriter interface {
	// rows takes some rows and gives those in which something is wrong to importing.wrong.
	rows(ctx context.Context, list []sourceRow) error
	// end comes after the last rows, before the commit.
	end(ctx context.Context) error
}

// whole runs the import in one transaction.
func (run *importing) whole(ctx context.Context) error {
	var looked []audit.Entry
	err := run.db.write(ctx, run.actor, op{name: "import", raises: run.organisation, unrouted: true}, func(t *tx) error {
		if err := run.begin(); err != nil {
			return err
		}
		defer run.table.Close()
		w, err := run.writer(ctx, t)
		if err != nil {
			return err
		}
		looked = nil
		for {
			list, err := run.next()
			if err != nil {
				return err
			}
			if err := w.rows(ctx, list); err != nil {
				return err
			}
			if looked = append(looked, run.looked...); !run.Dry {
				if err := t.auditAll(ctx, run.looked); err != nil {
					return err
				}
			}
			if !run.Dry {
				if err := t.keepJournal(ctx, run); err != nil {
					return err
				}
			}
			run.looked, run.journal = nil, nil
			if err := run.tell(); err != nil {
				return err
			}
			if len(list) < batchRows {
				break
			}
		}
		if len(run.asking) > 0 {
			return errAsk
		}
		undone := run.tally.Failed > 0 && !run.PerRow
		if undone {
			run.tally = Tally{Rows: run.tally.Rows, Failed: run.tally.Failed, Unchecked: run.tally.Unchecked}
		} else if err := w.end(ctx); err != nil {
			return err
		}
		if run.Dry || undone {
			return errUndo
		}
		return t.finishImport(ctx, run)
	})
	if !errors.Is(err, errUndo) {
		return err
	}
	// What was found out leaves its entry although what was done is undone.
	entry := audit.Entry{Action: audit.Import, Kind: known(run.kind), Rules: run.by, Detail: run.detail()}
	if err := run.db.auditRead(ctx, run.actor, append(looked, entry)...); err != nil {
		return err
	}
	if !run.Dry {
		return RowsWrong.With("failed", run.tally.Failed)
	}
	return nil
}

// byBatch commits some rows at a time.
func (run *importing) byBatch(ctx context.Context) error {
	if err := run.begin(); err != nil {
		return err
	}
	defer run.table.Close()
	for {
		list, err := run.next()
		if err != nil {
			return err
		}
		before, keys, first, matched, last := run.tally, maps.Clone(run.keys), slices.Clone(run.first), slices.Clone(run.matched), len(list) < batchRows
		err = run.asked(ctx, func() error {
			return run.db.write(ctx, run.actor, op{name: "import", unrouted: true}, func(t *tx) error {
				run.tally, run.keys, run.first, run.problems, run.looked, run.journal = before, maps.Clone(keys), slices.Clone(first), nil, nil, nil
				run.matched, run.asking = slices.Clone(matched), nil
				w, err := run.writer(ctx, t)
				if err != nil {
					return err
				}
				if err := w.rows(ctx, list); err != nil {
					return err
				}
				if len(run.asking) > 0 {
					return errAsk
				}
				if err := t.auditAll(ctx, run.looked); err != nil {
					return err
				}
				if err := t.keepJournal(ctx, run); err != nil {
					return err
				}
				if last {
					return t.finishImport(ctx, run)
				}
				return t.noteImport(ctx, run.Claim, progress{run.tally, run.first, run.matched}, false)
			})
		})
		if err != nil {
			run.tally = before
			return err
		}
		if err := run.tell(); err != nil {
			return err
		}
		if last {
			return nil
		}
	}
}

// begin opens the table and forgets an earlier attempt.
func (run *importing) begin() (err error) {
	run.tally, run.problems, run.first, run.looked, run.journal, run.keys = Tally{}, nil, nil, nil, nil, map[string]bool{}
	run.matched, run.asking = nil, nil
	if run.Began != nil {
		if err := run.Began(); err != nil {
			return err
		}
	}
	run.table, err = run.Open()
	return err
}

// next reads the next rows; fewer than batchRows at the end.
func (run *importing) next() ([]sourceRow, error) {
	list := make([]sourceRow, 0, batchRows)
	for len(list) < batchRows {
		row, err := run.table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			return nil, err
		}
		next := sourceRow{Row: sheet.Row{Number: row.Number, Cells: slices.Clone(row.Cells)}}
		if err != nil {
			f := fault.From(err)
			next.broken = &RowProblem{Row: row.Number, Code: f.Code, Detail: f.Detail}
			if at, ok := f.Params["column"].(int); ok && at >= 1 && at <= len(run.table.Header()) {
				next.broken.Column = run.table.Header()[at-1]
			}
		}
		list = append(list, next)
	}
	return list, nil
}

// writer checks that the actor may import at all and prepares the writing.
func (run *importing) writer(ctx context.Context, t *tx) (rowWriter, error) {
	v, err := t.view(ctx)
	if err != nil {
		return nil, err
	}
	if !v.may("import") {
		return nil, noRight.With("action", "import")
	}
	t.by = v.rightBy("import")
	run.by = t.by
	if run.Mapping.Kind == exchange.Staff {
		return newStaffWriter(t, v, run)
	}
	if run.organisation {
		return newOrgWriter(t, v, run)
	}
	return newRecordWriter(t, v, run)
}

// wrong reports what is wrong with a row and counts it.
func (run *importing) wrong(problems ...RowProblem) {
	run.problems = append(run.problems, problems...)
	if room := firstProblems - len(run.first); room > 0 {
		run.first = append(run.first, problems[:min(room, len(problems))]...)
	}
	run.tally.Failed++
}

// tell hands on what the last rows gave.
func (run *importing) tell() error {
	slices.SortStableFunc(run.problems, func(a, b RowProblem) int { return a.Row - b.Row })
	for _, p := range run.problems {
		if run.Problem == nil {
			break
		}
		if err := run.Problem(p); err != nil {
			return err
		}
	}
	run.problems = nil
	if run.Progress != nil {
		run.Progress(run.tally)
	}
	return nil
}

// rowFault tells the failures that are a row's own from those that end the import.
func rowFault(err error) (*fault.Error, bool) {
	f := fault.From(err)
	switch f.Kind {
	case fault.Invalid, fault.Denied, fault.NotFound, fault.Conflict, fault.Stale:
		return f, true
	}
	return f, false
}

// note keeps for the audit log that records were found by their keys.
func (run *importing) note(kind policy.Kind, ids []policy.ID) {
	if len(ids) > 0 {
		run.looked = append(run.looked, audit.Entry{Action: audit.Import, Kind: kind, Records: ids, Detail: map[string]any{"looked_up": len(ids)}})
	}
}

// finishImport records the import as a whole and, with it, the end of its job.
func (t *tx) finishImport(ctx context.Context, run *importing) error {
	if err := t.audit(ctx, audit.Entry{Action: audit.Import, Kind: known(run.kind), Detail: run.detail()}); err != nil {
		return err
	}
	return t.noteImport(ctx, run.Claim, progress{run.tally, run.first, run.matched}, true)
}

func (run *importing) detail() map[string]any {
	return map[string]any{"into": string(run.kind), "dry": run.Dry, "per_row": run.PerRow, "tally": run.tally}
}
