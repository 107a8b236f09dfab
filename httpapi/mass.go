package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

// massRoutes are of changes of many records: looked at first, then done, then perhaps undone.
func (a *api) massRoutes() []route {
	return []route{
		post(v1+"/records/{kind}/bulk/preview", either, a.rehearseMass, "previewBulk", "What a change of many records would do, and why not to all of them").
			takes(batchBody, massAsk{}).gives(200, store.MassResult{}).within(transfer),
		post(v1+"/records/{kind}/bulk", either, a.changeMass, "bulk", "Do the change that was looked at").takes(smallBody, massToken{}).gives(200, store.MassResult{}),
		get(v1+"/bulk/{id}", either, a.massChanged, "bulkChange", "How far a change of many records of mine is").gives(200, store.MassResult{}),
		remove(v1+"/bulk/{id}", either, a.cancelMass, "cancelBulk", "End a change of many records; what is done stays"),
		post(v1+"/bulk/{id}/undo", either, a.undoMass, "undoBulk", "Put back what nobody has changed since").gives(200, store.MassResult{}).within(transfer),
	}
}

// massAsk chooses records by ids, or all that a list would show, and says what becomes of them.
type massAsk struct {
	IDs    []policy.ID      `json:"ids,omitempty"`
	Match  *store.MassMatch `json:"match,omitempty"`
	Change store.MassChange `json:"change"`
}

// massToken is the id that the preview gave: what is done is what was looked at, in the versions
// that were seen.
type massToken struct {
	Preview policy.ID `json:"preview"`
}

func (a *api) rehearseMass(c *call) error {
	in, err := readBody[massAsk](c)
	if err != nil {
		return err
	}
	found, err := c.session().RehearseMass(c.ctx(), c.kind(), store.MassAsk{IDs: in.IDs, Match: in.Match, Change: in.Change})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) changeMass(c *call) error {
	in, err := readBody[massToken](c)
	if err != nil {
		return err
	}
	done, err := c.session().ChangeMass(c.ctx(), c.kind(), in.Preview)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, done)
}

func (a *api) massChanged(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().MassChanged(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) cancelMass(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().CancelMass(c.ctx(), id); err != nil {
		return err
	}
	return c.done()
}

func (a *api) undoMass(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	back, err := c.session().UndoMass(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, back)
}
