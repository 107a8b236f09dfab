package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Unit is a unit of the organisation as the directory shows it to everybody. People counts those
// whose home unit it is and whom the reader may read.
type Unit struct {
	ID      policy.ID      `json:"id"`
	Version int64          `json:"version"`
	Parent  policy.ID      `json:"parent,omitempty"`
	Name    string         `json:"name"`
	Type    string         `json:"type"`
	Heads   []Name         `json:"heads"`
	Place   *policy.LatLng `json:"place,omitempty"`
	People  int64          `json:"people"`
}

// UnitFields are what a unit is made of. Nil leaves a part of an existing unit as it is; the place
// (0, 0) is an unknown one.
type UnitFields struct {
	Parent *policy.ID     `json:"parent,omitempty"`
	Name   *string        `json:"name,omitempty"`
	Type   *string        `json:"type,omitempty"`
	Place  *policy.LatLng `json:"place,omitempty"`
	Heads  *[]policy.ID   `json:"heads,omitempty"`
}

// Units shows the organisation to whoever is signed in, each unit before what stands below it.
func (s *Session) Units(ctx context.Context) ([]Unit, error) {
	var units []Unit
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) (err error) {
		units, err = t.units(ctx, v)
		return err
	})
	return units, err
}

func (t *rtx) units(ctx context.Context, v *view) ([]Unit, error) {
	versions := map[policy.ID]int64{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var version int64
		err := rows.Scan(&id, &version)
		versions[id] = version
		return err
	}, "SELECT id, version FROM unit WHERE tenant_id = $1", v.tenant)
	if err != nil {
		return nil, err
	}
	people, err := t.peopleByUnit(ctx, v)
	if err != nil {
		return nil, err
	}
	var heads []policy.ID
	for u := range v.tree.Units() {
		heads = append(heads, u.Heads...)
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, heads, names); err != nil {
		return nil, err
	}
	units := []Unit{}
	for u := range v.tree.Units() {
		unit := Unit{ID: u.ID, Version: versions[u.ID], Parent: u.Parent, Name: u.Name, Type: u.Type, Heads: []Name{}, People: people[u.ID]}
		if _, known := u.Point(); known {
			unit.Place = u.Place
		}
		for _, head := range u.Heads {
			unit.Heads = append(unit.Heads, Name{ID: head, Name: names[head]})
		}
		units = append(units, unit)
	}
	return units, nil
}

// peopleByUnit counts the people of each home unit as far as the reader may see them there.
func (t *rtx) peopleByUnit(ctx context.Context, v *view) (map[policy.ID]int64, error) {
	counts := map[policy.ID]int64{}
	kind := v.catalog.Kind(records.RefPerson)
	s := v.shape(kind, []string{kind.Title})
	if s.read.None() {
		return counts, nil
	}
	home := s.schema.Field(kind.Unit)
	stmt := t.db.sqlDialect().Sum(s.list(0), home, home)
	current := false
	err := t.each(ctx, func(rows *sql.Rows) error {
		var epoch int64
		var unit, n sql.NullInt64
		var high, low sql.NullString
		if err := rows.Scan(&epoch, &unit, &high, &low, &n); err != nil {
			return err
		}
		current = epoch == v.epoch
		counts[policy.ID(unit.Int64)] = n.Int64
		return nil
	}, stmt.SQL, stmt.Args...)
	if err == nil && !current {
		err = errEpoch
	}
	return counts, err
}

// unit shows one unit after a change of it.
func (s *Session) unit(ctx context.Context, id policy.ID) (*Unit, error) {
	units, err := s.Units(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(units, func(u Unit) bool { return u.ID == id })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "unit", "there is no such unit")
	}
	return &units[i], nil
}

// CreateUnit adds a unit. It takes the right org. Faults: Invalid, Denied, Conflict.
func (s *Session) CreateUnit(ctx context.Context, f UnitFields) (*Unit, error) {
	var id policy.ID
	err := s.govern(ctx, "unit", "org", func(t *tx, v *view) (err error) {
		if id, err = t.newID(ctx); err != nil {
			return err
		}
		u := f.onto(org.Unit{ID: id})
		if err := v.tree.CheckAdd(u); err != nil {
			return err
		}
		if err := t.checkHeads(ctx, v, nil, u.Heads); err != nil {
			return err
		}
		if err := t.putUnit(ctx, u); err != nil {
			return err
		}
		return t.auditUnit(ctx, id, map[string]any{"created": unitDetail(u)})
	})
	if err != nil {
		return nil, err
	}
	return s.unit(ctx, id)
}

// UpdateUnit renames, moves, places or re-heads a unit in the version that was seen. A move takes
// everything below along; whatever follows from the tree is in force with the commit. It takes
// the right org. Faults: NotFound, Stale (version), Invalid, Denied, Conflict.
func (s *Session) UpdateUnit(ctx context.Context, id policy.ID, version int64, f UnitFields) (*Unit, error) {
	err := s.govern(ctx, "unit", "org", func(t *tx, v *view) error {
		before, err := t.unitAt(ctx, v, id, version)
		if err != nil {
			return err
		}
		after := f.onto(before)
		if err := v.tree.CheckUpdate(after); err != nil {
			return err
		}
		if err := t.checkHeads(ctx, v, before.Heads, after.Heads); err != nil {
			return err
		}
		if err := t.putUnit(ctx, after); err != nil {
			return err
		}
		return t.auditUnit(ctx, id, map[string]any{"before": unitDetail(before), "after": unitDetail(after)})
	})
	if err != nil {
		return nil, err
	}
	return s.unit(ctx, id)
}

// DeleteUnit removes a unit in which nothing stands any more. Appointments to it that have ended
// go with it; the audit log keeps them. It takes the right org. Faults: NotFound, Stale, Denied,
// Conflict.
func (s *Session) DeleteUnit(ctx context.Context, id policy.ID, version int64) error {
	return s.govern(ctx, "unit", "org", func(t *tx, v *view) error {
		before, err := t.unitAt(ctx, v, id, version)
		if err != nil {
			return err
		}
		uses, err := t.usesOfUnit(ctx, v, id)
		if err != nil {
			return err
		}
		if err := v.tree.CheckDelete(id, uses); err != nil {
			return err
		}
		for _, text := range []string{
			"DELETE FROM appointment WHERE tenant_id = $1 AND unit_id = $2",
			"DELETE FROM unit_head WHERE tenant_id = $1 AND unit_id = $2",
			"DELETE FROM unit WHERE tenant_id = $1 AND id = $2",
		} {
			if _, err := t.exec(ctx, text, t.actor.Tenant, id); err != nil {
				return err
			}
		}
		if err := t.strikeShown(ctx, v, func(c policy.Clause) bool { return c.Unit == id }); err != nil {
			return err
		}
		return t.auditUnit(ctx, id, map[string]any{"deleted": unitDetail(before)})
	})
}

func (f UnitFields) onto(u org.Unit) org.Unit {
	if f.Parent != nil {
		u.Parent = *f.Parent
	}
	if f.Name != nil {
		u.Name = *f.Name
	}
	if f.Type != nil {
		u.Type = *f.Type
	}
	if f.Place != nil {
		u.Place = f.Place
	}
	if f.Heads != nil {
		u.Heads = *f.Heads
	}
	return u
}

// unitAt is the unit in the version that its editor saw. The epoch that the transaction holds
// keeps everybody else from changing it.
func (t *tx) unitAt(ctx context.Context, v *view, id policy.ID, version int64) (org.Unit, error) {
	u, ok := v.tree.Unit(id)
	if !ok {
		return u, fault.New(fault.NotFound, "unit", "there is no such unit")
	}
	return u, t.sameVersion(ctx, v.tenant, "unit", id, version)
}

// sameVersion compares the version of a row of the organisation.
func (t *rtx) sameVersion(ctx context.Context, tenant policy.ID, table string, id policy.ID, seen int64) error {
	var version int64
	err := t.row(ctx, "SELECT version FROM "+table+" WHERE tenant_id = $1 AND id = $2", tenant, id).Scan(&version)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.NotFound, table, "there is no such "+table)
	case err == nil && version != seen:
		return fault.New(fault.Stale, "version", "it was changed by somebody else since you read it")
	}
	return err
}

// putUnit writes a unit with its heads. Whether the tree stays a tree is the caller's to ask.
func (t *tx) putUnit(ctx context.Context, u org.Unit) error {
	var parent any
	if u.Parent != 0 {
		parent = u.Parent
	}
	var lat, lng any
	if p, known := u.Point(); known {
		lat, lng = p.Lat, p.Lng
	}
	_, err := t.exec(ctx, `
		INSERT INTO unit (tenant_id, id, parent_id, name, type, lat, lng, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
		ON CONFLICT (tenant_id, id) DO UPDATE SET version = unit.version + 1, parent_id = excluded.parent_id, name = excluded.name,
			type = excluded.type, lat = excluded.lat, lng = excluded.lng, updated_at = excluded.updated_at`,
		t.actor.Tenant, u.ID, parent, u.Name, u.Type, lat, lng, t.nowMicros())
	if err != nil {
		return err
	}
	return t.putHeads(ctx, u.ID, u.Heads)
}

func (t *tx) putHeads(ctx context.Context, unit policy.ID, heads []policy.ID) error {
	if _, err := t.exec(ctx, "DELETE FROM unit_head WHERE tenant_id = $1 AND unit_id = $2", t.actor.Tenant, unit); err != nil {
		return err
	}
	for _, head := range heads {
		if _, err := t.exec(ctx, "INSERT INTO unit_head (tenant_id, unit_id, person_id) VALUES ($1, $2, $3)", t.actor.Tenant, unit, head); err != nil {
			return err
		}
	}
	return nil
}

// checkHeads asks whether new heads are people, and refuses to become head by one's own hand.
func (t *rtx) checkHeads(ctx context.Context, v *view, before, after []policy.ID) error {
	me := v.bound.Subject().Person
	if slices.Contains(before, me) != slices.Contains(after, me) {
		return notSelf.WithAt("heads")
	}
	return t.checkPeople(ctx, v, "heads", after...)
}

// checkPeople refuses ids that are no people.
func (t *rtx) checkPeople(ctx context.Context, v *view, at string, people ...policy.ID) error {
	if len(people) == 0 {
		return nil
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return err
	}
	for _, person := range people {
		if _, ok := names[person]; !ok {
			return fault.New(fault.Invalid, "person", "there is no such person").WithAt(at)
		}
	}
	return nil
}

// usesOfUnit counts what stands in the unit and what names it.
func (t *tx) usesOfUnit(ctx context.Context, v *view, id policy.ID) (org.Uses, error) {
	var uses org.Uses
	for _, list := range v.appointments {
		for _, a := range list {
			if a.Unit == id && a.At(t.now) != org.Ended {
				uses.Appointments++
			}
		}
	}
	for _, kind := range v.catalog.Kinds() {
		n, err := t.countUpTo(ctx, kind, kind.Field(kind.Unit).Column, id)
		if err != nil {
			return uses, err
		}
		uses.Records += n
	}
	uses.Rules = len(v.rulesNaming(func(m mentions) bool { return slices.Contains(m.units, id) }))
	for _, p := range v.pools {
		if slices.ContainsFunc(p.Open.Any, func(c policy.Clause) bool { return c.Unit == id }) {
			uses.Rules++
		}
	}
	for _, a := range v.authored.Assignments {
		if a.Who.Unit == id {
			uses.Rules++
		}
	}
	return uses, nil
}

// countUpTo counts the records of a kind whose column has the value, as far as an answer that
// only says 'some' needs it.
func (t *tx) countUpTo(ctx context.Context, kind *records.Kind, column string, id policy.ID) (n int, err error) {
	err = t.row(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+kind.Table+" WHERE tenant_id = $1 AND "+column+" = $2 LIMIT 1000) c", t.actor.Tenant, id).Scan(&n)
	return n, err
}

func (t *tx) auditUnit(ctx context.Context, id policy.ID, detail map[string]any) error {
	return t.audit(ctx, audit.Entry{Action: audit.OrgChanged, Kind: records.RefUnit, Record: id, Detail: detail})
}

// unitDetail is a unit as an audit entry shows it.
func unitDetail(u org.Unit) map[string]any {
	detail := map[string]any{"name": audit.Clean(u.Name), "type": u.Type}
	if u.Parent != 0 {
		detail["parent"] = u.Parent
	}
	if len(u.Heads) > 0 {
		detail["heads"] = u.Heads
	}
	if u.Place != nil {
		detail["place"] = u.Place
	}
	return detail
}

// jsonText is a document as both databases take it.
func jsonText(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}
