package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// Draft is a change of the written rules and of the pack assignments that is not made yet.
type Draft struct {
	Put      []policy.Rule       `json:"put,omitempty"`      // written, or written over
	Delete   []string            `json:"delete,omitempty"`   // ids of written rules
	Assign   []access.Assignment `json:"assign,omitempty"`   // without ids
	Unassign []policy.ID         `json:"unassign,omitempty"` // ids of assignments
}

// Impact is exactly what a draft would change, for each person whom it changes anything for.
type Impact struct {
	People []PersonImpact `json:"people"`
	Units  []UnitImpact   `json:"units"`
	Totals ImpactTotals   `json:"totals"`
	Epoch  int64          `json:"epoch"` // of the policy that the draft was compared with
	// Affected counts the people for whom the rules differ; where more than were asked for, Truncated
	// is true and Next continues.
	Affected  int       `json:"affected"`
	Truncated bool      `json:"truncated"`
	Next      policy.ID `json:"next,omitempty"`
}

// PersonImpact is what a draft would change for one person.
type PersonImpact struct {
	Person Name          `json:"person"`
	Unit   *Name         `json:"unit,omitempty"` // home
	Rights *RightsImpact `json:"rights,omitempty"`
	Kinds  []KindImpact  `json:"kinds"`
}

// KindImpact counts the records on which a person would gain or lose an action, or see or write a
// field more or less openly; a record that becomes readable counts as gained, not by its fields.
type KindImpact struct {
	Kind   policy.Kind           `json:"kind"`
	Create string                `json:"create,omitempty"` // gained or lost: whether the person may make any
	Gained map[policy.Action]int `json:"gained"`
	Lost   map[policy.Action]int `json:"lost"`
	More   map[string]int        `json:"more"` // by field
	Less   map[string]int        `json:"less"`
	// Samples are some of the records, as far as the administrator may read them.
	Samples []ImpactSample `json:"samples"`
}

// ImpactSample is what would change on one record.
type ImpactSample struct {
	ID     policy.ID       `json:"id"`
	Gained []policy.Action `json:"gained,omitempty"`
	Lost   []policy.Action `json:"lost,omitempty"`
	More   []string        `json:"more,omitempty"`
	Less   []string        `json:"less,omitempty"`
}

const (
	simulateChunk = 500 // records at a time
	sampleMax     = 10  // samples of a kind for one person
	sampleTries   = 100 // records looked through for them
)

// Simulate works out who would gain or lose what by a draft, as things stand in one snapshot. It
// compares what both policies give, record by record, for the people and kinds named (none: all),
// and leaves out nobody and nothing. It takes the right policy. Faults: Invalid, Denied.
func (s *Session) Simulate(ctx context.Context, d Draft, people []policy.ID, kinds []policy.Kind) (*Impact, error) {
	var impact *Impact
	var by []string
	err := s.oversee(ctx, "simulate", func(t *rtx, v *view) error {
		by = v.by
		after, err := t.drafted(ctx, v, d)
		if err != nil {
			return err
		}
		names, err := t.simulated(ctx, v, people)
		if err != nil {
			return err
		}
		impact, err = t.impact(ctx, v, names, kinds, func(person policy.ID) (was, is *policy.Bound) { return v.twice(person, after) })
		return err
	}, "policy")
	if err != nil {
		return nil, err
	}
	return impact, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Explain, Kind: records.System, Rules: by, Epoch: impact.Epoch,
		Detail: map[string]any{"draft": d, "people": len(people)}})
}

// impact compares, for the people and kinds named (no kinds: all), what twice gives of each person:
// the policy as it is, and as it would be.
func (t *rtx) impact(ctx context.Context, v *view, people []Name, kinds []policy.Kind, twice func(policy.ID) (was, is *policy.Bound)) (*Impact, error) {
	impact := &Impact{People: []PersonImpact{}, Epoch: v.epoch}
	for _, kind := range kinds {
		if v.catalog.Kind(kind) == nil {
			return nil, noKind.WithAt("kinds")
		}
	}
	for _, person := range people {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		was, is := twice(person.ID)
		one := PersonImpact{Person: person, Rights: rightsImpact(was, is), Kinds: []KindImpact{}}
		for _, kind := range v.catalog.Kinds() {
			if len(kinds) > 0 && !slices.Contains(kinds, kind.Name) {
				continue
			}
			k := newKindImpact(kind.Name)
			k.compareCreate(was, is)
			if err := t.compare(ctx, v, was, is, kind, k.add); err != nil {
				return nil, err
			}
			if err := t.showable(ctx, v, kind, k); err != nil {
				return nil, err
			}
			if k.any() {
				one.Kinds = append(one.Kinds, *k)
			}
		}
		if len(one.Kinds) > 0 || one.Rights != nil {
			impact.People = append(impact.People, one)
		}
	}
	impact.Affected = len(people)
	return impact, t.sumUp(ctx, v, impact)
}

// drafted compiles the policy as it would be.
func (t *rtx) drafted(ctx context.Context, v *view, d Draft) (*policy.Ruleset, error) {
	next := v.authored
	next.Sharings, next.Guards = slices.Clone(next.Sharings), slices.Clone(next.Guards)
	next.Assignments = slices.Clone(next.Assignments)
	for i, id := range d.Delete {
		if _, found := v.written(id); !found {
			return nil, noRule.WithAt(fmt.Sprintf("delete[%d]", i))
		}
		next.Sharings = slices.DeleteFunc(next.Sharings, func(r policy.Rule) bool { return r.ID == id })
		next.Guards = slices.DeleteFunc(next.Guards, func(r policy.Rule) bool { return r.ID == id })
	}
	for i, r := range d.Put {
		if err := t.checkRule(ctx, v, &r); err != nil {
			return nil, within(fmt.Sprintf("put[%d]", i), err)
		}
		same := func(o policy.Rule) bool { return o.ID == r.ID }
		next.Sharings, next.Guards = slices.DeleteFunc(next.Sharings, same), slices.DeleteFunc(next.Guards, same)
		if r.Effect == policy.Permit {
			next.Sharings = append(next.Sharings, r)
		} else {
			next.Guards = append(next.Guards, r)
		}
	}
	for i, id := range d.Unassign {
		if _, err := v.assignment(id); err != nil {
			return nil, noAssignment.WithAt(fmt.Sprintf("unassign[%d]", i))
		}
		next.Assignments = slices.DeleteFunc(next.Assignments, func(a access.Assignment) bool { return a.ID == id })
	}
	for i, a := range d.Assign {
		a.ID = policy.ID(i + 1) // below every id that was ever given
		err := a.Check(v.authored.Packs)
		if err == nil {
			err = t.checkClause(ctx, v, "who", a.Who)
		}
		if err != nil {
			return nil, within(fmt.Sprintf("assign[%d]", i), err)
		}
		next.Assignments = append(next.Assignments, a)
	}
	compiled, _ := policy.Compile(v.catalog.Schema(), access.InForce(next.Lower()), v.tree.Within)
	return compiled, nil
}

// within puts the places of a fault below another place.
func within(at string, err error) error {
	e := *fault.From(err)
	e.At = strings.Trim(at+"."+e.At, ".")
	e.Items = slices.Clone(e.Items)
	for i := range e.Items {
		e.Items[i].At = strings.Trim(at+"."+e.Items[i].At, ".")
	}
	return &e
}

// simulated lists the people asked for, or all who have not left.
func (t *rtx) simulated(ctx context.Context, v *view, people []policy.ID) ([]Name, error) {
	all := map[policy.ID]string{}
	if len(people) == 0 {
		if err := t.everybody(ctx, v.tenant, all); err != nil {
			return nil, err
		}
	} else if err := t.checkPeople(ctx, v, "people", people...); err != nil {
		return nil, err
	} else if err := t.directoryNames(ctx, v.tenant, people, all); err != nil {
		return nil, err
	}
	list := make([]Name, 0, len(all))
	for id, name := range all {
		list = append(list, Name{ID: id, Name: name})
	}
	slices.SortFunc(list, func(a, b Name) int { return int(a.ID - b.ID) })
	return list, nil
}

// twice binds both policies to a person.
func (v *view) twice(person policy.ID, after *policy.Ruleset) (was, is *policy.Bound) {
	subject := v.subject(person, v.now)
	ctx := &policy.Context{Now: v.now, Channel: "web", Device: "desktop", Network: "office", Proved: true}
	return v.rules.Bind(subject, ctx), after.Bind(subject, ctx)
}

// sides are what both policies give on one record.
type sides struct{ before, after recordRights }

// recordRights is what somebody may do with one record, as an Item shows it: without Read nothing.
type recordRights struct {
	actions []policy.Action
	levels  []policy.Level
	edits   []bool
}

// comparedActions are the actions on records that exist; read comes first.
var comparedActions = append([]policy.Action{policy.Read}, recordActions...)

// compare hands every record to each on which the policies differ for the person. It reads the
// records that either lets them read, and has the database answer the tests of both.
func (t *rtx) compare(ctx context.Context, v *view, was, is *policy.Bound, kind *records.Kind, each func(*policy.KindSchema, policy.ID, sides)) error {
	var before, after []*policy.Reduction
	differ := false
	for _, action := range comparedActions {
		b, a := was.Reduce(action, kind.Name), is.Reduce(action, kind.Name)
		before, after = append(before, b), append(after, a)
		differ = differ || fingerprint(b) != fingerprint(a)
	}
	if !differ {
		return nil
	}
	schema := v.catalog.Schema().Kind(kind.Name)
	pass := func(read *policy.Reduction, keep func(sides) bool) error {
		q := &sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: read, Also: slices.Concat(before, after), Limit: simulateChunk}
		return t.stream(ctx, q, func(row fetched) {
			both := sides{rightsOf(kind, before, row), rightsOf(kind, after, row)}
			if keep(both) && !both.same() {
				each(schema, row.id, both)
			}
		})
	}
	if err := pass(before[0], func(sides) bool { return true }); err != nil {
		return err
	}
	return pass(after[0], func(s sides) bool { return len(s.before.actions) == 0 })
}

// stream reads all rows of a list in chunks, in the order of their ids.
func (t *rtx) stream(ctx context.Context, q *sqlgen.List, each func(fetched)) error {
	if q.Read.None() {
		return nil
	}
	// Few rows are found along their branches; many by one walk along the table.
	stmt := t.db.sqlDialect().Count(q, CountCap)
	var epoch, n int64
	if err := t.row(ctx, stmt.SQL, stmt.Args...).Scan(&epoch, &n); err != nil {
		return err
	}
	if q.Plan = sqlgen.Branches; n > CountCap {
		q.Plan = sqlgen.Walk
	}
	for {
		rows, err := t.fetch(ctx, q)
		if err != nil {
			return err
		}
		for _, row := range rows {
			each(row)
		}
		if len(rows) < q.Limit {
			return nil
		}
		q.After = &sqlgen.Cursor{ID: rows[len(rows)-1].id}
	}
}

func rightsOf(kind *records.Kind, reductions []*policy.Reduction, row fetched) recordRights {
	var r recordRights
	read := reductions[0].Outcome(row.answer)
	if !read.Allowed {
		return r
	}
	r.levels, r.edits = read.Levels, make([]bool, len(read.Levels))
	for _, reduction := range reductions {
		o := reduction.Outcome(row.answer)
		if !o.Allowed {
			continue
		}
		r.actions = append(r.actions, reduction.Action)
		if reduction.Action == policy.Edit {
			for i, f := range reduction.Kind.Fields {
				r.edits[i] = o.Edits[i] && r.levels[i] == policy.Plain && !kind.Field(f.Name).ReadOnly
			}
		}
	}
	return r
}

func (s sides) same() bool {
	return slices.Equal(s.before.actions, s.after.actions) && slices.Equal(s.before.levels, s.after.levels) && slices.Equal(s.before.edits, s.after.edits)
}

// fingerprint is equal for reductions that give the same on every record.
func fingerprint(r *policy.Reduction) string {
	var parts []string
	for _, b := range r.Branches {
		parts = append(parts, fmt.Sprint("in ", b.Key(), b.Levels, b.Edits))
	}
	for _, b := range r.Bars {
		parts = append(parts, "bar "+b.Key())
	}
	for _, g := range r.Guards {
		parts = append(parts, fmt.Sprint("guard ", g.Key(), g.Caps, g.Locks))
	}
	slices.Sort(parts)
	return strings.Join(parts, "\n")
}

func newKindImpact(kind policy.Kind) *KindImpact {
	return &KindImpact{Kind: kind, Gained: map[policy.Action]int{}, Lost: map[policy.Action]int{}, More: map[string]int{}, Less: map[string]int{}, Samples: []ImpactSample{}}
}

func (k *KindImpact) any() bool {
	return k.Create != "" || len(k.Gained)+len(k.Lost)+len(k.More)+len(k.Less) > 0
}

func (k *KindImpact) compareCreate(was, is *policy.Bound) {
	switch before, after := was.Reduce(policy.Create, k.Kind).None(), is.Reduce(policy.Create, k.Kind).None(); {
	case before && !after:
		k.Create = "gained"
	case !before && after:
		k.Create = "lost"
	}
}

// add counts what differs on one record.
func (k *KindImpact) add(schema *policy.KindSchema, id policy.ID, s sides) {
	sample := ImpactSample{ID: id}
	for _, action := range comparedActions {
		before, after := slices.Contains(s.before.actions, action), slices.Contains(s.after.actions, action)
		switch {
		case !before && after:
			k.Gained[action]++
			sample.Gained = append(sample.Gained, action)
		case before && !after:
			k.Lost[action]++
			sample.Lost = append(sample.Lost, action)
		}
	}
	if len(s.before.actions) > 0 && len(s.after.actions) > 0 {
		for i, f := range schema.Fields {
			if s.after.levels[i] > s.before.levels[i] || s.after.edits[i] && !s.before.edits[i] {
				k.More[f.Name]++
				sample.More = append(sample.More, f.Name)
			}
			if s.after.levels[i] < s.before.levels[i] || !s.after.edits[i] && s.before.edits[i] {
				k.Less[f.Name]++
				sample.Less = append(sample.Less, f.Name)
			}
		}
	}
	if len(k.Samples) < sampleTries {
		k.Samples = append(k.Samples, sample)
	}
}

// showable leaves of the samples those that the administrator may read.
func (t *rtx) showable(ctx context.Context, v *view, kind *records.Kind, k *KindImpact) error {
	if len(k.Samples) == 0 {
		return nil
	}
	ids := make([]policy.ID, len(k.Samples))
	for i, s := range k.Samples {
		ids[i] = s.ID
	}
	found, err := t.readable(ctx, v, kind, ids)
	k.Samples = slices.DeleteFunc(k.Samples, func(s ImpactSample) bool {
		return !slices.ContainsFunc(found, func(it Item) bool { return it.ID == s.ID })
	})
	k.Samples = k.Samples[:min(len(k.Samples), sampleMax)]
	return err
}
