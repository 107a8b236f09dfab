package httpapi

import (
	"net/http"

	"guan/policy"
	"guan/store"
)

// ownershipRoutes are of whose a record is: transferred with what hangs on it, merged with another that
// means the same, or asked for.
func (a *api) ownershipRoutes() []route {
	const kind, record = v1 + "/records/{kind}", v1 + "/records/{kind}/{id}"
	return []route{
		post(record+"/transfer/preview", either, a.planTransfer, "planTransfer", "Whether I may transfer a record, and what would go along").takes(smallBody, transferLook{}).gives(200, store.TransferPlan{}),
		post(record+"/transfer", either, a.transferRecord, "transfer", "Give a record another owner, with what hangs on it").onMatch().takes(smallBody, store.Transfer{}).gives(200, store.Transferred{}),
		post(record+"/merge", either, a.merge, "merge", "Make one of two records; the other one is merged into this").onMatch().takes(recordBody, store.Merging{}).gives(200, store.MergedRecord{}),
		get(record+"/merged", either, a.mergedInto, "mergedInto", "The record that a record was merged into").gives(200, store.MergedInto{}),
		post(v1+"/merges/{id}/undo", either, a.undoMerge, "undoMerge", "Take a merge apart again").gives(200, store.Item{}),
		post(kind+"/looked-after", either, a.lookedAfter, "lookedAfter", "Whether somebody looks after a record like mine, for who has the right to know").takes(recordBody, recordFields{}).gives(200, lookedAfter{}),
		post(kind+"/ask-head", either, a.askHead, "askHead", "Ask those over who looks after a record like mine, whether there is one or not").takes(recordBody, headAsk{}),
	}
}

// transferLook says for whom the plan is made; for nobody yet when it is absent.
type transferLook struct {
	To policy.ID `json:"to,omitempty"`
}

type lookedAfter struct {
	LookedAfter bool `json:"looked_after"`
}

// headAsk is the record that the asker is about to make, and their words.
type headAsk struct {
	Fields store.Fields `json:"fields"`
	Note   string       `json:"note"`
}

// noteIn is what somebody says.
type noteIn struct {
	Note string `json:"note"`
}

func (a *api) planTransfer(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[transferLook](c)
	if err != nil {
		return err
	}
	plan, err := c.session().PlanTransfer(c.ctx(), c.kind(), id, store.Transfer{To: in.To})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, plan)
}

func (a *api) transferRecord(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[store.Transfer](c)
	if err != nil {
		return err
	}
	done, err := c.session().Transfer(c.ctx(), c.kind(), store.Target{ID: id, Version: version}, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, done.Item.Version, done)
}

func (a *api) merge(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[store.Merging](c)
	if err != nil {
		return err
	}
	done, err := c.session().Merge(c.ctx(), c.kind(), store.Target{ID: id, Version: version}, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, done.Item.Version, done)
}

func (a *api) mergedInto(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().MergedInto(c.ctx(), c.kind(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) undoMerge(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	return c.item(c.session().UndoMerge(c.ctx(), id))
}

func (a *api) lookedAfter(c *call) error {
	in, err := readBody[recordFields](c)
	if err != nil {
		return err
	}
	found, err := c.session().LookedAfter(c.ctx(), c.kind(), in.Fields)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, lookedAfter{found})
}

func (a *api) askHead(c *call) error {
	in, err := readBody[headAsk](c)
	if err != nil {
		return err
	}
	if err := c.session().AskHead(c.ctx(), c.kind(), in.Fields, in.Note); err != nil {
		return err
	}
	return c.done()
}

func (a *api) askHeadsOf(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[noteIn](c)
	if err != nil {
		return err
	}
	asked, err := c.session().AskHeadsOf(c.ctx(), id, in.Note)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, asked)
}

func (a *api) ownNote(c *call) error {
	note, err := c.session().OwnNote(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, note)
}

func (a *api) setOwnNote(c *call) error {
	in, err := readBody[noteIn](c)
	if err != nil {
		return err
	}
	note, err := c.session().SetOwnNote(c.ctx(), in.Note)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, note)
}
