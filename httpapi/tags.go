package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/records"
	"guan/store"
)

// triedTagRule asks what a rule of tags would do.
type triedTagRule struct {
	Kind policy.Kind     `json:"kind"`
	Rule records.TagRule `json:"rule"`
}

// newTagRun asks for the tags of a kind to be derived.
type newTagRun struct {
	Kind policy.Kind `json:"kind"`
}

// putStages is the body with which the stages of a kind are written.
type putStages struct {
	Stages []records.StageParts `json:"stages"`
	// Confirm retires stages of which something speaks.
	Confirm bool `json:"confirm,omitempty"`
}

// tagRoutes are of tags that rules keep, and of stages.
func (a *api) tagRoutes() []route {
	return []route{
		post(v1+"/policy/tags/try", either, a.tryTagRule, "tryTagRule", "Of how many records a rule of tags holds; nothing is written").takes(recordBody, triedTagRule{}).gives(200, store.TagOutlook{}),
		get(v1+"/policy/tags/runs", either, a.tagRuns, "tagRuns", "When the tags of each kind were derived last").gives(200, items[store.TagRun]{}),
		post(v1+"/policy/tags/runs", either, a.runTags, "runTags", "Derive the tags of a kind in the background").takes(smallBody, newTagRun{}).gives(202, store.TagRun{}),
		remove(v1+"/policy/tags/runs/{kind}", either, a.cancelTags, "cancelTags", "End the derivation of the tags of a kind; what was derived stays"),
		get(v1+"/policy/stages/{kind}", either, a.stages, "stages", "The stages of a kind, their moves, and what speaks of them").gives(200, store.WrittenStages{}),
		put(v1+"/policy/stages/{kind}", either, a.writeStages, "putStages", "Write the stages of a kind").onMatch().takes(recordBody, putStages{}).gives(200, store.WrittenStages{}),
	}
}

func (a *api) tryTagRule(c *call) error {
	in, err := readBody[triedTagRule](c)
	if err != nil {
		return err
	}
	found, err := c.session().TryTagRule(c.ctx(), in.Kind, in.Rule)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) tagRuns(c *call) error {
	found, err := c.session().TagRuns(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) runTags(c *call) error {
	in, err := readBody[newTagRun](c)
	if err != nil {
		return err
	}
	run, err := c.session().RunTags(c.ctx(), in.Kind)
	if err != nil {
		return err
	}
	return c.answer(http.StatusAccepted, run)
}

func (a *api) cancelTags(c *call) error {
	if err := c.session().CancelTags(c.ctx(), c.kind()); err != nil {
		return err
	}
	return c.done()
}

func (a *api) stages(c *call) error {
	found, err := c.session().Stages(c.ctx(), c.kind())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) writeStages(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[putStages](c)
	if err != nil {
		return err
	}
	found, err := c.session().PutStages(c.ctx(), version, records.KindStages{Kind: c.kind(), Stages: in.Stages}, in.Confirm)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}
