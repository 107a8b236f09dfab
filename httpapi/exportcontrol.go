package httpapi

import (
	"net/http"

	"guan/store"
)

// exportControlRoutes are of how much may be exported in a day, and what was refused.
func (a *api) exportControlRoutes() []route {
	const limits = v1 + "/exports/limits"
	return []route{
		get(v1+"/exports/blocked", either, a.blockedExports, "blockedExports", "The exports that were refused in the last 30 days, by person").gives(200, store.BlockedExports{}),
		get(limits, either, a.exportLimits, "exportLimits", "How many rows people may export in a day").gives(200, store.ExportLimits{}),
		put(limits, either, a.setExportLimits, "setExportLimits", "Say how many rows people may export in a day").onMatch().takes(recordBody, newExportLimits{}).gives(200, store.ExportLimits{}),
	}
}

type newExportLimits struct {
	Everyone *int64              `json:"everyone,omitempty"`
	Packs    []store.PackLimit   `json:"packs"`
	People   []store.PersonLimit `json:"people"`
}

// askingRoutes carry somebody's words to who is over what was refused to them as a whole.
func (a *api) askingRoutes() []route {
	return []route{
		post(v1+"/records/{kind}/{id}/ask", person, a.askUnseen, "askUnseen", "Send my words to the head over a record that I cannot read, whether there is one or not").takes(smallBody, askedWords{}),
		post(v1+"/asks/page", person, a.askPage, "askPage", "Send my words about a page to those who administer the rules").takes(smallBody, askedPage{}),
	}
}

type askedWords struct {
	Purpose string `json:"purpose"`
}

type askedPage struct {
	Page    string `json:"page"`
	Purpose string `json:"purpose"`
}

func (a *api) blockedExports(c *call) error {
	found, err := c.session().BlockedExports(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) exportLimits(c *call) error {
	found, err := c.session().ExportLimits(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setExportLimits(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[newExportLimits](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetExportLimits(c.ctx(), version, store.ExportLimits{Everyone: in.Everyone, Packs: in.Packs, People: in.People})
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}

func (a *api) askUnseen(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[askedWords](c)
	if err != nil {
		return err
	}
	if err := c.session().AskUnseen(c.ctx(), c.kind(), id, in.Purpose); err != nil {
		return err
	}
	return c.done()
}

func (a *api) askPage(c *call) error {
	in, err := readBody[askedPage](c)
	if err != nil {
		return err
	}
	if err := c.session().AskPage(c.ctx(), in.Page, in.Purpose); err != nil {
		return err
	}
	return c.done()
}
