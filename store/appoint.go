package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Appointment is a person in a unit and position for a time, by name.
type Appointment struct {
	ID       policy.ID   `json:"id"`
	Version  int64       `json:"version"`
	Person   Name        `json:"person"`
	Unit     Name        `json:"unit"`
	Position PositionTag `json:"position"`
	From     time.Time   `json:"from"`
	Until    *time.Time  `json:"until,omitempty"`
	State    org.State   `json:"state"`
}

// NewAppointment asks for an appointment in [From, Until); nil is now and open.
type NewAppointment struct {
	Person   policy.ID  `json:"person"`
	Unit     policy.ID  `json:"unit"`
	Position string     `json:"position"`
	From     *time.Time `json:"from,omitempty"`
	Until    *time.Time `json:"until,omitempty"`
}

// AppointmentChange moves the ends of an appointment; who is moved to another unit or position
// gets another appointment. Nil leaves an end as it is, Open takes Until away.
type AppointmentChange struct {
	From  *time.Time `json:"from,omitempty"` // only while it has not begun
	Until *time.Time `json:"until,omitempty"`
	Open  bool       `json:"open,omitempty"`
}

// AppointmentQuery asks for the appointments of a unit, of a person, or of a person in a unit.
type AppointmentQuery struct {
	Unit, Person policy.ID
}

var noAppointment = fault.New(fault.NotFound, "appointment", "there is no such appointment")

// Appointments lists who holds which position. Whoever is signed in sees those that are active, as
// in the directory; who has the right people, and the person themselves, sees planned and ended
// ones too. Faults: NotFound for a unit that does not exist.
func (s *Session) Appointments(ctx context.Context, q AppointmentQuery) ([]Appointment, error) {
	var list []Appointment
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		list = []Appointment{}
		if _, ok := v.tree.Unit(q.Unit); !ok && (q.Unit != 0 || q.Person == 0) {
			return fault.New(fault.NotFound, "unit", "there is no such unit")
		}
		versions := map[policy.ID]int64{}
		err := t.each(ctx, func(rows *sql.Rows) error {
			var id policy.ID
			var version int64
			err := rows.Scan(&id, &version)
			versions[id] = version
			return err
		}, "SELECT id, version FROM appointment WHERE tenant_id = $1 AND (unit_id = $2 OR $2 = 0) AND (person_id = $3 OR $3 = 0)", v.tenant, int64(q.Unit), int64(q.Person))
		if err != nil {
			return err
		}
		whole := v.may("people")
		var found []org.Appointment
		for person, held := range v.appointments {
			if q.Person != 0 && person != q.Person {
				continue
			}
			for _, a := range held {
				if (q.Unit == 0 || a.Unit == q.Unit) && (whole || person == v.bound.Subject().Person || a.At(v.now) == org.Active) {
					found = append(found, a)
				}
			}
		}
		slices.SortFunc(found, func(a, b org.Appointment) int { return int(a.ID - b.ID) })
		list, err = t.namedAppointments(ctx, v, found, versions)
		return err
	})
	return list, err
}

func (t *rtx) namedAppointments(ctx context.Context, v *view, found []org.Appointment, versions map[policy.ID]int64) ([]Appointment, error) {
	people := make([]policy.ID, len(found))
	for i, a := range found {
		people[i] = a.Person
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return nil, err
	}
	list := make([]Appointment, len(found))
	for i, a := range found {
		u, _ := v.tree.Unit(a.Unit)
		list[i] = Appointment{ID: a.ID, Version: versions[a.ID], Person: Name{ID: a.Person, Name: names[a.Person]}, Unit: Name{ID: u.ID, Name: u.Name},
			Position: v.position(a.Position), From: a.From, Until: a.Until, State: a.At(v.now)}
	}
	return list, nil
}

// Appoint puts a person into a unit. It takes the right people, and nobody appoints themselves.
// Faults: Invalid, Denied.
func (s *Session) Appoint(ctx context.Context, n NewAppointment) (*Appointment, error) {
	var a org.Appointment
	err := s.govern(ctx, "appointment", "people", func(t *tx, v *view) error {
		if n.Person == v.bound.Subject().Person {
			return notSelf.WithAt("person")
		}
		if err := t.checkPeople(ctx, v, "person", n.Person); err != nil {
			return err
		}
		id, err := t.newID(ctx)
		if err != nil {
			return err
		}
		a = org.Appointment{ID: id, Person: n.Person, Unit: n.Unit, Position: n.Position, From: t.now, Until: whole(n.Until)}
		if n.From != nil {
			a.From = *whole(n.From)
		}
		if err := checkAppointment(v, a); err != nil {
			return err
		}
		return t.appoint(ctx, a)
	})
	if err != nil {
		return nil, err
	}
	return s.appointment(ctx, a.Person, a.ID)
}

// ChangeAppointment moves the ends of an appointment in the version that was seen. It takes the
// right people; nobody changes their own. Faults: NotFound, Stale, Invalid, Denied, Conflict for
// one that has ended.
func (s *Session) ChangeAppointment(ctx context.Context, id policy.ID, version int64, c AppointmentChange) (*Appointment, error) {
	var a org.Appointment
	err := s.govern(ctx, "appointment", "people", func(t *tx, v *view) (err error) {
		if a, err = t.appointmentFor(ctx, v, id, version); err != nil {
			return err
		}
		before := a
		if c.From != nil {
			if a.At(t.now) != org.Planned {
				return fault.New(fault.Conflict, "appointment_begun", "the appointment has begun").WithAt("from")
			}
			a.From = *whole(c.From)
		}
		switch {
		case c.Open && c.Until != nil:
			return fault.New(fault.Invalid, "appointment_until", "an appointment is open or ends, not both").WithAt("until")
		case c.Open:
			a.Until = nil
		case c.Until != nil:
			a.Until = whole(c.Until)
		}
		if err := checkAppointment(v, a); err != nil {
			return err
		}
		if err := t.writeAppointment(ctx, a); err != nil {
			return err
		}
		return t.auditAppointment(ctx, a.Person, map[string]any{"before": appointmentDetail(before), "after": appointmentDetail(a)})
	})
	if err != nil {
		return nil, err
	}
	return s.appointment(ctx, a.Person, id)
}

// EndAppointment ends an appointment with its commit; one that has not begun never will. It takes
// the right people; nobody ends their own. Faults: NotFound, Stale, Denied, Conflict.
func (s *Session) EndAppointment(ctx context.Context, id policy.ID, version int64) error {
	return s.govern(ctx, "appointment", "people", func(t *tx, v *view) error {
		a, err := t.appointmentFor(ctx, v, id, version)
		if err != nil {
			return err
		}
		if !a.From.Before(t.now) { // an empty window: it was never in force
			if _, err := t.exec(ctx, "DELETE FROM appointment WHERE tenant_id = $1 AND id = $2", t.actor.Tenant, id); err != nil {
				return err
			}
			return t.auditAppointment(ctx, a.Person, map[string]any{"deleted": appointmentDetail(a)})
		}
		before := a
		a.Until = &t.now
		if err := t.writeAppointment(ctx, a); err != nil {
			return err
		}
		return t.auditAppointment(ctx, a.Person, map[string]any{"before": appointmentDetail(before), "after": appointmentDetail(a)})
	})
}

// appointmentFor finds an appointment that the actor may change: not their own, not of somebody
// stronger, not one that has ended.
func (t *tx) appointmentFor(ctx context.Context, v *view, id policy.ID, version int64) (org.Appointment, error) {
	return t.appointmentSeen(ctx, v, id, version)
}

func (t *rtx) appointmentSeen(ctx context.Context, v *view, id policy.ID, version int64) (org.Appointment, error) {
	for _, list := range v.appointments {
		for _, a := range list {
			if a.ID != id {
				continue
			}
			if a.Person == v.bound.Subject().Person {
				return a, notSelf
			}
			if err := t.sameVersion(ctx, v.tenant, "appointment", id, version); err != nil {
				return a, err
			}
			if a.At(t.now) == org.Ended {
				return a, fault.New(fault.Conflict, "appointment_ended", "the appointment has ended")
			}
			return a, v.checkStrength(a.Person)
		}
	}
	return org.Appointment{}, noAppointment
}

// checkAppointment looks at an appointment beside the others of its person.
func checkAppointment(v *view, a org.Appointment) error {
	list := []org.Appointment{a}
	for _, other := range v.appointments[a.Person] {
		if other.ID != a.ID && other.At(v.now) != org.Ended {
			list = append(list, other)
		}
	}
	return org.CheckAppointments(v.tree, v.positions, list)
}

// appoint writes a new, checked appointment and its entry.
func (t *tx) appoint(ctx context.Context, a org.Appointment) error {
	if err := t.writeAppointment(ctx, a); err != nil {
		return err
	}
	return t.auditAppointment(ctx, a.Person, map[string]any{"created": appointmentDetail(a)})
}

func (t *tx) writeAppointment(ctx context.Context, a org.Appointment) error {
	_, err := t.exec(ctx, `
		INSERT INTO appointment (tenant_id, id, person_id, unit_id, position_code, from_at, until_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (tenant_id, id) DO UPDATE SET version = appointment.version + 1, from_at = excluded.from_at, until_at = excluded.until_at`,
		t.actor.Tenant, a.ID, a.Person, a.Unit, a.Position, a.From.UnixMicro(), micros(a.Until))
	return err
}

func (t *tx) auditAppointment(ctx context.Context, person policy.ID, detail map[string]any) error {
	return t.audit(ctx, audit.Entry{Action: audit.OrgChanged, Kind: records.RefPerson, Record: person, Detail: detail})
}

func appointmentDetail(a org.Appointment) map[string]any {
	detail := map[string]any{"appointment": a.ID, "unit": a.Unit, "position": a.Position, "from": a.From}
	if a.Until != nil {
		detail["until"] = a.Until
	}
	return detail
}

// appointment shows one appointment after a change of it.
func (s *Session) appointment(ctx context.Context, person, id policy.ID) (*Appointment, error) {
	list, err := s.Appointments(ctx, AppointmentQuery{Person: person})
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(a Appointment) bool { return a.ID == id })
	if i < 0 {
		return nil, noAppointment
	}
	return &list[i], nil
}

// whole is an instant as both databases keep it: UTC, whole µs.
func whole(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	cut := time.UnixMicro(t.UnixMicro()).UTC()
	return &cut
}
