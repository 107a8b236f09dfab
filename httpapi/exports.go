package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

// newExport asks for a list as a file: what GET /records/{kind} shows over all its pages. With a record it asks
// for that one as a document, which is a pdf.
type newExport struct {
	Kind   policy.Kind `json:"kind"`
	Filter string      `json:"filter,omitempty"`
	Search string      `json:"q,omitempty"`
	Sort   string      `json:"sort,omitempty"`
	Fields []string    `json:"fields,omitempty"` // none: all that one may see
	Format string      `json:"format"`           // csv, xlsx or pdf
	Lang   string      `json:"lang,omitempty"`   // of headings and choices: zh or en
	// Record is the one of which a document is made, Related the lists beside it, by their relations, that
	// stand in it, and Comments whether what was said below it does.
	Record   policy.ID `json:"record,omitempty"`
	Related  []string  `json:"related,omitempty"`
	Comments bool      `json:"comments,omitempty"`
	// Purpose is what the file is for; a preview needs none.
	Purpose string `json:"purpose,omitempty"`
}

func (a *api) createExport(c *call) error {
	in, err := c.exportAsked()
	if err != nil {
		return err
	}
	if _, err := a.folder(); err != nil {
		return err
	}
	var w *store.Work
	if d := in.document(); d != nil {
		w, err = c.session().OrderRecord(c.ctx(), in.query(), *d, in.Purpose, in.Format, in.Lang)
	} else {
		w, err = c.session().OrderExport(c.ctx(), in.query(), in.Purpose, in.Format, in.Lang)
	}
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, jobOf(w))
}

// previewExport tells what a file would hold, before it is asked for.
func (a *api) previewExport(c *call) error {
	in, err := c.exportAsked()
	if err != nil {
		return err
	}
	var plan *store.ExportPlan
	if d := in.document(); d != nil {
		plan, err = c.session().PlanRecord(c.ctx(), in.query(), *d, in.Format)
	} else {
		plan, err = c.session().PlanExport(c.ctx(), in.query())
	}
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, plan)
}

func (in newExport) query() store.ListQuery {
	return store.ListQuery{Kind: in.Kind, Filter: in.Filter, Search: in.Search, Sort: in.Sort, Fields: in.Fields}
}

func (in newExport) document() *store.RecordDocument {
	if in.Record == 0 {
		return nil
	}
	return &store.RecordDocument{Record: in.Record, Related: in.Related, Comments: in.Comments}
}

func (c *call) exportAsked() (newExport, error) {
	in, err := readBody[newExport](c)
	if err != nil {
		return in, err
	}
	if in.Lang == "" {
		in.Lang = c.lang()
	}
	if in.Lang != "" && in.Lang != "zh" && in.Lang != "en" {
		return in, invalid("lang", "lang", "the language is zh or en")
	}
	if in.Record == 0 && (len(in.Related) > 0 || in.Comments) {
		return in, invalid("record", "record", "what stands beside a record needs the record")
	}
	return in, nil
}
