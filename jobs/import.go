package jobs

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"

	"guan/fault"
	"guan/sheet"
	"guan/store"
)

// load brings in the file that was sent. The name is not import, which is Go's. The file stays for
// a run after a try, and for another try after a failure, until it is too old.
func (r *Runner) load(ctx context.Context, session *store.Session, claim *store.Claim) error {
	o := claim.Order
	source, err := r.folder.Path(o.Source)
	if err != nil {
		return err
	}
	if _, err := os.Stat(source); errors.Is(err, os.ErrNotExist) {
		return fault.New(fault.NotFound, "upload", "the file is not there any more: send it again")
	}
	err = r.reporting(ctx, claim, func(errs *Errors) (store.Tally, error) {
		return session.Import(ctx, store.Import{
			Mapping: o.Mapping, Dry: o.Dry, PerRow: o.PerRow, Claim: claim, Cells: Cells,
			Open: func() (table store.Table, err error) {
				err = r.folder.Plain(o.Source, func(path string) (err error) {
					table, err = sheet.Open(path, sheet.Options{Name: o.Name, Sheet: o.Sheet})
					return err
				})
				return table, err
			},
			Began: errs.Began, Problem: errs.Problem, Progress: claim.Count,
		})
	})
	if err == nil && !o.Dry {
		os.Remove(source)
	}
	return err
}

// revert takes an import back.
func (r *Runner) revert(ctx context.Context, session *store.Session, claim *store.Claim) error {
	o := claim.Order
	return r.reporting(ctx, claim, func(errs *Errors) (store.Tally, error) {
		return session.Revert(ctx, store.Revert{Import: o.Revert, Dry: o.Dry, Claim: claim, Began: errs.Began, Problem: errs.Problem, Progress: claim.Count})
	})
}

// reporting does work that leaves a file of errors.
func (r *Runner) reporting(ctx context.Context, claim *store.Claim, do func(*Errors) (store.Tally, error)) error {
	if err := claim.Permitted(ctx); err != nil {
		return err
	}
	var outcome error
	err := r.folder.write(claim.Order.Result, func(to io.Writer) error {
		errs := NewErrors(to)
		tally, err := do(errs)
		claim.Count(tally)
		outcome = err
		return errs.Close()
	})
	return errors.Join(outcome, err)
}

// Errors writes the error file of an import: one line for each mistake.
type Errors struct {
	to    io.Writer
	table sheet.Writer
}

// NewErrors begins an error file. Where to is a file it is emptied when an import begins anew.
func NewErrors(to io.Writer) *Errors { return &Errors{to: to} }

// Began forgets what was written.
func (e *Errors) Began() error {
	if file, ok := e.to.(*os.File); ok && e.table != nil {
		if err := file.Truncate(0); err != nil {
			return err
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
	}
	e.table = sheet.NewCSV(e.to)
	return e.table.Header([]string{"row", "column", "code", "detail"})
}

// Problem writes one mistake.
func (e *Errors) Problem(p store.RowProblem) error {
	return e.table.Row([]sheet.Cell{sheet.Decimal(strconv.Itoa(p.Row)), sheet.Text(p.Column), sheet.Text(p.Code), sheet.Text(p.Detail)})
}

// Close ends the file.
func (e *Errors) Close() error {
	if e.table == nil {
		if err := e.Began(); err != nil {
			return err
		}
	}
	return e.table.Close()
}
