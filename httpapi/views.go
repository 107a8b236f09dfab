package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

// viewRoutes are of saved questions to lists.
func (a *api) viewRoutes() []route {
	return []route{
		get(v1+"/views", either, a.views, "views", "The views of a kind: mine and those shared with me").asks(viewParams...).gives(200, items[store.ListView]{}),
		post(v1+"/views", person, a.saveView, "saveView", "Save a view").takes(recordBody, newView{}).gives(201, store.ListView{}),
		patch(v1+"/views/{id}", person, a.changeView, "changeView", "Change a view of mine, or say that a list opens with it").onMatch().takes(recordBody, viewChange{}).gives(200, store.ListView{}),
		remove(v1+"/views/{id}", person, a.deleteView, "deleteView", "Remove a view").onMatch(),
	}
}

var viewParams = []param{{name: "kind", desc: "The kind whose views are asked for.", must: true}}

// newView is the body that makes a view.
type newView struct {
	Kind    policy.Kind      `json:"kind"`
	Name    string           `json:"name"`
	Search  store.ViewSearch `json:"search"`
	Shared  *store.ViewShare `json:"shared,omitempty"`
	Default *bool            `json:"default,omitempty"`
}

// viewChange is the body that changes a view; what is absent stays.
type viewChange struct {
	Name    *string           `json:"name,omitempty"`
	Search  *store.ViewSearch `json:"search,omitempty"`
	Shared  *store.ViewShare  `json:"shared,omitempty"` // empty: no longer shared
	Default *bool             `json:"default,omitempty"`
}

func (a *api) views(c *call) error {
	q := c.query()
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Views(c.ctx(), policy.Kind(q.text("kind")))
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) saveView(c *call) error {
	in, err := readBody[newView](c)
	if err != nil {
		return err
	}
	made, err := c.session().SaveView(c.ctx(), in.Kind, store.NewView{Name: &in.Name, Search: &in.Search, Shared: in.Shared, Default: in.Default})
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusCreated, made.Version, made)
}

func (a *api) changeView(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[viewChange](c)
	if err != nil {
		return err
	}
	changed, err := c.session().ChangeView(c.ctx(), id, version, store.NewView{Name: in.Name, Search: in.Search, Shared: in.Shared, Default: in.Default})
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, changed.Version, changed)
}

func (a *api) deleteView(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	if err := c.session().DeleteView(c.ctx(), id, version); err != nil {
		return err
	}
	return c.done()
}
