package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// WrittenRouting is a routing as it is kept.
type WrittenRouting struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
	access.Routing
}

// maxRoutings bounds the routings of a company: each is asked about every change.
const maxRoutings = 100

var noRouting = fault.New(fault.NotFound, "routing", "there is no such routing")

// Routings lists the routings of the company. It takes the right policy or audit.
func (s *Session) Routings(ctx context.Context) ([]WrittenRouting, error) {
	var list []WrittenRouting
	err := s.oversee(ctx, "routings", func(t *rtx, v *view) error {
		list = append([]WrittenRouting{}, v.routings...)
		return nil
	}, "policy", "audit")
	return list, err
}

// CreateRouting adds a routing. It takes the right policy. Faults: Invalid, Denied, Conflict.
func (s *Session) CreateRouting(ctx context.Context, r access.Routing) (*WrittenRouting, error) {
	made := WrittenRouting{Version: 1, Routing: r}
	err := s.govern(ctx, "routing", "policy", func(t *tx, v *view) (err error) {
		if len(v.routings) >= maxRoutings {
			return fault.Newf(fault.Conflict, "routings_many", "a company has at most %d routings", maxRoutings).With("max", maxRoutings)
		}
		if made.ID, err = t.newID(ctx); err != nil {
			return err
		}
		text, err := routingText(v, r)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "INSERT INTO routing (tenant_id, id, document) VALUES ($1, $2, $3)", v.tenant, made.ID, text); err != nil {
			return err
		}
		return t.auditRouting(ctx, made.ID, map[string]any{"after": r})
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// UpdateRouting writes a routing anew, in the version that was seen. It takes the right policy.
// Faults: NotFound, Stale, Invalid, Denied.
func (s *Session) UpdateRouting(ctx context.Context, id policy.ID, version int64, r access.Routing) (*WrittenRouting, error) {
	err := s.govern(ctx, "routing", "policy", func(t *tx, v *view) error {
		was, err := t.routingSeen(ctx, v, id, version)
		if err != nil {
			return err
		}
		text, err := routingText(v, r)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE routing SET document = $1, version = version + 1 WHERE tenant_id = $2 AND id = $3", text, v.tenant, id); err != nil {
			return err
		}
		return t.auditRouting(ctx, id, map[string]any{"before": was.Routing, "after": r})
	})
	if err != nil {
		return nil, err
	}
	return &WrittenRouting{ID: id, Version: version + 1, Routing: r}, nil
}

// DeleteRouting takes a routing away; the tasks that it made stay. It takes the right policy. Faults:
// NotFound, Stale, Denied.
func (s *Session) DeleteRouting(ctx context.Context, id policy.ID, version int64) error {
	return s.govern(ctx, "routing", "policy", func(t *tx, v *view) error {
		was, err := t.routingSeen(ctx, v, id, version)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "DELETE FROM routing WHERE tenant_id = $1 AND id = $2", v.tenant, id); err != nil {
			return err
		}
		return t.auditRouting(ctx, id, map[string]any{"before": was.Routing})
	})
}

func (t *tx) routingSeen(ctx context.Context, v *view, id policy.ID, version int64) (*WrittenRouting, error) {
	if err := t.sameVersion(ctx, v.tenant, "routing", id, version); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(v.routings, func(r WrittenRouting) bool { return r.ID == id })
	if i < 0 {
		return nil, noRouting
	}
	return &v.routings[i], nil
}

// routingText checks a routing and writes it.
func routingText(v *view, r access.Routing) (string, error) {
	if err := r.Check(v.catalog.Schema()); err != nil {
		return "", err
	}
	kind := v.catalog.Kind(r.Kind)
	if r.Stage != "" && !slices.ContainsFunc(kind.Stages, func(c records.Choice) bool { return c.Code == r.Stage }) {
		return "", fault.New(fault.Invalid, "routing_stage", "this is no stage of the kind").WithAt("stage")
	}
	if r.Field != "" {
		f := kind.Field(r.Field)
		if _, known := f.Choice(r.Tag); f.Group == nil || !known {
			return "", fault.New(fault.Invalid, "routing_tag", "this is no tag of the group").WithAt("tag")
		}
	}
	if r.Position != "" && !slices.ContainsFunc(v.positions, func(p org.Position) bool { return p.Code == r.Position }) {
		return "", fault.New(fault.Invalid, "position", "there is no such position").WithAt("position")
	}
	return jsonText(r)
}

func (t *tx) auditRouting(ctx context.Context, id policy.ID, detail map[string]any) error {
	detail["routing"] = id
	return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: detail})
}

func (t *rtx) loadRoutings(ctx context.Context, st *state) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var r WrittenRouting
		var document []byte
		if err := rows.Scan(&r.ID, &r.Version, &document); err != nil {
			return err
		}
		st.routings = append(st.routings, r)
		return json.Unmarshal(document, &st.routings[len(st.routings)-1].Routing)
	}, "SELECT id, version, document FROM routing WHERE tenant_id = $1 ORDER BY id", st.tenant)
}

// route gives a task and a notice to whom a tag or stage concerns that has just come to a record, in
// the transaction in which it comes. It is not the actor who makes the task: whoever may set the tag
// need not be allowed to give anybody work.
func (t *tx) route(ctx context.Context, v *view, kind *records.Kind, id policy.ID, before, after map[string]policy.Value) error {
	for i := range v.routings {
		r := &v.routings[i]
		if r.Kind != kind.Name || !r.Fires(before, after) {
			continue
		}
		people, err := t.routedTo(ctx, v, r, after)
		if err != nil {
			return err
		}
		if err := t.putRouted(ctx, v, r, kind, id, after, people); err != nil {
			return err
		}
	}
	return nil
}

// putRouted gives the task to the first of the people and tells all of them of it.
func (t *tx) putRouted(ctx context.Context, v *view, r *WrittenRouting, kind *records.Kind, id policy.ID, of map[string]policy.Value, people []policy.ID) error {
	detail := map[string]any{"routing": r.ID}
	if len(people) == 0 {
		return t.audit(ctx, audit.Entry{Action: audit.Routed, Kind: kind.Name, Record: id, Detail: detail})
	}
	task := v.catalog.Kind(access.TaskKind)
	schema := v.catalog.Schema().Kind(task.Name)
	made, err := t.newID(ctx)
	if err != nil {
		return err
	}
	values := map[string]policy.Value{
		"id": policy.RefOf(made), "created_at": policy.TimeOf(t.now), "updated_at": policy.TimeOf(t.now), "owner": policy.RefOf(people[0]),
		"subject": policy.TextOf(r.Task),
	}
	if r.Hours > 0 {
		values["due_at"] = policy.TimeOf(t.now.Add(time.Duration(r.Hours) * time.Hour))
	}
	unit, err := t.homeUnit(ctx, people[0])
	if err != nil {
		return err
	}
	if unit != 0 {
		values["unit"] = policy.RefOf(unit)
	}
	// The task hangs on the record, and on the customer that the record belongs to.
	if f := schema.Field("customer"); f != nil && !of["customer"].Missing() {
		values["customer"] = of["customer"]
	}
	if schema.Field(string(kind.Name)) != nil {
		values[string(kind.Name)] = policy.RefOf(id)
	}
	task.Complete(values)
	if err := t.insertRecord(ctx, task, made, values); err != nil {
		return err
	}
	detail["task"], detail["person"] = made, people[0]
	if err := t.audit(ctx, audit.Entry{Action: audit.Routed, Kind: kind.Name, Record: id, Detail: detail}); err != nil {
		return err
	}
	for i, person := range people {
		about, record := task.Name, made
		if i > 0 {
			about, record = kind.Name, id // somebody else's task need not be theirs to read
		}
		if err := t.notify(ctx, person, NoticeRouted, about, record, map[string]any{"routing": r.ID.String()}); err != nil {
			return err
		}
	}
	return nil
}

// routedTo are the people whom a routing means, the one to do it first. Where there is nobody of
// those it names, the head answers.
func (t *tx) routedTo(ctx context.Context, v *view, r *WrittenRouting, of map[string]policy.Value) ([]policy.ID, error) {
	var nearest [][]policy.ID
	unit := of["unit"].ID()
	units := []policy.ID{v.tree.Root()}
	if _, there := v.tree.Unit(unit); there {
		units = append([]policy.ID{unit}, v.tree.Above(unit)...)
	}
	switch r.To {
	case access.ToOwner:
		nearest = append(nearest, []policy.ID{of["owner"].ID()})
	case access.ToPosition:
		for _, u := range units {
			nearest = append(nearest, v.holding(r.Position, u, t.now))
		}
		nearest = append(nearest, v.holding(r.Position, 0, t.now))
	}
	for _, u := range units {
		if found, ok := v.tree.Unit(u); ok {
			nearest = append(nearest, found.Heads)
		}
	}
	for _, people := range nearest {
		here, err := t.working(ctx, v.tenant, people)
		if err != nil || len(here) > 0 {
			return here, err
		}
	}
	return nil, nil
}

// holding lists who holds a position in a unit now, or anywhere.
func (v *view) holding(position string, unit policy.ID, now time.Time) []policy.ID {
	var people []policy.ID
	for person, list := range v.appointments {
		if slices.ContainsFunc(list, func(a org.Appointment) bool {
			return a.Position == position && (unit == 0 || a.Unit == unit) && a.At(now) == org.Active
		}) {
			people = append(people, person)
		}
	}
	slices.Sort(people)
	return people
}
