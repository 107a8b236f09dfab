package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// This file keeps the tags that stand on records by rules. What a write touches is noted where tables
// are written (touch), and derived anew before the transaction commits (settle). Tags are derived past
// the gate, for they are the same for everybody; who may see them the class of their group says. They
// change neither version nor updated_at of a record: nobody edited it, and nobody's edit may fail for
// it.

// touched are records whose tags may have changed, by kind.
type touched map[policy.Kind]map[policy.ID]bool

func (s *touched) add(kind policy.Kind, id policy.ID) {
	if *s == nil {
		*s = touched{}
	}
	if (*s)[kind] == nil {
		(*s)[kind] = map[policy.ID]bool{}
	}
	(*s)[kind][id] = true
}

func (s touched) copy() touched {
	out := maps.Clone(s)
	for kind, ids := range out {
		out[kind] = maps.Clone(ids)
	}
	return out
}

// touch notes that a record was written, and at what it points or pointed.
func (t *tx) touch(kind *records.Kind, id policy.ID, values ...map[string]policy.Value) {
	if len(kind.Derived) > 0 {
		t.touched.add(kind.Name, id)
	}
	for _, f := range kind.Feeds {
		for _, v := range values {
			if to := v[f.Field]; !to.Missing() {
				t.touched.add(f.Kind, to.ID())
			}
		}
	}
}

// touchAll notes that records were written without what they point at.
func (t *tx) touchAll(kind *records.Kind, ids []policy.ID) {
	for _, id := range ids {
		t.touch(kind, id)
	}
}

const (
	// tagChunk is how many records are derived at a time.
	tagChunk = 500
	// settleRounds bounds how often what tags brought about, as the task of a routing, is settled in
	// turn; the rest is left to the daily run.
	settleRounds = 5
)

// settle derives the tags of what was touched. The records are locked first: of two who write below
// one record at once the second sees what the first wrote.
func (t *tx) settle(ctx context.Context, v *view) error {
	for range settleRounds {
		if len(t.touched) == 0 {
			return nil
		}
		now := t.touched
		t.touched = nil
		for _, name := range sorted(keysOf(byText(now))) {
			kind := v.catalog.Kind(policy.Kind(name))
			if kind == nil || len(kind.Derived) == 0 {
				continue
			}
			for chunk := range slices.Chunk(inOrder(now[kind.Name]), tagChunk) {
				if err := t.lockMany(ctx, kind, chunk, false); err != nil {
					return err
				}
				if _, err := t.keepTags(ctx, v, kind, chunk, tagsBy{routes: !t.op.unrouted}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func byText(s touched) map[string]bool {
	out := map[string]bool{}
	for kind := range s {
		out[string(kind)] = true
	}
	return out
}

func inOrder(set map[policy.ID]bool) []policy.ID {
	ids := make([]policy.ID, 0, len(set))
	for id := range set {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// tagsBy says on what occasion tags are derived.
type tagsBy struct {
	routes bool      // what a tag concerns is told to whom it concerns
	run    policy.ID // the derivation of a whole kind that it is part of
}

// kept is what stands on a record of the groups that rules keep, and what shall.
type kept struct {
	id       policy.ID
	was, now map[string]policy.Value
}

// keepTags derives the tags of records and writes those that are not as they stand. It returns how
// many records changed.
func (t *tx) keepTags(ctx context.Context, v *view, kind *records.Kind, ids []policy.ID, by tagsBy) (int, error) {
	list, err := t.derived(ctx, v, kind, ids)
	if err != nil {
		return 0, err
	}
	var changed []kept
	for _, f := range kind.Derived {
		same := map[string][]policy.ID{} // by what is written
		for _, k := range list {
			if now := k.now[f.Name]; !now.Equal(k.was[f.Name]) && !(now.Missing() && k.was[f.Name].Missing()) {
				raw, err := customText(now)
				if err != nil {
					return 0, err
				}
				same[raw] = append(same[raw], k.id)
			}
		}
		for _, raw := range sorted(keysOf(same)) {
			if err := t.putTags(ctx, kind, f, raw, same[raw]); err != nil {
				return 0, err
			}
		}
	}
	for _, k := range list {
		if slices.ContainsFunc(kind.Derived, func(f *records.Field) bool { return tells(k.was[f.Name], k.now[f.Name]) }) {
			changed = append(changed, k)
		}
	}
	if len(changed) == 0 {
		return 0, nil
	}
	schema := v.catalog.Schema().Kind(kind.Name)
	entries := make([]audit.Entry, len(changed))
	for i, k := range changed {
		diff := slices.DeleteFunc(audit.Diff(schema, k.was, k.now), func(c audit.Change) bool { return !tells(k.was[c.Field], k.now[c.Field]) })
		entries[i] = audit.Entry{Action: audit.Tagged, Kind: kind.Name, Record: k.id, Fields: audit.Names(diff), Detail: map[string]any{"changes": diff}}
		if by.run != 0 {
			entries[i].Detail["run"] = by.run
		}
	}
	if err := t.auditAll(ctx, entries); err != nil {
		return 0, err
	}
	if by.routes {
		err = t.routeTags(ctx, v, kind, changed)
	}
	return len(changed), err
}

// tells reports whether a change is one to people: that a record has no tags where it had not been
// looked at is none.
func tells(was, now policy.Value) bool {
	if len(was.Items()) == 0 && len(now.Items()) == 0 && was.Type() != policy.Text && now.Type() != policy.Text {
		return false
	}
	return !now.Equal(was)
}

// routeTags tells of tags that appeared.
func (t *tx) routeTags(ctx context.Context, v *view, kind *records.Kind, changed []kept) error {
	if !slices.ContainsFunc(v.routings, func(r WrittenRouting) bool { return r.Kind == kind.Name && r.Field != "" }) {
		return nil
	}
	ids := make([]policy.ID, len(changed))
	was := make(map[policy.ID]map[string]policy.Value, len(changed))
	for i, k := range changed {
		ids[i], was[k.id] = k.id, k.was
	}
	rows, err := t.wholeOf(ctx, v.tenant, v.catalog.Schema().Kind(kind.Name), "id IN "+t.listed(2)+" ORDER BY id", idList(ids))
	if err != nil {
		return err
	}
	for _, w := range rows {
		before := withChanges(w.values, was[w.id])
		if err := t.route(ctx, v, kind, w.id, before, w.values); err != nil {
			return err
		}
	}
	return nil
}

// derived reads what stands on records and works out what shall. Records that were merged into others
// keep what they have.
func (t *tx) derived(ctx context.Context, v *view, kind *records.Kind, ids []policy.ID) ([]kept, error) {
	holds := make(map[string]map[policy.ID][]string, len(kind.Derived))
	for _, f := range kind.Derived {
		holds[f.Name] = map[policy.ID][]string{}
		for i := range f.Group.Rules {
			rule := &f.Group.Rules[i]
			h, err := v.bindTag(kind, rule, t.now)
			if err != nil {
				return nil, err
			}
			stmt := t.db.sqlDialect().Holds(v.tenant, v.catalog.Schema().Kind(kind.Name), h, ids, 0)
			found, err := t.eachID(ctx, stmt.SQL, stmt.Args...)
			if err != nil {
				return nil, err
			}
			for _, id := range found {
				holds[f.Name][id] = append(holds[f.Name][id], rule.Tag)
			}
		}
	}
	var list []kept
	schema := v.catalog.Schema().Kind(kind.Name)
	err := t.each(ctx, func(rows *sql.Rows) error {
		k := kept{was: map[string]policy.Value{}, now: map[string]policy.Value{}}
		var document []byte
		if err := rows.Scan(&k.id, &document); err != nil {
			return err
		}
		custom := map[string]json.RawMessage{}
		if err := json.Unmarshal(document, &custom); err != nil {
			return err
		}
		for _, f := range kind.Derived {
			var err error
			if raw, ok := custom[f.Column]; ok {
				if k.was[f.Name], err = customValue(schema.Field(f.Name), raw); err != nil {
					return err
				}
			}
			k.now[f.Name] = tagsOf(f, holds[f.Name][k.id])
		}
		list = append(list, k)
		return nil
	}, "SELECT id, custom FROM "+kind.Table+" WHERE tenant_id = $1 AND stage <> 'merged' AND id IN "+t.listed(2)+" ORDER BY id", v.tenant, idList(ids))
	return list, err
}

// tagsOf is the value of a group for the tags whose rules hold, in the order of the rules. A record
// without a tag of the group certainly has none, which conditions can rely on.
func tagsOf(f *records.Field, tags []string) policy.Value {
	switch {
	case f.Type == records.ManyOf:
		return policy.SetOf(tags...)
	case len(tags) > 0:
		return policy.TextOf(tags[0])
	}
	return policy.Value{}
}

func customText(v policy.Value) (string, error) {
	if v.Missing() {
		return "", nil
	}
	if v.Type() == policy.Set && len(v.Items()) == 0 {
		return "[]", nil
	}
	raw, err := customJSON(v)
	return string(raw), err
}

// putTags writes one value of a group to records; empty takes it away.
func (t *tx) putTags(ctx context.Context, kind *records.Kind, f *records.Field, raw string, ids []policy.ID) error {
	column := sqlgen.CustomColumn
	args := []any{t.actor.Tenant, idList(ids)}
	set := t.pick("json_remove("+column+", '$."+f.Column+"')", column+" - '"+f.Column+"'") // a key is a checked identifier
	if raw != "" {
		args = append(args, raw)
		set = t.pick("json_set("+column+", '$."+f.Column+"', json($3))", "jsonb_set("+column+", ARRAY['"+f.Column+"'], $3::jsonb, true)")
	}
	_, err := t.exec(ctx, "UPDATE "+kind.Table+" SET "+column+" = "+set+" WHERE tenant_id = $1 AND id IN "+t.listed(2), args...)
	return err
}

// bindTag binds a rule to the day.
func (v *view) bindTag(kind *records.Kind, rule *records.TagRule, now time.Time) (*sqlgen.Holding, error) {
	h := &sqlgen.Holding{}
	schema := v.catalog.Schema().Kind(kind.Name)
	var err error
	if rule.When != nil {
		if h.When, err = v.bound.BindFilter(kind.Name, rule.When); err != nil {
			return nil, err
		}
	}
	for i := range rule.Terms {
		term, err := v.term(kind, schema, &rule.Terms[i], now)
		if err != nil {
			return nil, err
		}
		h.Terms = append(h.Terms, *term)
	}
	return h, nil
}

func (v *view) term(kind *records.Kind, schema *policy.KindSchema, t *records.TagTerm, now time.Time) (*sqlgen.Term, error) {
	out := &sqlgen.Term{Op: t.Op, Unit: t.Currency, Last: t.Last}
	on := kind
	if t.Relation != "" {
		relation, ok := schema.Relation(t.Relation)
		if !ok {
			return nil, fmt.Errorf("store: the relation %s of a tag is gone", t.Relation)
		}
		out.Relation, on = relation, v.catalog.Kind(relation.Kind)
		var err error
		if !t.Last {
			if out.Value, err = t.Against(on); err != nil {
				return nil, err
			}
		}
		if t.Where != nil {
			if out.Where, err = v.bound.BindFilter(on.Name, t.Where); err != nil {
				return nil, err
			}
		}
	}
	fields := v.catalog.Schema().Kind(on.Name)
	if t.Sum != "" {
		out.Sum = fields.Field(t.Sum)
	}
	if t.Currency != "" {
		out.Currency = fields.Field("currency")
	}
	if t.Window == nil {
		return out, nil
	}
	date := t.Date
	if date == "" {
		date = "created_at"
	}
	out.Date = fields.Field(date)
	for _, span := range t.Window.Spans(dayOf(now)) {
		out.Spans = append(out.Spans, sqlgen.Span{From: edge(on.Field(date), span.From), Until: edge(on.Field(date), span.Until)})
	}
	return out, nil
}

// dayOf is the day of an instant in the time of the company, as midnight UTC.
func dayOf(now time.Time) time.Time {
	year, month, day := now.In(chinaTime).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// edge is where a day begins in a field: days stand there as midnight UTC, instants are of a day in the
// time of the company.
func edge(f *records.Field, day time.Time) int64 {
	if f.Type == records.Date {
		return day.UnixMicro()
	}
	year, month, date := day.Date()
	return time.Date(year, month, date, 0, 0, 0, 0, chinaTime).UnixMicro()
}

// untold reports whether somebody may let a group tell of the fields at which its rules look: who sees
// each of them plain on every record. Others would learn from tags what their rules keep from them.
func (v *view) untold(f *records.CustomField, catalog *records.Catalog) []string {
	var names []string
	for i := range f.Group.Rules {
		for _, l := range catalog.LooksAt(f.Kind, &f.Group.Rules[i]) {
			if l.Field.Class == policy.General || l.Field.Class == f.Class || v.seesAll(l.Kind, l.Field.Name) {
				continue
			}
			names = append(names, string(l.Kind)+"."+l.Field.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// seesAll reports whether the actor sees a field plain on every record of a kind.
func (v *view) seesAll(kind policy.Kind, field string) bool {
	read := v.bound.Reduce(policy.Read, kind)
	f := v.catalog.Schema().Kind(kind).Field(field)
	if f == nil {
		return false
	}
	if slices.ContainsFunc(read.Guards, func(b *policy.Bar) bool { return b.Caps[f.Index()] < policy.Plain }) {
		return false
	}
	return slices.ContainsFunc(read.Branches, func(b *policy.Branch) bool { return b.Always() && b.Levels[f.Index()] == policy.Plain })
}
