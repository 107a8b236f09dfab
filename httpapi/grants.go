package httpapi

import (
	"net/http"
	"time"

	"guan/grants"
	"guan/policy"
	"guan/store"
)

// newGrant is the body that lends access; from is now when absent.
type newGrant struct {
	Receiver policy.ID          `json:"receiver"`
	Kind     policy.Kind        `json:"kind"`
	Records  []policy.ID        `json:"records,omitempty"`
	When     *policy.Cond       `json:"when,omitempty"`
	Actions  []policy.Action    `json:"actions"`
	Fields   []policy.FieldRule `json:"fields"`
	From     *time.Time         `json:"from,omitempty"`
	Until    time.Time          `json:"until"`
	Purpose  string             `json:"purpose"`
}

var grantParams = []param{{name: "scope", desc: "mine (given or received) or all.", enum: []string{"mine", "all"}}}

func (a *api) grants(c *call) error {
	q := c.query()
	all := q.choice("scope", "mine", "all") == "all"
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Grants(c.ctx(), all)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) grant(c *call) error {
	in, err := readBody[newGrant](c)
	if err != nil {
		return err
	}
	g := grants.Grant{Receiver: in.Receiver, Kind: in.Kind, Records: in.Records, When: in.When, Actions: in.Actions, Fields: in.Fields,
		From: c.api.db.Now(), Until: in.Until, Purpose: in.Purpose}
	if in.From != nil {
		g.From = *in.From
	}
	made, err := c.session().Grant(c.ctx(), g)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, made)
}

func (a *api) revokeGrant(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	revoked, err := c.session().RevokeGrant(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, revoked)
}

func (a *api) team(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Team(c.ctx(), c.kind(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) addCollaborator(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[store.NewCollaborator](c)
	if err != nil {
		return err
	}
	if err := c.session().AddCollaborator(c.ctx(), c.kind(), id, in); err != nil {
		return err
	}
	return c.done()
}

func (a *api) removeCollaborator(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	who, err := c.pathID("person")
	if err != nil {
		return err
	}
	if err := c.session().RemoveCollaborator(c.ctx(), c.kind(), id, who); err != nil {
		return err
	}
	return c.done()
}
