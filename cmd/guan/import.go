package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"guan/exchange"
	"guan/fault"
	"guan/jobs"
	"guan/policy"
	"guan/sheet"
	"guan/store"
)

type importer struct {
	database
	File    string `arg:"" help:"Table to bring in: CSV or XLSX." type:"existingfile"`
	Kind    string `help:"What the rows become: a kind, or unit, position, appointment, head." required:"" placeholder:"K"`
	As      string `help:"Login of the person with whose rights it is done." required:"" placeholder:"LOGIN"`
	Mapping string `help:"Mapping of columns to fields; without it they are matched by their headings." type:"existingfile" placeholder:"M.json"`
	Key     string `help:"Field by which a row finds the record that it updates; without it every row is new." placeholder:"F"`
	Dry     bool   `help:"Do everything and undo it."`
	Atomic  string `help:"What one wrong row undoes: the whole job, or only the row." enum:"job,row" default:"job"`
	Errors  string `help:"File for what is wrong, row by row; default is FILE.errors.csv." type:"path" placeholder:"FILE"`
}

// Run imports the table.
func (i *importer) Run(t *terminal) error {
	db, err := i.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	session, err := db.System(store.JobSetup, store.DefaultTenant).StandIn(t.ctx, i.As, "import")
	if err != nil {
		return err
	}
	open := func() (store.Table, error) { return sheet.Open(i.File, sheet.Options{Name: filepath.Base(i.File)}) }
	mapping, err := i.mapping(t, session, open)
	if err != nil {
		return err
	}
	if i.Errors == "" {
		i.Errors = i.File + ".errors.csv"
	}
	file, err := os.Create(i.Errors)
	if err != nil {
		return err
	}
	list := jobs.NewErrors(file)
	tally, err := session.Import(t.ctx, store.Import{
		Mapping: mapping, Dry: i.Dry, PerRow: i.Atomic == "row", Cells: jobs.Cells, Open: open,
		Began: list.Began, Problem: list.Problem, Progress: progress(t, "rows read"),
	})
	if closing := errors.Join(list.Close(), file.Close()); closing != nil {
		return errors.Join(err, closing)
	}
	if tally.Failed == 0 {
		os.Remove(i.Errors)
	}
	if err != nil && !errors.Is(err, store.RowsWrong) {
		return err
	}
	did := "imported"
	if i.Dry {
		did = "tried, nothing was changed"
	}
	fmt.Fprintf(t.out, "%s: %d rows, %d created, %d updated, %d unchanged, %d wrong\n", did, tally.Rows, tally.Created, tally.Updated, tally.Unchanged, tally.Failed)
	if tally.Failed > 0 {
		wrong := fault.Newf(fault.Invalid, "import_rows", "%d rows are wrong: see %s", tally.Failed, i.Errors)
		if i.Atomic == "job" && !i.Dry {
			wrong.Detail += "; nothing was imported"
		}
		return wrong
	}
	return nil
}

func (i *importer) mapping(t *terminal, session *store.Session, open func() (store.Table, error)) (*exchange.Mapping, error) {
	if i.Mapping == "" {
		table, err := open()
		if err != nil {
			return nil, err
		}
		header := table.Header()
		if err := table.Close(); err != nil {
			return nil, err
		}
		return session.MatchColumns(t.ctx, policy.Kind(i.Kind), i.Key, header)
	}
	document, err := os.ReadFile(i.Mapping)
	if err != nil {
		return nil, err
	}
	m, err := exchange.Parse(document)
	if err != nil {
		return nil, err
	}
	if m.Kind != i.Kind {
		return nil, fault.New(fault.Invalid, "mapping_kind", "the mapping is for another kind").WithAt(i.Mapping)
	}
	if i.Key != "" {
		m.Key = i.Key
	}
	return m, m.Check()
}

// progress tells how far it is on stderr, at most once a second.
func progress(t *terminal, of string) func(store.Tally) {
	said := time.Now()
	return func(tally store.Tally) {
		if time.Since(said) >= time.Second {
			said = time.Now()
			fmt.Fprintf(t.errors, "%d %s\n", tally.Rows, of)
		}
	}
}
