package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guan/access"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// PolicyWarning is something about a rule that its author hardly meant. It does not keep a draft
// from being published.
type PolicyWarning struct {
	Code    string         `json:"code"`
	Part    string         `json:"part"`
	ID      string         `json:"id"` // "pack/rule" for rules of packs
	At      string         `json:"at"`
	Changed bool           `json:"changed"` // by the draft; others stood there before
	Params  map[string]any `json:"params"`
}

// looked is a rule of a document with whom it speaks of.
type looked struct {
	part, id, at string
	rule         policy.Rule
	changed      bool
}

// warnings looks a document over. Broken rules are left out: their problems are told elsewhere.
func (t *rtx) warnings(ctx context.Context, v *view, d access.Document, changes []PolicyChange) ([]PolicyWarning, error) {
	schema := v.catalog.Schema()
	all := lookedAt(d, changes)
	all = slices.DeleteFunc(all, func(l looked) bool {
		probe := l.rule
		if len(probe.Who.Any) == 0 {
			probe.Who.Any = []policy.Clause{{Everyone: true}} // a pack that hangs nowhere
		}
		return policy.CheckRule(schema, &probe) != nil
	})
	out := []PolicyWarning{}
	warn := func(l looked, code string, params map[string]any) {
		if params == nil {
			params = map[string]any{}
		}
		out = append(out, PolicyWarning{code, l.part, l.id, l.at, l.changed, params})
	}
	for _, l := range all {
		r := &l.rule
		if why := access.GivesNothing(r); why != "" {
			warn(l, "empty_rule", map[string]any{"why": why})
		}
		if len(r.Who.Except) == 0 && slices.Contains(r.Who.Any, policy.Clause{Everyone: true}) {
			if actions, classes := access.Risky(schema, r); len(actions)+len(classes) > 0 {
				warn(l, "everyone", map[string]any{"actions": actions, "classes": classes})
			}
		}
		if access.WideOpen(schema, r) {
			warn(l, "wide_open", map[string]any{"kind": r.Kind})
		}
		for _, f := range all {
			if access.Cancels(&f.rule, r, v.tree) {
				warn(l, "cancel_out", map[string]any{"by": f.id})
				break
			}
		}
		if code := access.Ending(r.Until, v.now); code != "" {
			warn(l, code, map[string]any{"until": *r.Until})
		}
		what, err := t.catches(ctx, v, r)
		if err != nil {
			return nil, err
		}
		if what != "" {
			warn(l, "guard_catches_nobody", map[string]any{"what": what})
		}
	}
	out = append(out, partWarnings(d, changes, v.now)...)
	more, err := t.lastWarnings(ctx, v, d)
	return append(out, more...), err
}

// lookedAt lists the rules of a document; those of packs speak of all to whom the pack is given.
func lookedAt(d access.Document, changes []PolicyChange) []looked {
	var all []looked
	for i, p := range d.Packs {
		var who policy.Who
		for _, a := range d.Assignments {
			if a.Pack == p.ID {
				who.Any = append(who.Any, a.Who)
			}
		}
		at := slices.IndexFunc(changes, func(c PolicyChange) bool { return c.Part == access.PartPack && c.ID == p.ID })
		for j, r := range p.Pack().Rules {
			r.Who = who
			changed := at >= 0 && (changes[at].Op == access.Added || touches(changes[at].Rules, access.PartRule, p.Rules[j].ID))
			all = append(all, looked{access.PartRule, r.ID, fmt.Sprintf("packs[%d].rules[%d]", i, j), r, changed})
		}
	}
	for i, r := range d.Rules {
		all = append(all, looked{access.PartRule, r.ID, fmt.Sprintf("rules[%d]", i), r.Rule(), touches(changes, access.PartRule, r.ID)})
	}
	return all
}

func touches(changes []PolicyChange, part, id string) bool {
	return slices.ContainsFunc(changes, func(c PolicyChange) bool { return c.Part == part && c.ID == id })
}

// partWarnings are of packs and assignments.
func partWarnings(d access.Document, changes []PolicyChange, now time.Time) []PolicyWarning {
	var out []PolicyWarning
	for i, p := range d.Packs {
		if len(p.Rules)+len(p.System) == 0 {
			out = append(out, PolicyWarning{"empty_rule", access.PartPack, p.ID, fmt.Sprintf("packs[%d]", i), touches(changes, access.PartPack, p.ID), map[string]any{"why": "pack"}})
		}
	}
	for i, a := range d.Assignments {
		if code := access.Ending(a.Until, now); code != "" {
			id := a.ID.String()
			out = append(out, PolicyWarning{code, access.PartAssignment, id, fmt.Sprintf("assignments[%d]", i), touches(changes, access.PartAssignment, id), map[string]any{"until": *a.Until}})
		}
	}
	return out
}

// lastWarnings tell of rights of administration that nobody would have any more, now or once every
// window has ended: publishing refuses that.
func (t *rtx) lastWarnings(ctx context.Context, v *view, d access.Document) ([]PolicyWarning, error) {
	open, err := t.openAccounts(ctx, v.tenant)
	if err != nil {
		return nil, err
	}
	after, err := t.under(ctx, v.state, d)
	if err != nil {
		return nil, err
	}
	var out []PolicyWarning
	for _, right := range keptRights {
		for _, at := range []time.Time{t.now, t.now.AddDate(longAfter, 0, 0)} {
			if v.anyHolds(open, right, at) && !after.anyHolds(open, right, at) {
				out = append(out, PolicyWarning{Code: "last_administrator", Changed: true, Params: map[string]any{"action": right}})
				break
			}
		}
	}
	return out, nil
}

// caughtTries is for how many of the people of whom a guard speaks its records are looked for.
const caughtTries = 20

// catches says what a guard does not find: people of whom it speaks, or records that it closes;
// empty when it finds both, or the rule is no guard. A record on which the guard's condition cannot
// be evaluated is caught.
func (t *rtx) catches(ctx context.Context, v *view, r *policy.Rule) (string, error) {
	if r.Effect != policy.Forbid || access.Ending(r.Until, v.now) == "already_over" {
		return "", nil
	}
	people := v.spokenOf(r, v.now)
	if len(people) == 0 {
		return "people", nil
	}
	if r.Kind == records.System {
		return "", nil
	}
	everything := policy.Rule{ID: "all", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Kind: r.Kind,
		Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll}, Scene: "count"}
	caught, barred := everything, everything
	caught.Where, caught.When = r.Where, r.When
	barred.ID, barred.Effect, barred.Where, barred.When = "bar", policy.Forbid, r.Where, r.When
	for _, person := range people[:min(len(people), caughtTries)] {
		n, _, err := t.counted(ctx, v, person, r.Kind, caught)
		if err != nil || n > 0 {
			return "", err
		}
		total, capped, err := t.counted(ctx, v, person, r.Kind, everything)
		if err != nil || capped {
			return "", err // too many to say by counting
		}
		left, _, err := t.counted(ctx, v, person, r.Kind, everything, barred)
		if err != nil || left < total {
			return "", err
		}
	}
	return "records", nil
}

// counted counts what a person would read of a kind by some rules alone, up to the cap.
func (t *rtx) counted(ctx context.Context, v *view, person policy.ID, kind policy.Kind, rules ...policy.Rule) (n int, capped bool, err error) {
	compiled, _ := policy.Compile(v.catalog.Schema(), rules, v.tree.Within)
	b := compiled.Bind(v.ever(person, v.now), &policy.Context{Now: v.now, Channel: "web", Device: "desktop", Network: "office", Proved: true})
	read := b.Reduce(policy.Read, kind)
	if read.None() {
		return 0, false, nil
	}
	stmt := t.db.sqlDialect().Count(&sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: read, Plan: sqlgen.Walk}, CountCap)
	var epoch int64
	var found *int
	if err := t.row(ctx, stmt.SQL, stmt.Args...).Scan(&epoch, &found); err != nil {
		return 0, false, err
	}
	if found == nil {
		return 0, false, errEpoch
	}
	return *found, *found > CountCap, nil
}

// spokenOf lists people of whom a rule speaks now or later, a few of them.
func (st *state) spokenOf(r *policy.Rule, now time.Time) []policy.ID {
	probe := *r
	probe.From, probe.Until, probe.When, probe.Fields = nil, nil, nil, nil
	probe.Where = policy.Path{Path: policy.PathAll}
	probe.Origin = policy.Origin{Type: "probe", ID: "probe"}
	compiled, _ := policy.Compile(st.catalog.Schema(), []policy.Rule{probe}, st.tree.Within)
	var people []policy.ID
	for person := range st.appointments {
		people = append(people, person)
	}
	for _, c := range r.Who.Any {
		if c.Person != 0 {
			people = append(people, c.Person)
		}
	}
	slices.Sort(people)
	ctx := &policy.Context{Now: now}
	var found []policy.ID
	for _, person := range slices.Compact(people) {
		b := compiled.Bind(st.post(person, now, true), ctx)
		if len(b.Origins("probe")) > 0 {
			if found = append(found, person); len(found) == caughtTries {
				break
			}
		}
	}
	return found
}
