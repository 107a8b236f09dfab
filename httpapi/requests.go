package httpapi

import (
	"net/http"
	"time"

	"guan/approvals"
	"guan/policy"
	"guan/store"
)

// requestRoutes are of what people ask for, and who decides it.
func (a *api) requestRoutes() []route {
	const one, chains, away = v1 + "/requests/{id}", v1 + "/approvals/chains", v1 + "/me/away"
	return []route{
		post(v1+"/requests", person, a.ask, "ask", "Ask for access or an export").takes(recordBody, store.NewRequest{}).gives(201, store.Request{}),
		get(v1+"/requests", person, a.listRequests, "requests", "Requests of mine, for me to decide, or everybody's").asks(requestParams...).gives(200, store.RequestPage{}),
		get(v1+"/requests/waiting", person, a.requestsForMe, "requestsForMe", "How many requests wait for my decision").gives(200, requestsForMe{}),
		get(one, person, a.showRequest, "request", "One request").gives(200, store.Request{}),
		get(one+"/records", person, a.requestRecords, "requestRecords", "The records of a request for a change of many").asks(param{name: "cursor", desc: "`next` of the page before."}).gives(200, store.AskedRecords{}),
		post(one+"/approve", person, a.decide(true), "approveRequest", "Approve a request").takes(smallBody, decisionWords{}).gives(200, store.Request{}),
		post(one+"/refuse", person, a.decide(false), "refuseRequest", "Refuse a request").takes(smallBody, decisionWords{}).gives(200, store.Request{}),
		post(one+"/withdraw", person, a.withdraw, "withdrawRequest", "Take a request of mine back").gives(200, store.Request{}),
		get(chains, either, a.chains, "chains", "Who decides requests").gives(200, items[store.Chain]{}),
		put(chains+"/{type}", either, a.setChain, "setChain", "Say who decides a type of request").onMatch().takes(recordBody, chainSteps{}).gives(200, store.Chain{}),
		get(away, person, a.away, "away", "Whether I am away, and who stands in for me").gives(200, awayNow{}),
		put(away, person, a.setAway, "setAway", "Say who stands in for me while I am away").takes(smallBody, newAway{}).gives(200, store.Away{}),
		remove(away, person, a.comeBack, "comeBack", "End my absence"),
	}
}

var requestParams = []param{
	{name: "scope", desc: "mine; waiting for my decision; decided by me; all, which takes the right policy or audit.", enum: []string{"mine", "waiting", "decided", "all"}},
	{name: "cursor", desc: "`next` of the page before."},
}

// requestsForMe is how many there are, for the navigation.
type requestsForMe struct {
	Waiting int `json:"waiting"`
}

type decisionWords struct {
	Words string `json:"words,omitempty"`
}

type chainSteps struct {
	Steps []approvals.Step `json:"steps"`
}

// newAway says who stands in; from is now when absent.
type newAway struct {
	StandIn policy.ID  `json:"stand_in"`
	From    *time.Time `json:"from,omitempty"`
	Until   time.Time  `json:"until"`
}

type awayNow struct {
	Away *store.Away `json:"away,omitempty"`
}

func (a *api) ask(c *call) error {
	in, err := readBody[store.NewRequest](c)
	if err != nil {
		return err
	}
	made, err := c.session().Ask(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, made)
}

func (a *api) listRequests(c *call) error {
	q := c.query()
	scope, cursor := q.choice("scope", "mine", "waiting", "decided", "all"), q.text("cursor")
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().Requests(c.ctx(), store.RequestScope(scope), cursor)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, page)
}

func (a *api) requestsForMe(c *call) error {
	n, err := c.session().RequestsForMe(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, requestsForMe{n})
}

func (a *api) showRequest(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Request(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) requestRecords(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	q := c.query()
	cursor := q.text("cursor")
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().RequestRecords(c.ctx(), id, cursor)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) decide(approve bool) func(*call) error {
	return func(c *call) error {
		id, err := c.pathID("id")
		if err != nil {
			return err
		}
		in, err := readBody[decisionWords](c)
		if err != nil {
			return err
		}
		decided, err := c.session().Decide(c.ctx(), id, approve, in.Words)
		if err != nil {
			return err
		}
		return c.answer(http.StatusOK, decided)
	}
}

func (a *api) withdraw(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	withdrawn, err := c.session().Withdraw(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, withdrawn)
}

func (a *api) chains(c *call) error {
	found, err := c.session().Chains(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) setChain(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[chainSteps](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetChain(c.ctx(), store.RequestType(c.r.PathValue("type")), version, in.Steps)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}

func (a *api) away(c *call) error {
	found, err := c.session().Away(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, awayNow{found})
}

func (a *api) setAway(c *call) error {
	in, err := readBody[newAway](c)
	if err != nil {
		return err
	}
	from := c.api.db.Now()
	if in.From != nil {
		from = *in.From
	}
	set, err := c.session().SetAway(c.ctx(), in.StandIn, from, in.Until)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, set)
}

func (a *api) comeBack(c *call) error {
	if err := c.session().ComeBack(c.ctx()); err != nil {
		return err
	}
	return c.done()
}
