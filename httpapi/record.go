package httpapi

import (
	"net/http"
	"net/url"
	"strconv"

	"guan/fault"
	"guan/store"
)

// recordFields is the body that makes or changes a record.
type recordFields struct {
	Fields store.Fields `json:"fields"`
}

type batch struct {
	IDs    []store.Target `json:"ids"`
	Fields store.Fields   `json:"fields,omitempty"`
	Delete bool           `json:"delete,omitempty"`
}

var listParams = []param{
	{name: "filter", desc: "CEL over r (the record), p (me) and ctx. It touches a record only where the field is plain on it."},
	{name: "q", desc: "Words to find in the fields that are plain on the record."},
	{name: "sort", desc: "A field, with - in front to descend; -updated_at when absent."},
	{name: "limit", desc: "1 to 200 items; 50 when absent.", typ: "integer"},
	{name: "cursor", desc: "`next` of the page before."},
	{name: "fields", desc: "Names of fields between commas; all when absent."},
	{name: "count", desc: "capped counts up to 10,000.", enum: []string{"none", "capped"}},
	{name: "sum", desc: "Names of money and number fields between commas."},
}

func (a *api) listRecords(c *call) error {
	q := c.query()
	ask := store.ListQuery{
		Kind: c.kind(), Filter: q.text("filter"), Search: q.text("q"), Sort: q.text("sort"),
		Limit: q.number("limit", 1, 200, 50), Cursor: q.text("cursor"), Fields: q.names("fields"),
		Count: q.choice("count", "none", "capped") == "capped", Sums: q.names("sum"),
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().List(c.ctx(), ask)
	if err != nil {
		return err
	}
	if page.Items == nil {
		page.Items = []store.Item{}
	}
	return c.answer(http.StatusOK, page)
}

func (a *api) getRecord(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	item, err := c.session().Get(c.ctx(), c.kind(), id)
	if err != nil {
		return err
	}
	return c.answerItem(http.StatusOK, item)
}

func (a *api) createRecord(c *call) error {
	in, err := readBody[recordFields](c)
	if err != nil {
		return err
	}
	item, err := c.session().Create(c.ctx(), c.kind(), in.Fields)
	if err != nil {
		return err
	}
	c.w.Header().Set("Location", "/api/v1/records/"+url.PathEscape(string(item.Kind))+"/"+item.ID.String())
	return c.answerItem(http.StatusCreated, item)
}

func (a *api) updateRecord(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[recordFields](c)
	if err != nil {
		return err
	}
	item, err := c.session().Update(c.ctx(), c.kind(), id, version, in.Fields)
	if err != nil {
		return err
	}
	return c.answerItem(http.StatusOK, item)
}

func (a *api) deleteRecord(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	if err := c.session().Delete(c.ctx(), c.kind(), id, version); err != nil {
		return err
	}
	return c.done()
}

func (a *api) batchRecords(c *call) error {
	in, err := readBody[batch](c)
	if err != nil {
		return err
	}
	if in.Delete == (in.Fields != nil) {
		return fault.New(fault.Invalid, "batch_what", "a batch either sets fields or deletes").WithAt("fields")
	}
	changed, err := c.session().Batch(c.ctx(), c.kind(), in.IDs, in.Fields, in.Delete)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(changed))
}

// answerItem adds the version as the header that If-Match wants back.
func (c *call) answerItem(status int, item *store.Item) error {
	c.w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(item.Version, 10)))
	return c.answer(status, item)
}
