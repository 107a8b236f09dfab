package httpapi

import (
	"net/http"

	"guan/access"
)

func (a *api) routings(c *call) error {
	found, err := c.session().Routings(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) createRouting(c *call) error {
	in, err := readBody[access.Routing](c)
	if err != nil {
		return err
	}
	made, err := c.session().CreateRouting(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusCreated, made.Version, made)
}

func (a *api) updateRouting(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[access.Routing](c)
	if err != nil {
		return err
	}
	written, err := c.session().UpdateRouting(c.ctx(), id, version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, written.Version, written)
}

func (a *api) deleteRouting(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	if err := c.session().DeleteRouting(c.ctx(), id, version); err != nil {
		return err
	}
	return c.done()
}
