package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"guan/access"
	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// What a rule holds for approval. In force are the standing rules, in which such a forbid forbids and
// such a permit gives nothing: every way to write a record refuses by them. The lifted rules say what an
// approval would allow. They are asked for three things alone: whether a refusal says 'needs approval',
// which pools somebody works with by requests, and how an approved request is carried out.

// needsApproval is the refusal of what a request can be made for. Its place is the field.
var needsApproval = said(fault.Denied, "needs_approval", "这项操作须经审批:请提交申请", "this needs approval: ask for it")

// lifted is the view under the rules of what was approved; nil when no rule waits for approval.
func (v *view) lifted() *view {
	if v.approved != nil {
		return v.approved
	}
	if v.bound.Subject().Person == 0 {
		return nil // a job asks for nothing
	}
	v.state.lifting.Do(func() {
		all := v.authored.Lower()
		if v.state.heldFor = access.WhatHeld(all); len(v.state.heldFor) > 0 {
			v.state.raised, _ = policy.Compile(v.catalog.Schema(), access.Lifted(all), v.tree.Within)
		}
	})
	if v.state.raised == nil {
		return nil
	}
	of := *v
	of.bound, of.viewer, of.named = v.bound.Under(v.state.raised), nil, nil
	v.approved = &of
	return v.approved
}

// liftedFor is what an action on a kind would be with approval; nil where no rule waits for one.
func (v *view) liftedFor(action policy.Action, kind policy.Kind) *policy.Reduction {
	if of := v.lifted(); of != nil && slices.Contains(v.state.heldFor[kind], action) {
		return of.bound.Reduce(action, kind)
	}
	return nil
}

// locked is the refusal of a field on a row that a shape read.
func (v *view) locked(kind *records.Kind, row *fetched, read policy.Outcome, name string) error {
	f := v.catalog.Schema().Kind(kind.Name).Field(name)
	if l := v.liftedFor(policy.Edit, kind.Name); l != nil && read.Level(f) == policy.Plain && l.Outcome(row.answer).Editable(f) {
		return because(asksFor(kind, name), v.unset(kind, row, read, name))
	}
	return because(deniedField(name), v.unset(kind, row, read, name))
}

// unset says why a field of a row may not be set: because it is not seen plain, or by the rules of editing.
func (v *view) unset(kind *records.Kind, row *fetched, read policy.Outcome, name string) *whyNot {
	action := policy.Edit
	if read.Level(v.catalog.Schema().Kind(kind.Name).Field(name)) != policy.Plain {
		action = policy.Read
	}
	return v.shut(v.bound.Reduce(action, kind.Name), row.answer, name)
}

// barred is the refusal of an action on a row that a shape read.
func (v *view) barred(kind *records.Kind, row *fetched, action policy.Action) error {
	why := v.shut(v.bound.Reduce(action, kind.Name), row.answer, "")
	if l := v.liftedFor(action, kind.Name); l != nil && l.Outcome(row.answer).Allowed {
		return because(asksTo(action), why)
	}
	return because(notAllowed, why)
}

// uncreated is the refusal of a new record as it would stand.
func (t *tx) uncreated(ctx context.Context, v *view, kind *records.Kind, id policy.ID) (error, error) {
	lifted := v.liftedFor(policy.Create, kind.Name)
	if lifted == nil {
		return notAllowed, nil
	}
	with, _, err := t.outcome(ctx, v.lifted(), lifted, id)
	if err != nil || !with.Allowed {
		return notAllowed, err
	}
	return asksTo(policy.Create), nil
}

// asksTo is the refusal of an action that a request can be made for.
func asksTo(action policy.Action) *fault.Error {
	return needsApproval.With("type", string(askedBy[action])).With("action", string(action))
}

// askedBy is the type of request by which an action on one record is asked for.
var askedBy = map[policy.Action]RequestType{
	policy.Create: CreateRequest, policy.Edit: ChangeRequest, policy.Delete: DeleteRequest,
	policy.Claim: PoolRequest, policy.Release: PoolRequest, policy.Assign: PoolRequest,
}

// lockedAfter is the refusal of a record as it would stand; otherwise says what it is without approval.
func (t *tx) lockedAfter(ctx context.Context, v *view, kind *records.Kind, id policy.ID, touched map[string]bool, otherwise error) error {
	of := v.lifted()
	if of == nil {
		return otherwise
	}
	outcome, _, err := t.outcome(ctx, of, of.bound.Reduce(policy.Edit, kind.Name), id)
	if err != nil {
		return err
	}
	name := ""
	for _, name = range sorted(keysOf(touched)) {
		if !outcome.Editable(of.catalog.Schema().Kind(kind.Name).Field(name)) {
			return otherwise
		}
	}
	if at := fault.From(otherwise).At; at != "" {
		name = at
	}
	return asksFor(kind, name)
}

func asksFor(kind *records.Kind, field string) error {
	typ := ChangeRequest
	if field == kind.Owner && kind.Owner == "owner" {
		typ = TransferRequest
	}
	return needsApproval.With("type", string(typ)).WithAt(field)
}

// rehearse runs what is to be undone whatever comes of it.
func (t *tx) rehearse(ctx context.Context, fn func() error) error {
	if _, err := t.exec(ctx, "SAVEPOINT rehearsal"); err != nil {
		return err
	}
	was := t.touched.copy()
	err := fn()
	t.touched = was
	if _, undo := t.exec(ctx, "ROLLBACK TO SAVEPOINT rehearsal"); undo != nil {
		return errors.Join(err, undo)
	}
	if _, undo := t.exec(ctx, "RELEASE SAVEPOINT rehearsal"); undo != nil {
		return errors.Join(err, undo)
	}
	return t.db.fault(err)
}

// duties says by which steps the rules that hold an action on records want it decided: those that stand
// in the way of the records as they are now, and the permits that an approval would open. Of an edit and
// a create the fields count that are touched. What is asked of a record as it will stand is asked while
// it stands so.
func (t *tx) duties(ctx context.Context, v *view, kind *records.Kind, action policy.Action, touched []string, ids ...policy.ID) ([]string, error) {
	of := v.lifted()
	if of == nil {
		return nil, nil
	}
	plain, lifted := v.bound.Reduce(action, kind.Name), of.bound.Reduce(action, kind.Name)
	rows, err := t.fetchIDs(ctx, &shape{v: v, read: lifted, also: []*policy.Reduction{plain}}, ids)
	if err != nil {
		return nil, err
	}
	d := dutyFinder{v: v, of: of, plain: plain, lifted: lifted}
	for _, name := range touched {
		d.fields = append(d.fields, v.catalog.Schema().Kind(kind.Name).Field(name).Index())
	}
	for _, row := range rows {
		d.find(row.answer)
	}
	return d.texts, nil
}

// dutyFinder gathers the duties of the rules that hold an action, each once.
type dutyFinder struct {
	v, of         *view
	plain, lifted *policy.Reduction
	fields        []int // by index; none: the action as a whole
	texts         []string
}

func (d *dutyFinder) find(answer func(*policy.Test) policy.Tri) {
	for _, bar := range d.plain.Bars {
		if answer(bar.Test) != policy.No {
			d.take(bar.Rules, d.v.bound, policy.Forbid)
		}
	}
	for _, guard := range d.plain.Guards {
		if slices.ContainsFunc(d.fields, func(i int) bool { return guard.Locks[i] }) && answer(guard.Test) != policy.No {
			d.take(guard.Rules, d.v.bound, policy.Forbid)
		}
	}
	if len(d.fields) == 0 {
		d.permit(answer, func(*policy.Branch) bool { return true })
	}
	for _, i := range d.fields {
		d.permit(answer, func(b *policy.Branch) bool { return b.Edits[i] })
	}
}

// permit takes the duty of the first way in that only an approval opens, where no other is open.
func (d *dutyFinder) permit(answer func(*policy.Test) policy.Tri, leads func(*policy.Branch) bool) {
	open := func(b *policy.Branch) bool { return leads(b) && answer(b.Test) == policy.Yes }
	if slices.ContainsFunc(d.plain.Branches, open) {
		return
	}
	for _, b := range d.lifted.Branches {
		if open(b) && d.take(b.Rules, d.of.bound, policy.Permit) {
			return
		}
	}
}

func (d *dutyFinder) take(rules []int, of *policy.Bound, effect policy.Effect) (took bool) {
	for _, i := range rules {
		r := of.Ruleset().Rule(i)
		if r.Effect != effect || !access.Held(r) {
			continue
		}
		took = true
		for _, text := range r.Duty.Approval {
			if !slices.Contains(d.texts, text) {
				d.texts = append(d.texts, text)
			}
		}
	}
	return took
}

// waits tells by a rehearsal whether something waits for approval, and gives who asks as they are with
// it: what can be done without is not asked for, and what fails for another reason fails here.
func (t *tx) waits(ctx context.Context, v *view, do func(*view) error) (*view, error) {
	refusal := t.rehearse(ctx, func() error { return do(v) })
	if refusal == nil {
		return nil, nothingAsked
	}
	of := v.lifted()
	if of == nil || !fault.Is(refusal, fault.Denied) {
		return nil, refusal
	}
	return of, nil
}

// ofRecord is the record of a request, as who asks sees it.
func (t *tx) ofRecord(ctx context.Context, v *view, kind policy.Kind, id policy.ID) (*records.Kind, *fetched, error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return nil, nil, noRecord
	}
	row, err := t.one(ctx, v.shape(described, nil), id)
	return described, row, err
}

// spelled are the steps that rules spell, each once; the company's chain stands where they say so, and
// where they say nothing.
func spelled(texts []string, company []approvals.Step) []approvals.Step {
	var out []approvals.Step
	add := func(steps ...approvals.Step) {
		for _, step := range steps {
			if !slices.ContainsFunc(out, func(o approvals.Step) bool { return sameJSON(o.By, step.By) && o.All == step.All }) {
				out = append(out, step)
			}
		}
	}
	for _, text := range texts {
		if text == approvals.CompanyChain {
			add(company...)
		} else if step, err := approvals.Spelled(text); err == nil {
			add(step)
		}
	}
	if len(out) == 0 {
		add(company...)
	}
	return out
}

// checkDuty refuses a duty that nobody could do: there is a request for everything but reading, and each
// step must have somebody.
func (t *rtx) checkDuty(ctx context.Context, v *view, r *policy.Rule) error {
	texts := r.Duty.Approval
	if len(texts) == 0 {
		return nil
	}
	if len(texts) > approvals.MaxSteps {
		return fault.New(fault.Invalid, "chain_steps", "a chain has one to five steps").WithAt("duty.approval")
	}
	if i := slices.IndexFunc(r.Actions, func(a policy.Action) bool { return !slices.Contains(access.HeldActions, a) }); i >= 0 {
		return fault.New(fault.Invalid, "duty_approval", "reading cannot wait for approval: access to it is asked for").WithAt(fmt.Sprintf("actions[%d]", i))
	}
	var errs []error
	for i, text := range texts {
		if text == approvals.CompanyChain {
			continue
		}
		step, err := approvals.Spelled(text)
		if err == nil {
			err = t.checkChain(ctx, v, []approvals.Step{step})
		}
		if err != nil {
			f := fault.From(err)
			if f.Kind == fault.Internal {
				return err
			}
			if len(f.Items) > 0 {
				f = fault.New(fault.Invalid, f.Items[0].Code, f.Items[0].Detail)
			}
			errs = append(errs, f.WithAt(fmt.Sprintf("duty.approval[%d]", i)))
		}
	}
	return fault.Collect(fault.Invalid, "rule", "the rule is not well formed", errs...)
}

// requested names in an entry the approved request that is carried out.
func (t *tx) requested(e audit.Entry) audit.Entry {
	if t.request == 0 {
		return e
	}
	detail := maps.Clone(e.Detail)
	if detail == nil {
		detail = map[string]any{}
	}
	detail["request"] = t.request
	e.Detail = detail
	return e
}

// asks reports whether the actor could do with approval what they cannot without.
func (t *rtx) asks(ctx context.Context, v *view, row *policy.Row, action policy.Action, field *policy.Field) (bool, error) {
	of := v.lifted()
	if of == nil || !slices.Contains(access.HeldActions, action) {
		return false, nil
	}
	with, err := t.load(ctx, v, v.catalog.Schema().Kind(row.Kind), row.ID, v.state.raised.Needs(row.Kind, action))
	if err != nil {
		return false, err
	}
	plain, lifted := v.bound.Decide(row, action), of.bound.Decide(with, action)
	if field == nil || action != policy.Edit {
		return lifted.Allowed && !plain.Allowed, nil
	}
	return lifted.Editable(field) && !plain.Editable(field), nil
}
