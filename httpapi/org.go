package httpapi

import (
	"net/http"
	"strconv"

	"guan/org"
	"guan/policy"
	"guan/store"
)

// positionLabel is the body that makes or renames a position: its code stands in the path.
type positionLabel struct {
	Label org.Label `json:"label"`
}

// poolFields is the body that makes or changes a pool.
type poolFields struct {
	Name string             `json:"name"`
	Open []store.PoolMember `json:"open"`
}

var appointmentParams = []param{
	{name: "person", desc: "Whose appointments.", typ: "id", must: true},
	{name: "unit", desc: "Only those in the unit.", typ: "id"},
}

func (a *api) units(c *call) error {
	found, err := c.session().Units(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) createUnit(c *call) error {
	in, err := readBody[store.UnitFields](c)
	if err != nil {
		return err
	}
	made, err := c.session().CreateUnit(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusCreated, made.Version, made)
}

func (a *api) updateUnit(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[store.UnitFields](c)
	if err != nil {
		return err
	}
	changed, err := c.session().UpdateUnit(c.ctx(), id, version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, changed.Version, changed)
}

func (a *api) deleteUnit(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	if err := c.session().DeleteUnit(c.ctx(), id, version); err != nil {
		return err
	}
	return c.done()
}

func (a *api) unitAppointments(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	found, err := c.session().Appointments(c.ctx(), store.AppointmentQuery{Unit: id})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) appointments(c *call) error {
	q := c.query()
	ask := store.AppointmentQuery{Person: q.id("person"), Unit: q.id("unit")}
	if err := q.err(); err != nil {
		return err
	}
	found, err := c.session().Appointments(c.ctx(), ask)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) appoint(c *call) error {
	in, err := readBody[store.NewAppointment](c)
	if err != nil {
		return err
	}
	made, err := c.session().Appoint(c.ctx(), in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusCreated, made.Version, made)
}

func (a *api) changeAppointment(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[store.AppointmentChange](c)
	if err != nil {
		return err
	}
	changed, err := c.session().ChangeAppointment(c.ctx(), id, version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, changed.Version, changed)
}

func (a *api) endAppointment(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	if err := c.session().EndAppointment(c.ctx(), id, version); err != nil {
		return err
	}
	return c.done()
}

func (a *api) positions(c *call) error {
	found, err := c.session().Positions(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) putPosition(c *call) error {
	in, err := readBody[positionLabel](c)
	if err != nil {
		return err
	}
	p := org.Position{Code: c.r.PathValue("code"), Label: in.Label}
	if err := c.session().PutPosition(c.ctx(), p); err != nil {
		return err
	}
	return c.answer(http.StatusOK, p)
}

func (a *api) deletePosition(c *call) error {
	if err := c.session().DeletePosition(c.ctx(), c.r.PathValue("code")); err != nil {
		return err
	}
	return c.done()
}

func (a *api) pools(c *call) error {
	found, err := c.session().Pools(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, itemsOf(found))
}

func (a *api) createPool(c *call) error {
	in, err := readBody[poolFields](c)
	if err != nil {
		return err
	}
	made, err := c.session().CreatePool(c.ctx(), in.Name, in.Open)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusCreated, made.Version, made)
}

func (a *api) updatePool(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	in, err := readBody[poolFields](c)
	if err != nil {
		return err
	}
	changed, err := c.session().UpdatePool(c.ctx(), id, version, in.Name, in.Open)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, changed.Version, changed)
}

func (a *api) deletePool(c *call) error {
	id, version, err := c.target()
	if err != nil {
		return err
	}
	if err := c.session().DeletePool(c.ctx(), id, version); err != nil {
		return err
	}
	return c.done()
}

// target is what a change speaks of: the id in the path, in the version that the caller saw.
func (c *call) target() (id policy.ID, version int64, err error) {
	if id, err = c.pathID("id"); err == nil {
		version, err = c.ifMatch()
	}
	return id, version, err
}

// answerVersion adds the version as the header that If-Match wants back.
func (c *call) answerVersion(status int, version int64, body any) error {
	c.w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(version, 10)))
	return c.answer(status, body)
}
