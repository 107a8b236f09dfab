package httpapi

import "net/http"

// givenPassword is the body that gives somebody else a password.
type givenPassword struct {
	Password   string `json:"password"`
	MustChange bool   `json:"must_change,omitempty"` // it opens nothing but the choice of another
}

func (a *api) personAccount(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Account(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) stopAccount(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	stopped, err := c.session().StopAccount(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, stopped)
}

func (a *api) openAccount(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	opened, err := c.session().OpenAccount(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, opened)
}

func (a *api) givePassword(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[givenPassword](c)
	if err != nil {
		return err
	}
	if err := c.session().SetPassword(c.ctx(), id, in.Password, in.MustChange); err != nil {
		return err
	}
	return c.done()
}
