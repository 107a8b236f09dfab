package store

import (
	"context"
	"slices"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/policy"
	"guan/records"
)

// This file says whom an emergency concerns: who reviews it, who is told, who may know of it. All of
// them are derived from the organisation of this instant, as those who decide requests are.

// emergencyDeciders are the deciders of emergencies: each is looked at like a request for its record.
type emergencyDeciders struct {
	*deciders
	of map[policy.ID]*request
}

func (t *rtx) emergencyDeciders(ctx context.Context, v *view, list ...*emergency) (*emergencyDeciders, error) {
	out := &emergencyDeciders{of: map[policy.ID]*request{}}
	var all []*request
	for _, e := range list {
		r := &request{kind: e.Kind, record: e.Record}
		r.Asker, r.Steps = e.Person, []approvals.Step{{By: []approvals.Source{theBoss}}}
		out.of[e.ID], all = r, append(all, r)
	}
	var err error
	out.deciders, err = t.deciders(ctx, v, all...)
	return out, err
}

// theBoss reviews where there is no head.
var theBoss = approvals.Source{Type: approvals.Pack, Pack: "boss"}

// reviewers are the heads next above who opened it, never themselves. When the review is late those
// above them may give it too; where nobody leads, the boss.
func (o *emergencyDeciders) reviewers(e *emergency) []policy.ID {
	ladder := o.ladder(o.posts(e.Person), e.Person)
	who := slices.Clone(rung(ladder, 0))
	late := e.waits() && !o.v.now.Before(e.late)
	if late {
		who = append(who, rung(ladder, 1)...)
	}
	if len(ladder) == 0 || late && len(ladder) == 1 {
		for _, boss := range o.opened(o.holders(theBoss)) {
			if boss != e.Person && !slices.Contains(who, boss) {
				who = append(who, boss)
			}
		}
	}
	return who
}

// overseers are all heads over who opened it, and over the record.
func (o *emergencyDeciders) overseers(e *emergency) []policy.ID {
	return slices.Concat(slices.Concat(o.ladder(o.posts(e.Person), e.Person)...), slices.Concat(o.over(o.of[e.ID])...), o.reviewers(e))
}

// knowsEmergency reports whether the actor may know of it: who opened it, whose the record was, the
// heads over both, and who has the right policy or audit.
func (v *view) knowsEmergency(o *emergencyDeciders, e *emergency) bool {
	me := v.bound.Subject().Person
	return me == e.Person || me == e.owner || v.watches(o, e)
}

// watches reports whether the actor may know also what was seen.
func (v *view) watches(o *emergencyDeciders, e *emergency) bool {
	return v.may("policy") || v.may("audit") || slices.Contains(o.overseers(e), v.bound.Subject().Person)
}

func (v *view) endsEmergency(o *emergencyDeciders, e *emergency) bool {
	return v.bound.Subject().Person == e.Person || v.watches(o, e)
}

// tellEmergency tells those whom it concerns, each once, in the role that asks most of them. It returns
// who was told.
func (t *tx) tellEmergency(ctx context.Context, v *view, o *emergencyDeciders, e *emergency) ([]policy.ID, error) {
	auditors, err := t.holdersOf(ctx, v, "audit")
	if err != nil {
		return nil, err
	}
	var told []policy.ID
	for _, some := range []struct {
		role   string
		people []policy.ID
	}{{"review", o.reviewers(e)}, {"owner", []policy.ID{e.owner}}, {"head", rung(o.over(o.of[e.ID]), 0)}, {"audit", auditors}} {
		for _, person := range some.people {
			if person == 0 || person == e.Person || slices.Contains(told, person) {
				continue
			}
			told = append(told, person)
			if err := t.notify(ctx, person, NoticeEmergency, "", e.ID, map[string]any{"of": string(e.Kind), "role": some.role, "until": e.Until}); err != nil {
				return nil, err
			}
		}
	}
	return told, nil
}

// holdersOf lists who has a right of administration now and can sign in.
func (t *rtx) holdersOf(ctx context.Context, v *view, right policy.Action) ([]policy.ID, error) {
	rules := slices.DeleteFunc(v.authored.Lower(), func(r policy.Rule) bool { return r.Kind != records.System })
	compiled, _ := policy.Compile(v.catalog.Schema(), rules, v.tree.Within)
	at := powers{v.state, compiled, v.now}
	var out []policy.ID
	for _, person := range at.people() {
		b := compiled.Bind(v.post(person, v.now, false), &policy.Context{Now: v.now, Channel: "web", Device: "desktop", Network: "office", Proved: true})
		if person != 0 && b.Decide(&policy.Row{Kind: records.System}, right).Allowed {
			out = append(out, person)
		}
	}
	open := map[policy.ID]bool{}
	err := t.whoSignsIn(ctx, v.tenant, out, open)
	return slices.DeleteFunc(out, func(p policy.ID) bool { return !open[p] }), err
}

// putReviewTask gives a reviewer the task to review. It names who opened a record, and not the record:
// others may see the reviewer's tasks.
func (t *tx) putReviewTask(ctx context.Context, v *view, e *emergency, reviewer policy.ID) (policy.ID, error) {
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, []policy.ID{e.Person}, names); err != nil {
		return 0, err
	}
	id, err := t.newID(ctx)
	if err != nil {
		return 0, err
	}
	task := v.catalog.Kind("task")
	values := map[string]policy.Value{
		"id": policy.RefOf(id), "subject": policy.TextOf("复核应急访问：" + names[e.Person]), "owner": policy.RefOf(reviewer), "due_at": policy.TimeOf(e.due),
		"created_at": policy.TimeOf(t.now), "updated_at": policy.TimeOf(t.now),
	}
	home, err := t.homeUnit(ctx, reviewer)
	if err != nil {
		return 0, err
	}
	if home != 0 {
		values["unit"] = policy.RefOf(home)
	}
	task.Complete(values)
	if err := t.insertRecord(ctx, task, id, values); err != nil {
		return 0, err
	}
	return id, t.audit(ctx, audit.Entry{Action: audit.Action(policy.Create), Kind: task.Name, Record: id, Detail: map[string]any{"emergency": e.ID}})
}

// closeReviewTask ends the task with the review, when its owner has not done so.
func (t *tx) closeReviewTask(ctx context.Context, v *view, id policy.ID) error {
	task := v.catalog.Kind("task")
	if err := t.lockRecord(ctx, task, id, false); err != nil {
		return err
	}
	found, err := t.wholeOf(ctx, v.tenant, v.catalog.Schema().Kind(task.Name), "id = $2", id)
	if err != nil || len(found) == 0 {
		return err // its owner has deleted it
	}
	was := found[0]
	if stage := was.values["stage"].Text(); stage == "done" || stage == "cancelled" {
		return nil
	}
	after := map[string]policy.Value{}
	for name, value := range was.values {
		after[name] = value
	}
	after["stage"], after["done_at"] = policy.TextOf("done"), policy.TimeOf(t.now)
	if err := t.updateRecord(ctx, task, was, after, map[string]bool{"stage": true, "done_at": true}); err != nil {
		return err
	}
	changes := audit.Diff(v.catalog.Schema().Kind(task.Name), was.values, after)
	return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Edit), Kind: task.Name, Record: id, Fields: audit.Names(changes), Detail: map[string]any{"changes": changes}})
}

// ledBy lists the people who work in units that the actor heads.
func (v *view) ledBy() []policy.ID {
	var out []policy.ID
	for person := range v.appointments {
		if person != v.bound.Subject().Person && v.overseesAccess(person) {
			out = append(out, person)
		}
	}
	slices.Sort(out)
	return out
}

// waits reports whether a review is still to be given.
func (e *emergency) waits() bool { return e.verdict == "" || e.verdict == FollowUp }

// nextAt is when somebody is to be told of the review again.
func (e *emergency) nextAt(now time.Time) *int64 {
	for _, at := range []time.Time{e.due, e.late} {
		if e.verdict == "" && at.After(now) {
			return micros(&at)
		}
	}
	return nil
}
