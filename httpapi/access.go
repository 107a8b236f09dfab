package httpapi

import "net/http"

var accessParams = []param{{name: "person", desc: "Whose; mine when absent.", typ: "id"}}

func (a *api) access(c *call) error {
	q := c.query()
	person := q.id("person")
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Access(c.ctx(), person)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}
