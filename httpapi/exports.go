package httpapi

import (
	"net/http"
	"strings"

	"guan/policy"
	"guan/store"
)

// newExport asks for a list as a file: what GET /records/{kind} shows over all its pages.
type newExport struct {
	Kind   policy.Kind `json:"kind"`
	Filter string      `json:"filter,omitempty"`
	Search string      `json:"q,omitempty"`
	Sort   string      `json:"sort,omitempty"`
	Fields []string    `json:"fields,omitempty"` // none: all that one may see
	Format string      `json:"format"`           // csv or xlsx
	Lang   string      `json:"lang,omitempty"`   // of headings and choices: zh or en
}

func (a *api) createExport(c *call) error {
	in, err := readBody[newExport](c)
	if err != nil {
		return err
	}
	if in.Lang == "" && strings.HasPrefix(strings.ToLower(c.r.Header.Get("Accept-Language")), "en") {
		in.Lang = "en"
	}
	if in.Lang != "" && in.Lang != "zh" && in.Lang != "en" {
		return invalid("lang", "lang", "the language is zh or en")
	}
	if _, err := a.folder(); err != nil {
		return err
	}
	q := store.ListQuery{Kind: in.Kind, Filter: in.Filter, Search: in.Search, Sort: in.Sort, Fields: in.Fields}
	w, err := c.session().OrderExport(c.ctx(), q, in.Format, in.Lang)
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, jobOf(w))
}
