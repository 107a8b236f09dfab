package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"

	"guan/jobs"
	"guan/policy"
	"guan/store"
)

type exporter struct {
	database
	Kind     string   `help:"Which records." required:"" xor:"what" placeholder:"K"`
	Record   string   `help:"One record as a document, of this kind and id, with all that stands beside it." required:"" xor:"what" placeholder:"K ID"`
	ID       string   `arg:"" optional:"" help:"Id of the record."`
	As       string   `help:"Login of the person with whose rights it is done." required:"" placeholder:"LOGIN"`
	Out      string   `help:"File to write." required:"" type:"path" placeholder:"F"`
	Filter   string   `help:"Condition in CEL, as in a list." placeholder:"CEL"`
	Search   string   `name:"q" help:"Words to find."`
	Sort     string   `help:"Field to sort by, with - in front to descend." placeholder:"F"`
	Fields   []string `help:"Fields, between commas; all when absent."`
	Related  []string `help:"Lists beside the record, between commas; all that the person may export when absent."`
	Comments bool     `help:"With what was said below the record." default:"true" negatable:""`
	Format   string   `help:"Format of the file: csv, xlsx or pdf; csv when absent, pdf of a record." enum:"csv,xlsx,pdf," default:""`
	Lang     string   `help:"Language of headings and choices." enum:"zh,en" default:"zh"`
}

// Run writes the list or the record into the file, which appears when it is whole.
func (x *exporter) Run(t *terminal) (err error) {
	query := store.ListQuery{Kind: policy.Kind(x.Kind), Filter: x.Filter, Search: x.Search, Sort: x.Sort, Fields: x.Fields}
	format := cmp.Or(x.Format, "csv")
	var document *store.RecordDocument
	switch {
	case x.Record != "":
		id, err := policy.ParseID(x.ID)
		if err != nil {
			return errUse.WithAt("--record K ID").WithCause(err)
		}
		query.Kind, format = policy.Kind(x.Record), cmp.Or(x.Format, "pdf")
		document = &store.RecordDocument{Record: id, Related: x.Related, Comments: x.Comments}
	case x.ID != "" || x.Related != nil:
		return errUse.WithAt("--record K ID").WithCause(errors.New("an id and the lists beside it are of a record"))
	}
	db, err := x.look(t.ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	session, err := db.System(store.JobSetup, store.DefaultTenant).StandIn(t.ctx, x.As, "export")
	if err != nil {
		return err
	}
	if document != nil {
		if err := x.beside(t, session, query, document, format); err != nil {
			return err
		}
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
	table := jobs.NewTable(file, format)
	if document != nil {
		table = jobs.NewRecord(file)
	}
	tell := progress(t, "rows written")
	rows, err := session.Export(t.ctx, store.Export{
		Query: query, Document: document, Lang: x.Lang, To: table, Format: format,
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

// beside asks what the document of a record would hold: of the lists beside it, where none are named, those that may
// go into a file.
func (x *exporter) beside(t *terminal, session *store.Session, query store.ListQuery, d *store.RecordDocument, format string) error {
	if x.Related == nil {
		kinds, err := session.Kinds(t.ctx)
		if err != nil {
			return err
		}
		for _, kind := range kinds {
			for _, r := range kind.Relations {
				if kind.Name == query.Kind && r.Many {
					d.Related = append(d.Related, r.Name)
				}
			}
		}
	}
	plan, err := session.PlanRecord(t.ctx, query, *d, format)
	if err != nil || x.Related != nil {
		return err
	}
	d.Related = nil
	for _, part := range plan.Related {
		if !part.LeftOut {
			d.Related = append(d.Related, part.Relation)
		}
	}
	return nil
}
