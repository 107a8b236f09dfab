package httpapi

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"guan/policy"
	"guan/sheet"
	"guan/store"
)

// sandboxRoutes are of rooms for one purpose, in which people of several units act on what is put there.
func (a *api) sandboxRoutes() []route {
	const one = v1 + "/sandboxes/{id}"
	return []route{
		get(v1+"/sandboxes", person, a.sandboxes, "sandboxes", "The sandboxes that I opened or am in").asks(sandboxParams...).gives(200, items[store.Sandbox]{}),
		post(v1+"/sandboxes", person, a.createSandbox, "createSandbox", "Open a sandbox").takes(recordBody, store.NewSandbox{}).gives(201, store.Sandbox{}),
		post(v1+"/sandboxes/plan", person, a.planShare, "planShare", "What would be put into a sandbox; nothing is").takes(recordBody, plannedShare{}).gives(200, store.GrantPlan{}),
		get(one, person, a.sandbox, "sandbox", "A sandbox that I opened or was in").gives(200, store.Sandbox{}),
		patch(one, person, a.changeSandbox, "changeSandbox", "Give a sandbox another title").takes(smallBody, sandboxTitle{}).gives(200, store.Sandbox{}),
		post(one+"/members", person, a.addMembers, "addMembers", "Bring people into a sandbox, or give them another part").takes(recordBody, newMembers{}).gives(200, store.Sandbox{}),
		remove(one+"/members/{person}", person, a.removeMember, "removeMember", "Take somebody out of a sandbox, or leave it"),
		post(one+"/shares", person, a.addShare, "addShare", "Put records into a sandbox").takes(recordBody, store.NewShare{}).gives(201, store.Sandbox{}),
		remove(one+"/shares/{share}", person, a.withdrawShare, "withdrawShare", "Take out of a sandbox what was put there").
			asks(param{name: "record", desc: "Only this record of it. Who has the record may, while who put it there does not have it any more.", typ: "id"}),
		post(one+"/extend", person, a.extendSandbox, "extendSandbox", "Decide a sandbox anew, until another end").takes(smallBody, sandboxEnd{}).gives(200, store.Sandbox{}),
		post(one+"/end", person, a.endSandbox, "endSandbox", "End a sandbox").gives(200, store.Sandbox{}),
		get(one+"/statement", person, a.sandboxStatement, "sandboxStatement", "What was seen and changed in a sandbox, and by whom").gives(200, store.SandboxStatement{}),
		get(one+"/statement/file", person, a.sandboxStatementFile, "sandboxStatementFile", "The same as a table").
			asks(param{name: "lang", desc: "Of headings and fields.", enum: []string{"zh", "en"}}).givesFile(200, "text/csv"),
	}
}

type plannedShare struct {
	store.NewShare
	Purpose string     `json:"purpose"`
	From    *time.Time `json:"from,omitempty"`
	Until   time.Time  `json:"until"`
}

type sandboxTitle struct {
	Title string `json:"title"`
}

type sandboxEnd struct {
	Until time.Time `json:"until"`
}

type newMembers struct {
	Members []store.NewMember `json:"members"`
}

var sandboxParams = []param{
	{name: "scope", desc: "mine: opened by me; in: I am in it; both; all: everybody's, for who administers or audits permissions.", enum: []string{"both", "mine", "in", "all"}},
	{name: "person", desc: "Opened by this person, or they are or were in it.", typ: "id"},
	{name: "state", desc: "Every one; open: running or yet to begin; ended.", enum: []string{"every", "open", "ended"}},
	{name: "kind", desc: "With `record`: those in which this record lies, of the ones that I opened or am in; and those into which somebody put it who does not have it any more, if I do."},
	{name: "record", desc: "The record of that kind.", typ: "id"},
	{name: "before", desc: "Older than this one: `id` of the last of the page before.", typ: "id"},
}

func (a *api) sandboxes(c *call) error {
	q := c.query()
	ask := store.SandboxQuery{Scope: q.choice("scope", "both", "mine", "in", "all"), Person: q.id("person"), State: q.choice("state", "every", "open", "ended"),
		Kind: policy.Kind(q.text("kind")), Record: q.id("record"), Before: q.id("before")}
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Sandboxes(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

// answerSandbox answers a sandbox as it stands.
func (c *call) answerSandbox(status int, box *store.Sandbox, err error) error {
	if err != nil {
		return err
	}
	return c.answer(status, box)
}

func (a *api) createSandbox(c *call) error {
	in, err := readBody[store.NewSandbox](c)
	if err != nil {
		return err
	}
	made, err := c.session().CreateSandbox(c.ctx(), in)
	return c.answerSandbox(http.StatusCreated, made, err)
}

func (a *api) planShare(c *call) error {
	in, err := readBody[plannedShare](c)
	if err != nil {
		return err
	}
	from := c.api.db.Now()
	if in.From != nil {
		from = *in.From
	}
	plan, err := c.session().PlanShare(c.ctx(), in.NewShare, in.Purpose, from, in.Until)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, plan)
}

func (a *api) sandbox(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	box, err := c.session().Sandbox(c.ctx(), id)
	return c.answerSandbox(http.StatusOK, box, err)
}

// withBox reads the id of a sandbox and the body that comes with it.
func withBox[B any](c *call, do func(id policy.ID, in B) (*store.Sandbox, error), status int) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[B](c)
	if err != nil {
		return err
	}
	box, err := do(id, in)
	return c.answerSandbox(status, box, err)
}

func (a *api) changeSandbox(c *call) error {
	return withBox(c, func(id policy.ID, in sandboxTitle) (*store.Sandbox, error) {
		return c.session().ChangeSandbox(c.ctx(), id, in.Title)
	}, http.StatusOK)
}

func (a *api) addMembers(c *call) error {
	return withBox(c, func(id policy.ID, in newMembers) (*store.Sandbox, error) {
		return c.session().AddMembers(c.ctx(), id, in.Members)
	}, http.StatusOK)
}

func (a *api) addShare(c *call) error {
	return withBox(c, func(id policy.ID, in store.NewShare) (*store.Sandbox, error) {
		return c.session().AddShare(c.ctx(), id, in)
	}, http.StatusCreated)
}

func (a *api) extendSandbox(c *call) error {
	return withBox(c, func(id policy.ID, in sandboxEnd) (*store.Sandbox, error) {
		return c.session().ExtendSandbox(c.ctx(), id, in.Until)
	}, http.StatusOK)
}

func (a *api) endSandbox(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	box, err := c.session().EndSandbox(c.ctx(), id)
	return c.answerSandbox(http.StatusOK, box, err)
}

func (a *api) removeMember(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	who, err := c.pathID("person")
	if err != nil {
		return err
	}
	if err := c.session().RemoveMember(c.ctx(), id, who); err != nil {
		return err
	}
	return c.done()
}

func (a *api) withdrawShare(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	share, err := c.pathID("share")
	if err != nil {
		return err
	}
	q := c.query()
	record := q.id("record")
	switch {
	case q.err() != nil:
		return q.err()
	case record != 0:
		err = c.session().TakeOut(c.ctx(), id, share, record)
	default:
		err = c.session().WithdrawShare(c.ctx(), id, share)
	}
	if err != nil {
		return err
	}
	return c.done()
}

func (a *api) sandboxStatement(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	said, err := c.session().SandboxStatement(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, said)
}

func (a *api) sandboxStatementFile(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	q := c.query()
	lang := q.choice("lang", "zh", "en")
	if err := q.err(); err != nil {
		return err
	}
	said, err := c.session().SandboxStatementFile(c.ctx(), id)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := said.WriteTo(sheet.NewCSV(&file), lang); err != nil {
		return err
	}
	c.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "sandbox-"+id.String()+".csv"))
	c.write(http.StatusOK, "text/csv", file.Bytes())
	return nil
}
