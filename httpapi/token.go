package httpapi

import (
	"net/http"
	"time"

	"guan/policy"
	"guan/store"
)

type newToken struct {
	Name    string          `json:"name"`
	Kinds   []policy.Kind   `json:"kinds,omitempty"`   // none: all that the person may
	Actions []policy.Action `json:"actions,omitempty"` // none: all that the person may
	Until   time.Time       `json:"until"`
}

// token is an API token without its secret.
type token struct {
	ID         policy.ID       `json:"id"`
	Name       string          `json:"name"`
	Kinds      []policy.Kind   `json:"kinds,omitempty"`
	Actions    []policy.Action `json:"actions,omitempty"`
	CreatedAt  time.Time       `json:"created_at"`
	Until      time.Time       `json:"until"`
	LastSeenAt *time.Time      `json:"last_seen_at,omitempty"`
}

// madeToken is the one answer that holds the secret.
type madeToken struct {
	token
	Secret string `json:"token"`
}

func tokenOf(t store.Token) token {
	return token{ID: t.ID, Name: t.Name, Kinds: t.Scope.Kinds, Actions: t.Scope.Actions, CreatedAt: t.CreatedAt, Until: t.UntilAt, LastSeenAt: t.LastSeenAt}
}

func (a *api) tokens(c *call) error {
	found, err := c.session().Tokens(c.ctx())
	if err != nil {
		return err
	}
	mine := make([]token, len(found))
	for i, t := range found {
		mine[i] = tokenOf(t)
	}
	return c.answer(http.StatusOK, itemsOf(mine))
}

func (a *api) createToken(c *call) error {
	in, err := readBody[newToken](c)
	if err != nil {
		return err
	}
	secret, made, err := c.session().CreateToken(c.ctx(), store.NewToken{
		Name: in.Name, Scope: store.Scope{Kinds: in.Kinds, Actions: in.Actions}, Until: in.Until,
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, madeToken{tokenOf(made), secret})
}

func (a *api) revokeToken(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().RevokeToken(c.ctx(), id); err != nil {
		return err
	}
	return c.done()
}
