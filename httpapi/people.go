package httpapi

import (
	"context"
	"net/http"

	"guan/policy"
	"guan/store"
)

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

func (a *api) stopAccount(c *call) error { return c.toAccount((*store.Session).StopAccount) }

func (a *api) openAccount(c *call) error { return c.toAccount((*store.Session).OpenAccount) }

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

// toAccount does something to somebody's account and gives how it stands then.
func (c *call) toAccount(act func(s *store.Session, ctx context.Context, person policy.ID) (*store.Account, error)) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	account, err := act(c.session(), c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, account)
}
