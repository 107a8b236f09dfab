package httpapi

import (
	"net/http"

	"guan/access"
	"guan/policy"
	"guan/store"
)

// newPolicyDraft is the body that begins a draft: without a document, of the policy in force.
type newPolicyDraft struct {
	Name     string           `json:"name"`
	Document *access.Document `json:"document,omitempty"`
}

// draftImpact is the body that asks what a draft would change. No people stands for all, no kinds
// for all.
type draftImpact struct {
	People []policy.ID   `json:"people,omitempty"`
	Kinds  []policy.Kind `json:"kinds,omitempty"`
	After  policy.ID     `json:"after,omitempty"` // the next of the answer before
	Limit  int           `json:"limit,omitempty"` // people that are worked out; 100 when absent
}

// publication is the body that puts a draft in force.
type publication struct {
	Note    string `json:"note"`
	Version int64  `json:"version,omitempty"` // of the draft, as it was read
	Alone   bool   `json:"alone,omitempty"`   // nobody could confirm it, and it is done all the same
}

// refusal is the body that sends a draft back.
type refusal struct {
	Note string `json:"note"`
}

// rebasing is the body that brings a draft up to the policy in force: a side for each of its
// conflicts, and upon as it was read with them.
type rebasing struct {
	Take []access.MergeChoice `json:"take,omitempty"`
	Upon string               `json:"upon,omitempty"`
}

// draftDocument bounds the body of a draft in bytes.
const draftDocument = 4 << 20

// The bounds of an impact's page.
const (
	impactPeople     = 100
	impactPeopleMost = 1_000
)

var draftParams = []param{{name: "state", desc: "Only drafts in this state; those that are open or waiting when absent.", enum: []string{"open", "waiting", "published", "discarded"}}}

// draftRoutes are of the policy as a document: drafts, their impact, and their way into force.
func (a *api) draftRoutes() []route {
	return []route{
		get(v1+"/policy/drafts", either, a.policyDrafts, "policyDrafts", "Drafts of the policy").asks(draftParams...).gives(200, items[store.PolicyDraft]{}),
		post(v1+"/policy/drafts", either, a.createPolicyDraft, "createPolicyDraft", "Begin a draft").takes(draftDocument, newPolicyDraft{}).gives(201, store.PolicyDraft{}),
		get(v1+"/policy/drafts/{id}", either, a.policyDraft, "policyDraft", "A draft with its document, what it changes and what is wrong with it").gives(200, store.PolicyDraft{}),
		patch(v1+"/policy/drafts/{id}", either, a.editPolicyDraft, "editPolicyDraft", "Rename a draft or change its document").onMatch().takes(draftDocument, store.DraftFields{}).gives(200, store.PolicyDraft{}),
		remove(v1+"/policy/drafts/{id}", either, a.discardPolicyDraft, "discardPolicyDraft", "Give a draft up"),
		post(v1+"/policy/drafts/{id}/rebase", either, a.rebasePolicyDraft, "rebasePolicyDraft", "Bring a draft up to the policy in force").takes(recordBody, rebasing{}).gives(200, store.PolicyDraft{}),
		post(v1+"/policy/drafts/{id}/impact", either, a.draftImpact, "draftImpact", "Who would gain or lose what by a draft").takes(recordBody, draftImpact{}).gives(200, store.Impact{}).within(transfer),
		post(v1+"/policy/drafts/{id}/publish", person, a.publishPolicyDraft, "publishPolicyDraft", "Put a draft in force, or let it wait for a second person").takes(smallBody, publication{}).gives(200, store.PolicyDraft{}),
		post(v1+"/policy/drafts/{id}/confirm", person, a.confirmPolicyDraft, "confirmPolicyDraft", "Confirm a draft of somebody else, and put it in force").gives(200, store.PolicyDraft{}),
		post(v1+"/policy/drafts/{id}/refuse", person, a.refusePolicyDraft, "refusePolicyDraft", "Send a draft that waits back").takes(smallBody, refusal{}).gives(200, store.PolicyDraft{}),
		get(v1+"/policy/blocks", either, a.policyBlocks, "policyBlocks", "Pieces from which packs are put together").gives(200, items[store.PolicyBlock]{}),
	}
}

func (a *api) policyDrafts(c *call) error {
	q := c.query()
	state := q.choice("state", "", "open", "waiting", "published", "discarded")
	if err := q.err(); err != nil {
		return err
	}
	var states []store.DraftState
	if state != "" {
		states = append(states, store.DraftState(state))
	}
	found, err := c.session().PolicyDrafts(c.ctx(), states...)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) createPolicyDraft(c *call) error {
	in, err := readBody[newPolicyDraft](c)
	if err != nil {
		return err
	}
	made, err := c.session().CreatePolicyDraft(c.ctx(), in.Name, in.Document)
	return c.answerDraft(http.StatusCreated, made, err)
}

func (a *api) policyDraft(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().PolicyDraft(c.ctx(), id)
	return c.answerDraft(http.StatusOK, found, err)
}

func (a *api) editPolicyDraft(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[store.DraftFields](c)
	if err != nil {
		return err
	}
	changed, err := c.session().EditPolicyDraft(c.ctx(), id, version, in)
	return c.answerDraft(http.StatusOK, changed, err)
}

func (a *api) discardPolicyDraft(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().DiscardPolicyDraft(c.ctx(), id); err != nil {
		return err
	}
	return c.done()
}

func (a *api) rebasePolicyDraft(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	var in rebasing
	if c.r.ContentLength != 0 {
		if in, err = readBody[rebasing](c); err != nil {
			return err
		}
	}
	changed, err := c.session().RebasePolicyDraft(c.ctx(), id, store.Rebase(in))
	return c.answerDraft(http.StatusOK, changed, err)
}

func (a *api) draftImpact(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[draftImpact](c)
	if err != nil {
		return err
	}
	switch {
	case in.Limit == 0:
		in.Limit = impactPeople
	case in.Limit < 0 || in.Limit > impactPeopleMost:
		return invalid("limit", "range", "must be a whole number from %d to %d", 1, impactPeopleMost).With("low", 1).With("high", impactPeopleMost)
	}
	found, err := c.session().DraftImpact(c.ctx(), id, store.ImpactAsk{People: in.People, Kinds: in.Kinds, After: in.After, Limit: in.Limit})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) publishPolicyDraft(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[publication](c)
	if err != nil {
		return err
	}
	published, err := c.session().PublishPolicyDraft(c.ctx(), id, store.PublishAsk{Note: in.Note, Version: in.Version, Alone: in.Alone})
	return c.answerDraft(http.StatusOK, published, err)
}

func (a *api) confirmPolicyDraft(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	published, err := c.session().ConfirmPolicyDraft(c.ctx(), id)
	return c.answerDraft(http.StatusOK, published, err)
}

func (a *api) refusePolicyDraft(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[refusal](c)
	if err != nil {
		return err
	}
	open, err := c.session().RefusePolicyDraft(c.ctx(), id, in.Note)
	return c.answerDraft(http.StatusOK, open, err)
}

func (a *api) policyBlocks(c *call) error {
	found, err := c.session().PolicyBlocks(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

// answerDraft answers a draft with the version that If-Match wants back.
func (c *call) answerDraft(status int, d *store.PolicyDraft, err error) error {
	if err != nil {
		return err
	}
	return c.answerVersion(status, d.Version, d)
}
