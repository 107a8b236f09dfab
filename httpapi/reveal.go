package httpapi

import (
	"net/http"

	"guan/access"
	"guan/store"
)

// revealRoutes are of showing a masked field plain.
func (a *api) revealRoutes() []route {
	const settings = v1 + "/reveal/settings"
	return []route{
		post(v1+"/records/{kind}/{id}/reveal", person, a.reveal, "reveal", "One masked field of a record, for a reason").takes(smallBody, revealAsk{}).gives(200, store.Revealed{}),
		get(v1+"/reveal/today", person, a.revealDay, "revealDay", "What revealing takes, and how much of my day is left").gives(200, store.RevealDay{}),
		get(settings, either, a.revealSettings, "revealSettings", "What revealing a field takes").gives(200, store.WrittenRevealSettings{}),
		put(settings, person, a.setRevealSettings, "setRevealSettings", "Say what revealing a field takes").onMatch().takes(smallBody, access.RevealSettings{}).gives(200, store.WrittenRevealSettings{}),
	}
}

type revealAsk struct {
	Field        string `json:"field"`
	Reason       string `json:"reason"`
	SecondFactor string `json:"second_factor,omitempty"`
}

func (a *api) reveal(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[revealAsk](c)
	if err != nil {
		return err
	}
	shown, err := c.session().Reveal(c.ctx(), c.kind(), id, store.RevealAsk{Field: in.Field, Reason: in.Reason, Code: in.SecondFactor})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, shown)
}

func (a *api) revealDay(c *call) error {
	day, err := c.session().RevealDay(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, day)
}

func (a *api) revealSettings(c *call) error {
	found, err := c.session().RevealSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setRevealSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[access.RevealSettings](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetRevealSettings(c.ctx(), version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}
