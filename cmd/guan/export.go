package main

import (
	"errors"
	"fmt"
	"os"

	"guan/jobs"
	"guan/policy"
	"guan/store"
)

type exporter struct {
	database
	Kind   string   `help:"Which records." required:"" placeholder:"K"`
	As     string   `help:"Login of the person with whose rights it is done." required:"" placeholder:"LOGIN"`
	Out    string   `help:"File to write." required:"" type:"path" placeholder:"F"`
	Filter string   `help:"Condition in CEL, as in a list." placeholder:"CEL"`
	Search string   `name:"q" help:"Words to find."`
	Sort   string   `help:"Field to sort by, with - in front to descend." placeholder:"F"`
	Fields []string `help:"Fields, between commas; all when absent."`
	Format string   `help:"Format of the file." enum:"csv,xlsx,pdf" default:"csv"`
	Lang   string   `help:"Language of headings and choices." enum:"zh,en" default:"zh"`
}

// Run writes the list into the file, which appears when it is whole.
func (x *exporter) Run(t *terminal) (err error) {
	db, err := x.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	session, err := db.System(store.JobSetup, store.DefaultTenant).StandIn(t.ctx, x.As, "export")
	if err != nil {
		return err
	}
	file, err := os.OpenFile(x.Out+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(x.Out + ".part")
		}
	}()
	table := jobs.NewTable(file, x.Format)
	tell := progress(t, "rows written")
	rows, err := session.Export(t.ctx, store.Export{
		Query: store.ListQuery{Kind: policy.Kind(x.Kind), Filter: x.Filter, Search: x.Search, Sort: x.Sort, Fields: x.Fields}, Lang: x.Lang, To: table, Format: x.Format,
		Progress: func(rows int64) error {
			tell(store.Tally{Rows: rows})
			return nil
		},
	})
	if err != nil {
		_ = table.Close() // of a table that nobody will see
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(table.Close(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(x.Out+".part", x.Out); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "%d rows in %s\n", rows, x.Out)
	return err
}
