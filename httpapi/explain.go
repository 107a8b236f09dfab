package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

var explainParams = []param{
	{name: "person", desc: "Whose access; me when absent.", typ: "id"},
	{name: "kind", desc: "The kind of the record.", must: true},
	{name: "id", desc: "The record.", typ: "id", must: true},
	{name: "action", desc: "read, edit, …; read when absent."},
	{name: "field", desc: "Explains the level of the field instead; with edit or create, whether it may be set."},
}

var whoCanParams = []param{
	{name: "kind", desc: "The kind of the record.", must: true},
	{name: "id", desc: "The record.", typ: "id", must: true},
	{name: "action", desc: "read, edit, …; read when absent."},
	{name: "cursor", desc: "`next` of the page before."},
}

func (a *api) me(c *call) error {
	me, err := c.session().Me(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, me)
}

func (a *api) kinds(c *call) error {
	kinds, err := c.session().Kinds(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(kinds))
}

func (a *api) explain(c *call) error {
	q := c.query()
	ask := store.ExplainQuery{
		Person: q.id("person"), Kind: policy.Kind(q.text("kind")), ID: q.id("id"),
		Action: policy.Action(q.text("action")), Field: q.text("field"),
	}
	if err := q.err(); err != nil {
		return err
	}
	explanation, err := c.session().Explain(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, explanation)
}

func (a *api) whoCan(c *call) error {
	q := c.query()
	kind, id, action, cursor := policy.Kind(q.text("kind")), q.id("id"), policy.Action(q.text("action")), q.text("cursor")
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().WhoCan(c.ctx(), kind, id, action, cursor)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}
