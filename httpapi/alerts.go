package httpapi

import (
	"net/http"

	"guan/fault"
	"guan/store"
	"guan/watch"
)

// alertRoutes are of what is out of the ordinary: for who has the right audit or policy, and about other
// people than themselves.
func (a *api) alertRoutes() []route {
	const all, one = v1 + "/alerts", v1 + "/alerts/{id}"
	const bait = v1 + "/honey/{kind}/{id}"
	return []route{
		get(all, either, a.alerts, "alerts", "What is out of the ordinary, the newest first").asks(alertParams...).gives(200, store.AlertPage{}),
		get(all+"/settings", either, a.watchSettings, "watchSettings", "How the detectors are set").gives(200, store.WrittenWatchSettings{}),
		put(all+"/settings", person, a.setWatchSettings, "setWatchSettings", "Set the detectors").onMatch().takes(smallBody, newWatchSettings{}).gives(200, store.WrittenWatchSettings{}),
		get(all+"/stream", either, a.stream, "stream", "Where events are sent, and how far that is").gives(200, store.WrittenStream{}),
		put(all+"/stream", person, a.setStream, "setStream", "Say where events are sent").onMatch().takes(smallBody, newStream{}).gives(200, store.WrittenStream{}),
		post(all+"/stream/test", person, a.tryStream, "tryStream", "Send a signed test event there, and say what came back").gives(200, store.StreamTry{}),
		get(one, either, a.alert, "alert", "One alert, with the entries behind it").gives(200, store.AlertDetail{}),
		post(one+"/verdict", person, a.judgeAlert, "judgeAlert", "Say what it was").takes(smallBody, alertVerdict{}).gives(200, store.AlertDetail{}),
		post(one+"/freeze", person, a.freezeByAlert, "freezeByAlert", "Freeze the account").gives(200, store.AlertDetail{}),
		post(one+"/ask-factor", person, a.askFactorByAlert, "askFactorByAlert", "Ask for the second factor before anything else").gives(200, store.AlertDetail{}),
		get(v1+"/honey", either, a.honeyMarks, "honeyMarks", "The records that nobody has a reason to open").gives(200, items[store.HoneyMark]{}),
		put(bait, person, a.markHoney, "markHoney", "Mark a record as one that nobody has a reason to open").takes(smallBody, honeyNote{}),
		remove(bait, person, a.unmarkHoney, "unmarkHoney", "Take such a mark off"),
	}
}

var alertParams = []param{
	{name: "state", desc: "What became of them.", enum: []string{"every", string(store.AlertOpen), string(store.AlertConfirmed), string(store.AlertDismissed)}},
	{name: "detector", desc: "What found them.", enum: detectors()},
	{name: "person", desc: "About this person.", typ: "id"},
	{name: "before", desc: "`next` of the page before.", typ: "id"},
}

func detectors() []string {
	out := []string{"every"}
	for _, d := range watch.Detectors {
		out = append(out, string(d))
	}
	return out
}

type newWatchSettings struct {
	Detectors watch.Settings `json:"detectors"`
}

type newStream struct {
	store.StreamSettings
	Secret    string `json:"secret,omitempty"`     // 'new' makes another one; the one before signs too for a day
	EndFormer bool   `json:"end_former,omitempty"` // it does no more, from now on
}

type alertVerdict struct {
	Verdict store.AlertState `json:"verdict"` // confirmed, dismissed
	Note    string           `json:"note"`
}

type honeyNote struct {
	Note string `json:"note"`
}

func (a *api) alerts(c *call) error {
	q := c.query()
	ask := store.AlertQuery{Person: q.id("person"), Before: q.id("before")}
	if state := q.choice("state", "every", string(store.AlertOpen), string(store.AlertConfirmed), string(store.AlertDismissed)); state != "every" {
		ask.State = store.AlertState(state)
	}
	if detector := q.choice("detector", detectors()...); detector != "every" {
		ask.Detector = watch.Detector(detector)
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().Alerts(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, page)
}

// onAlert answers an alert after something was done about it.
func (c *call) onAlert(found *store.AlertDetail, err error) error {
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) alert(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	return c.onAlert(c.session().Alert(c.ctx(), id))
}

func (a *api) judgeAlert(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[alertVerdict](c)
	if err != nil {
		return err
	}
	return c.onAlert(c.session().JudgeAlert(c.ctx(), id, in.Verdict, in.Note))
}

func (a *api) freezeByAlert(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	return c.onAlert(c.session().FreezeByAlert(c.ctx(), id))
}

func (a *api) askFactorByAlert(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	return c.onAlert(c.session().AskFactorByAlert(c.ctx(), id))
}

func (a *api) watchSettings(c *call) error {
	found, err := c.session().WatchSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setWatchSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[newWatchSettings](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetWatchSettings(c.ctx(), version, in.Detectors)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}

func (a *api) stream(c *call) error {
	found, err := c.session().Stream(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setStream(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[newStream](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetStream(c.ctx(), version, in.StreamSettings, store.StreamSecret{Text: in.Secret, EndFormer: in.EndFormer})
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}

func (a *api) tryStream(c *call) error {
	if a.trySend == nil {
		return fault.New(fault.Conflict, "stream_off", "this server sends no events")
	}
	came, err := c.session().TryStream(c.ctx(), a.trySend)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, came)
}

func (a *api) honeyMarks(c *call) error {
	list, err := c.session().HoneyMarks(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(list))
}

func (a *api) markHoney(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[honeyNote](c)
	if err != nil {
		return err
	}
	if err := c.session().MarkHoney(c.ctx(), c.kind(), id, in.Note); err != nil {
		return err
	}
	return c.done()
}

func (a *api) unmarkHoney(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().UnmarkHoney(c.ctx(), c.kind(), id); err != nil {
		return err
	}
	return c.done()
}
