package httpapi

import (
	"net/http"

	"guan/grants"
	"guan/store"
)

// emergencyRoutes are of records that are opened in an emergency, and of their review.
func (a *api) emergencyRoutes() []route {
	const all, one = v1 + "/emergencies", v1 + "/emergencies/{id}"
	return []route{
		post(all, person, a.openEmergency, "openEmergency", "Open a record in an emergency, for a stated reason and a short time").takes(smallBody, store.NewEmergency{}).gives(201, store.Emergency{}),
		get(all, person, a.emergencies, "emergencies", "Emergencies: mine, for me to review, or those of my people").asks(emergencyParams...).gives(200, store.EmergencyPage{}),
		get(all+"/standing", person, a.emergencyStanding, "emergencyStanding", "What I may open in an emergency, what I have open, and who reviews it").gives(200, store.EmergencyStanding{}),
		get(all+"/people", person, a.emergencyPeople, "emergencyPeople", "How often people opened records, and what the reviews found").gives(200, items[store.EmergencyCounts]{}),
		get(all+"/settings", either, a.emergencySettings, "emergencySettings", "What an emergency opens in the company").gives(200, store.WrittenEmergencySettings{}),
		put(all+"/settings", either, a.setEmergencySettings, "setEmergencySettings", "Say what an emergency opens in the company").onMatch().takes(smallBody, grants.EmergencySettings{}).gives(200, store.WrittenEmergencySettings{}),
		get(one, person, a.emergency, "emergency", "One emergency").gives(200, store.Emergency{}),
		get(one+"/seen", person, a.emergencySeen, "emergencySeen", "What was seen while a record was open").gives(200, items[store.EmergencySeen]{}),
		post(one+"/end", person, a.endEmergency, "endEmergency", "End an emergency at once").gives(200, store.Emergency{}),
		post(one+"/review", person, a.reviewEmergency, "reviewEmergency", "Give the verdict on an emergency that has ended").takes(smallBody, emergencyVerdict{}).gives(200, store.Emergency{}),
	}
}

var emergencyParams = []param{
	{name: "scope", desc: "mine; review: for me to review now; all: of my people, or everybody's with the right policy or audit.", enum: []string{"mine", "review", "all"}},
	{name: "person", desc: "Opened by this person.", typ: "id"},
	{name: "state", desc: "How they stand; late: nobody has reviewed it in time.", enum: append([]string{"every"}, store.EmergencyStates...)},
	{name: "cursor", desc: "`next` of the page before."},
}

type emergencyVerdict struct {
	Verdict store.Verdict `json:"verdict"` // justified, unjustified, follow_up
	Note    string        `json:"note"`
}

func (a *api) openEmergency(c *call) error {
	in, err := readBody[store.NewEmergency](c)
	if err != nil {
		return err
	}
	opened, err := c.session().OpenEmergency(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, opened)
}

func (a *api) emergencies(c *call) error {
	q := c.query()
	ask := store.EmergencyQuery{Scope: q.choice("scope", "mine", "review", "all"), Person: q.id("person"), Cursor: q.text("cursor")}
	if state := q.choice("state", append([]string{"every"}, store.EmergencyStates...)...); state != "every" {
		ask.State = state
	}
	if err := q.err(); err != nil {
		return err
	}
	page, err := c.session().Emergencies(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, page)
}

func (a *api) emergencyStanding(c *call) error {
	found, err := c.session().EmergencyStanding(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) emergencyPeople(c *call) error {
	found, err := c.session().EmergencyPeople(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) emergencySettings(c *call) error {
	found, err := c.session().EmergencySettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setEmergencySettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[grants.EmergencySettings](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetEmergencySettings(c.ctx(), version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}

func (a *api) emergency(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Emergency(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, found)
}

func (a *api) emergencySeen(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().EmergencySeen(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) endEmergency(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	ended, err := c.session().EndEmergency(c.ctx(), id)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, ended)
}

func (a *api) reviewEmergency(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[emergencyVerdict](c)
	if err != nil {
		return err
	}
	done, err := c.session().ReviewEmergency(c.ctx(), id, in.Verdict, in.Note)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, done)
}
