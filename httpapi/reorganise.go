package httpapi

import (
	"net/http"

	"guan/store"
)

// reorganiseRoutes change the organisation as a whole, and say first what that would change.
func (a *api) reorganiseRoutes() []route {
	return []route{
		post(v1+"/org/impact", either, a.orgImpact, "orgImpact", "Who would gain or lose what by changes of the organisation").takes(recordBody, store.Reorganisation{}).gives(200, store.Impact{}),
		post(v1+"/org/changes", either, a.reorganise, "reorganise", "Change the organisation, all of it or nothing: join, move, leave").takes(recordBody, store.Reorganisation{}).gives(200, store.Reorganised{}),
		get(v1+"/org/people/{id}/leaving", either, a.leaving, "leaving", "How much somebody owns, kind by kind").gives(200, leavingAnswer{}),
		post(v1+"/org/accounts", person, a.handOut, "handOut", "Open the accounts of people without a password; first passwords are shown this once").takes(recordBody, store.HandOut{}).gives(200, items[store.HandedOut]{}),
	}
}

// leavingAnswer says what somebody owns, and whether they have written a note of their own to who gets it.
type leavingAnswer struct {
	Items []store.LeavingKind `json:"items"`
	Note  bool                `json:"note"`
}

func (a *api) orgImpact(c *call) error {
	in, err := readBody[store.Reorganisation](c)
	if err != nil {
		return err
	}
	found, err := c.session().OrgImpact(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) reorganise(c *call) error {
	in, err := readBody[store.Reorganisation](c)
	if err != nil {
		return err
	}
	made, err := c.session().Reorganise(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, made)
}

func (a *api) leaving(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Leaves(c.ctx(), id)
	if err != nil {
		return err
	}
	note, err := c.session().LeavesNote(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, leavingAnswer{found, note})
}

func (a *api) handOut(c *call) error {
	in, err := readBody[store.HandOut](c)
	if err != nil {
		return err
	}
	made, err := c.session().HandOut(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(made))
}
