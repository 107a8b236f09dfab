package httpapi

import (
	"net/http"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/store"
)

// newGrant is the body that lends access; from is now when absent. The records are named, chosen as a
// list would, or those that satisfy a condition at any time.
type newGrant struct {
	Receiver policy.ID          `json:"receiver"`
	Kind     policy.Kind        `json:"kind"`
	Records  []policy.ID        `json:"records,omitempty"`
	Choose   *store.GrantChoice `json:"choose,omitempty"`
	When     *policy.Cond       `json:"when,omitempty"`
	Actions  []policy.Action    `json:"actions"`
	Fields   []policy.FieldRule `json:"fields"`
	From     *time.Time         `json:"from,omitempty"`
	Until    time.Time          `json:"until"`
	Purpose  string             `json:"purpose"`
	GiveOn   bool               `json:"give_on,omitempty"` // the receiver may give it on
	Parent   policy.ID          `json:"parent,omitzero"`   // the grant of mine that I give on
	Once     bool               `json:"once,omitempty"`    // for one view of the one record
	Along    []string           `json:"along,omitempty"`   // relations whose records go along with the named ones
}

// extendedGrant is the body that continues a grant; its purpose is the old one's when absent.
type extendedGrant struct {
	Until   time.Time `json:"until"`
	Purpose string    `json:"purpose,omitempty"`
}

var grantParams = []param{
	{name: "scope", desc: "mine (given or received) or all.", enum: []string{"mine", "all"}},
	{name: "person", desc: "Given or received by this person.", typ: "id"},
	{name: "kind", desc: "Of records of this kind."},
	{name: "record", desc: "That names this record of the kind.", typ: "id"},
	{name: "state", desc: "Every one; open: in force or yet to begin; ending: in force and over within 7 days; unused: in force and never of use.", enum: []string{"every", "open", "ending", "unused"}},
	{name: "before", desc: "Older than this one: `id` of the last of the page before.", typ: "id"},
}

// endingSoon is how near its end a grant is about to end.
const endingSoon = 7 * 24 * time.Hour

func (a *api) grants(c *call) error {
	q := c.query()
	ask := store.GrantQuery{All: q.choice("scope", "mine", "all") == "all", Person: q.id("person"), Kind: policy.Kind(q.text("kind")), Record: q.id("record"), Before: q.id("before")}
	switch q.choice("state", "every", "open", "ending", "unused") {
	case "open":
		ask.Open = true
	case "ending":
		ask.Ending = endingSoon
	case "unused":
		ask.Unused = true
	}
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().FindGrants(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

// readGrant reads what is to be given.
func readGrant(c *call) (grants.Grant, []store.GrantChoice, error) {
	in, err := readBody[newGrant](c)
	if err != nil {
		return grants.Grant{}, nil, err
	}
	g := grants.Grant{Receiver: in.Receiver, Kind: in.Kind, Records: in.Records, When: in.When, Actions: in.Actions, Fields: in.Fields,
		From: c.api.db.Now(), Until: in.Until, Purpose: in.Purpose, GiveOn: in.GiveOn, Parent: in.Parent, Once: in.Once}
	if in.From != nil {
		g.From = *in.From
	}
	for _, relation := range in.Along {
		g.Along = append(g.Along, grants.Along{Relation: relation})
	}
	if in.Choose == nil {
		return g, nil, nil
	}
	if len(in.Records) > 0 || in.When != nil {
		return g, nil, fault.New(fault.Invalid, "grant_reach", "records are named, chosen, or those of a condition: one of these").WithAt("choose")
	}
	return g, []store.GrantChoice{*in.Choose}, nil
}

func (a *api) grant(c *call) error {
	g, chosen, err := readGrant(c)
	if err != nil {
		return err
	}
	made, err := c.session().Grant(c.ctx(), g, chosen...)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, made)
}

func (a *api) planGrant(c *call) error {
	g, chosen, err := readGrant(c)
	if err != nil {
		return err
	}
	plan, err := c.session().PlanGrant(c.ctx(), g, chosen...)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, plan)
}

func (a *api) extendGrant(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[extendedGrant](c)
	if err != nil {
		return err
	}
	made, err := c.session().ExtendGrant(c.ctx(), id, in.Until, in.Purpose)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, made)
}

func (a *api) viewGranted(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	shown, err := c.session().ViewGranted(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, shown)
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
