package jobs

import (
	"context"
	"errors"
	"io"

	"guan/sheet"
	"guan/store"
)

// export writes the list that was asked for.
func (r *Runner) export(ctx context.Context, session *store.Session, claim *store.Claim) error {
	o := claim.Order
	return r.folder.write(o.Result, func(file io.Writer) error {
		return r.folder.seal(o.Result, file, func(to io.Writer) error { return r.table(ctx, session, claim, to) })
	})
}

// table writes the table, or the document, of an export.
func (r *Runner) table(ctx context.Context, session *store.Session, claim *store.Claim, to io.Writer) error {
	o := claim.Order
	table := NewTable(to, o.Format)
	if o.Document != nil {
		table = NewRecord(to)
	}
	rows, err := session.Export(ctx, store.Export{Query: *o.Query, Document: o.Document, Lang: o.Lang, To: table, Claim: claim, Progress: func(rows int64) error {
		claim.Count(store.Tally{Rows: rows})
		return claim.Permitted(ctx)
	}})
	if err != nil {
		return errors.Join(err, abandon(table))
	}
	claim.Count(store.Tally{Rows: rows})
	return table.Close()
}

// abandon ends a table that will not be used, for the files that it holds open. What it says of
// its shape is of no interest any more.
func abandon(table sheet.Writer) error {
	_ = table.Close()
	return nil
}

// NewTable writes a table of the format, one of store.ExportFormats.
func NewTable(to io.Writer, format string) sheet.Writer {
	switch format {
	case "xlsx":
		return sheet.NewXLSX(to)
	case "pdf":
		return &pdfTable{to: to}
	}
	return sheet.NewCSV(to)
}
