package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

var searchParams = []param{
	{name: "q", desc: "Words to find in what is plain on the record; names also by pinyin and initials.", must: true},
	{name: "kinds", desc: "Names of kinds between commas; all when absent."},
	{name: "limit", desc: "1 to 20 records of each kind; 6 when absent.", typ: "integer"},
}

// searchRoutes look through all kinds at once.
func (a *api) searchRoutes() []route {
	return []route{
		get(v1+"/search", either, a.search, "search", "Find records of any kind by their text").asks(searchParams...).gives(200, items[store.Found]{}),
	}
}

func (a *api) search(c *call) error {
	q := c.query()
	text, limit := q.text("q"), q.number("limit", 1, 20, 6)
	var kinds []policy.Kind
	for _, name := range q.names("kinds") {
		kinds = append(kinds, policy.Kind(name))
	}
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Search(c.ctx(), text, kinds, limit)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}
