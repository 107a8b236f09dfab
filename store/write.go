package store

import (
	"context"
	"encoding/json"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Fields are the fields of a create or edit as they came: JSON by field name.
type Fields = map[string]json.RawMessage

// Target is a record in the version that its editor saw.
type Target struct {
	ID      policy.ID `json:"id"`
	Version int64     `json:"version"`
}

var (
	staleVersion = fault.New(fault.Stale, "version", "the record was changed by somebody else since you read it")
	notAllowed   = fault.New(fault.Denied, "action", "you may not do this to the record")
)

// Create makes a record. Owner and unit are the actor and the actor's home unit unless the
// fields say otherwise; what the rules say of creating is asked of the record as it will stand,
// and of each field that was given. Faults: Invalid, Denied, NotFound for an unknown kind.
func (s *Session) Create(ctx context.Context, kind policy.Kind, fields Fields) (*Item, error) {
	var item *Item
	err := s.db.write(ctx, s.actor, op{name: "create"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		if described == nil {
			return notAllowed
		}
		id, err := t.createOrAsk(ctx, v, described, fields)
		if err != nil {
			return err
		}
		item, err = t.echo(ctx, v, kind, id)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, 0, policy.Create, err)
	}
	return item, nil
}

// Update changes fields of a record. Only fields that are plain and editable on it may be named,
// and the record must still be editable by the actor as it will stand. Faults: NotFound, Stale
// (code version), Denied, Invalid.
func (s *Session) Update(ctx context.Context, kind policy.Kind, id policy.ID, version int64, fields Fields) (*Item, error) {
	items, err := s.change(ctx, kind, []Target{{id, version}}, policy.Edit, fields)
	if err != nil {
		return nil, err
	}
	return &items[0], nil
}

// Delete removes a record that nothing else refers to. Faults: NotFound, Stale, Denied, Conflict.
func (s *Session) Delete(ctx context.Context, kind policy.Kind, id policy.ID, version int64) error {
	_, err := s.change(ctx, kind, []Target{{id, version}}, policy.Delete, nil)
	return err
}

// batchLimit bounds how many records one batch changes.
const batchLimit = 500

// Batch edits or removes several records, all or none. The fault's At names the target.
func (s *Session) Batch(ctx context.Context, kind policy.Kind, targets []Target, fields Fields, remove bool) ([]Item, error) {
	if len(targets) == 0 || len(targets) > batchLimit {
		return nil, fault.New(fault.Invalid, "batch", "a batch names 1 to 500 records").WithAt("ids")
	}
	seen := map[policy.ID]bool{}
	for _, target := range targets {
		if seen[target.ID] {
			return nil, fault.New(fault.Invalid, "batch_double", "a batch names each record once").WithAt("ids")
		}
		seen[target.ID] = true
	}
	action := policy.Edit
	if remove {
		action = policy.Delete
	}
	return s.change(ctx, kind, targets, action, fields)
}

func (s *Session) change(ctx context.Context, kind policy.Kind, targets []Target, action policy.Action, fields Fields) ([]Item, error) {
	var items []Item
	at := 0
	// Records are locked in one order, whichever way a batch names them.
	targets = slices.Clone(targets)
	slices.SortFunc(targets, func(a, b Target) int { return int(a.ID - b.ID) })
	// What decides who can sign in is part of the policy: such changes wait for each other.
	err := s.db.write(ctx, s.actor, op{name: string(action), raises: kind == records.RefPerson && changesAccount(fields)}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		if described == nil {
			return noRecord
		}
		var values map[string]policy.Value
		if action == policy.Edit {
			if values, err = v.knownCatalog().Kind(kind).Parse(fields); err != nil {
				return err
			}
		}
		items = nil
		for at = range targets {
			item, err := t.changeOne(ctx, v, described, targets[at], action, values)
			if err != nil {
				return err
			}
			if item != nil {
				items = append(items, *item)
			}
		}
		return nil
	})
	if err != nil {
		id := targets[at].ID
		if len(targets) > 1 {
			if f := fault.From(err); f.At == "" {
				err = f.WithAt("ids " + id.String())
			}
		}
		return nil, s.refused(ctx, kind, id, action, err)
	}
	return items, nil
}

func (t *tx) changeOne(ctx context.Context, v *view, kind *records.Kind, target Target, action policy.Action, values map[string]policy.Value) (*Item, error) {
	if action == policy.Delete {
		return nil, t.remove(ctx, v, kind, target)
	}
	if _, err := t.edit(ctx, v, kind, target, values); err != nil {
		return nil, err
	}
	return t.echo(ctx, v, kind.Name, target.ID)
}

// echo gives the record as its writer may read it, which may be nothing but its id.
func (t *tx) echo(ctx context.Context, v *view, kind policy.Kind, id policy.ID) (*Item, error) {
	if err := t.settle(ctx, v); err != nil {
		return nil, err
	}
	item, err := t.item(ctx, v, kind, id)
	if fault.Is(err, fault.NotFound) {
		return &Item{ID: id, Kind: kind, Fields: map[string]any{}, Masked: map[string]string{}, Hidden: []string{}, Can: []policy.Action{}, Editable: []string{}, Refs: map[string]Link{}}, nil
	}
	return item, err
}

// createOf makes a record of fields as they came.
func (t *tx) createOf(ctx context.Context, v *view, kind *records.Kind, fields Fields) (policy.ID, error) {
	if v.bound.Reduce(policy.Create, kind.Name).None() {
		return 0, because(notAllowed, v.shutTo(policy.Create, kind.Name))
	}
	values, err := v.knownCatalog().Kind(kind.Name).Parse(fields)
	if err != nil {
		return 0, err
	}
	return t.create(ctx, v, kind, values)
}

// createOrAsk is createOf where a rule may hold it for approval: then it is said that it can be asked for,
// if it could be done with approval, and what is wrong with it otherwise. Nothing of it stays.
func (t *tx) createOrAsk(ctx context.Context, v *view, kind *records.Kind, fields Fields) (id policy.ID, err error) {
	if v.liftedFor(policy.Create, kind.Name) == nil {
		return t.createOf(ctx, v, kind, fields)
	}
	refusal := t.within(ctx, func() (err error) { id, err = t.createOf(ctx, v, kind, fields); return err })
	if !fault.Is(refusal, fault.Denied) {
		return id, refusal
	}
	err = t.rehearse(ctx, func() error { _, err := t.createOf(ctx, v.lifted(), kind, fields); return err })
	switch {
	case err == nil:
		return 0, because(asksTo(policy.Create).WithAt(fault.From(refusal).At), whyOf(refusal))
	case fault.Is(err, fault.Denied):
		return 0, refusal
	}
	return 0, err
}

// create writes a record and asks the rules of it as it stands.
func (t *tx) create(ctx context.Context, v *view, kind *records.Kind, given map[string]policy.Value) (policy.ID, error) {
	id, err := t.newID(ctx)
	if err != nil {
		return 0, err
	}
	return id, t.createAs(ctx, v, kind, id, given)
}

func (t *tx) createAs(ctx context.Context, v *view, kind *records.Kind, id policy.ID, given map[string]policy.Value) error {
	schema := v.catalog.Schema().Kind(kind.Name)
	rules := v.bound.Reduce(policy.Create, kind.Name)
	for name := range given {
		if !mayWrite(rules, schema.Field(name)) {
			return because(deniedField(name), v.shut(rules, always, name))
		}
	}
	values := make(map[string]policy.Value, len(given)+8)
	for name, value := range given {
		if !value.Missing() {
			values[name] = value
		}
	}
	if err := t.place(ctx, v, kind, id, given, values); err != nil {
		return err
	}
	kind.Complete(values)
	if err := kind.Check(values, nil); err != nil {
		return err
	}
	if err := kind.CheckMove("", values["stage"].Text(), values); err != nil {
		return err
	}
	if err := kind.CheckRetired(nil, given); err != nil {
		return err
	}
	if err := t.checkRefs(ctx, v, kind, given); err != nil {
		return err
	}
	if err := t.insertRecord(ctx, kind, id, values); err != nil {
		return err
	}
	if pool := values[kind.Pool].ID(); pool != 0 && kind.Claimed {
		fits, err := t.accepts(ctx, v, pool, []policy.ID{id})
		if err != nil {
			return err
		}
		if !fits[id] {
			return poolRefuses
		}
	}
	var why []string
	if rules.All() { // everything may be created alike: mayWrite has said it all
		why = v.rulesOf(rules)
	} else {
		outcome, opened, err := t.outcome(ctx, v, rules, id)
		if err != nil {
			return err
		}
		if why = v.ruleIDs(opened); !outcome.Allowed {
			return t.refusing(ctx, v, notAllowed, rules, id)
		}
		for name := range given {
			if !outcome.Editable(schema.Field(name)) {
				return t.refusing(ctx, v, deniedField(name), rules, id)
			}
		}
	}
	changes := audit.Diff(schema, nil, values)
	err := t.audit(ctx, audit.Entry{Action: audit.Action(policy.Create), Kind: kind.Name, Record: id, Rules: why, Fields: audit.Names(changes), Detail: map[string]any{"changes": changes}})
	if err != nil {
		return err
	}
	return t.route(ctx, v, kind, id, nil, values)
}

// place gives a new record its owner and unit where nobody named them: whoever enters a
// customer first owns it.
func (t *rtx) place(ctx context.Context, v *view, kind *records.Kind, id policy.ID, given, values map[string]policy.Value) error {
	values["created_at"], values["updated_at"] = policy.TimeOf(t.now), policy.TimeOf(t.now)
	values["id"] = policy.RefOf(id)
	if me := v.bound.Subject().Person; me != 0 {
		values["created_by"] = policy.RefOf(me)
		_, named := given["owner"]
		_, pooled := given["pool"]
		if kind.Owner == "owner" && !named && !(pooled && !given["pool"].Missing()) {
			values["owner"] = policy.RefOf(me)
		}
	}
	if _, named := given["unit"]; named || kind.Owner != "owner" || values["owner"].Missing() {
		return nil
	}
	unit, err := t.homeOf(ctx, v.tenant, values["owner"].ID())
	if unit != 0 {
		values["unit"] = policy.RefOf(unit)
	}
	return err
}

// mayWrite reports whether some way in lets the field be written at all, before the record is
// known.
func mayWrite(r *policy.Reduction, f *policy.Field) bool {
	return slices.ContainsFunc(r.Branches, func(b *policy.Branch) bool { return b.Edits[f.Index()] })
}

func deniedField(name string) error {
	return fault.New(fault.Denied, "field_locked", "you may not set this field").WithAt(name)
}

// outcome asks the rules of one action on a record as the transaction sees it, and names those that open it.
func (t *tx) outcome(ctx context.Context, v *view, rules *policy.Reduction, id policy.ID) (outcome policy.Outcome, opened []int, err error) {
	s := &shape{v: v, read: rules}
	row, err := t.one(ctx, s, id)
	if fault.Is(err, fault.NotFound) {
		return policy.Outcome{}, nil, nil
	}
	if err != nil {
		return policy.Outcome{}, nil, err
	}
	return rules.Outcome(row.answer), rules.Opened(row.answer), nil
}

// edit changes a record that the actor may read and edit, before and after.
func (t *tx) edit(ctx context.Context, v *view, kind *records.Kind, target Target, given map[string]policy.Value) (changed bool, err error) {
	return t.editGated(ctx, v, kind, target, given, false)
}

// editBack puts values back: no gate stands before where a record came from, and what it had may have
// been retired since.
func (t *tx) editBack(ctx context.Context, v *view, kind *records.Kind, target Target, given map[string]policy.Value) (changed bool, err error) {
	return t.editGated(ctx, v, kind, target, given, true)
}

func (t *tx) editGated(ctx context.Context, v *view, kind *records.Kind, target Target, given map[string]policy.Value, back bool) (changed bool, err error) {
	row, edit, err := t.forWrite(ctx, v, kind, target, policy.Edit)
	if err != nil {
		return false, err
	}
	if given, err = t.sealed(ctx, kind, target.ID, given); err != nil {
		return false, err
	}
	schema := v.catalog.Schema().Kind(kind.Name)
	read := v.bound.Reduce(policy.Read, kind.Name).Outcome(row.answer)
	touched := map[string]bool{}
	seen := map[string]policy.Value{} // what the actor sees plain, as it will stand
	for _, f := range schema.Fields {
		if read.Level(f) == policy.Plain && !row.values[f.Name].Missing() {
			seen[f.Name] = row.values[f.Name]
		}
	}
	for name, value := range given {
		f := schema.Field(name)
		if read.Level(f) != policy.Plain || !edit.Editable(f) {
			return false, v.locked(kind, row, read, name)
		}
		if value.Equal(row.values[name]) || value.Missing() && row.values[name].Missing() {
			continue
		}
		touched[name] = true
		if delete(seen, name); !value.Missing() {
			seen[name] = value
		}
	}
	if len(touched) == 0 {
		return false, t.unchanged(ctx, kind, target)
	}
	if err := kind.Check(seen, touched); err != nil {
		return false, err
	}
	if touched["stage"] && !back {
		if err := kind.CheckMove(row.values["stage"].Text(), given["stage"].Text(), seen); err != nil {
			return false, err
		}
	}
	if !back {
		if err := kind.CheckRetired(row.values, given); err != nil {
			return false, err
		}
	}
	changes := map[string]policy.Value{}
	for name := range touched {
		changes[name] = given[name]
	}
	if err := t.checkRefs(ctx, v, kind, changes); err != nil {
		return false, err
	}
	before, err := t.whole(ctx, schema, target.ID)
	if err != nil {
		return false, err
	}
	after := withChanges(before.values, changes)
	if err := t.updateRecord(ctx, kind, before, after, touched); err != nil {
		return false, err
	}
	if kind.Name == records.RefPerson && changesAccount(touched) {
		if err := t.accountChanged(ctx, v, target.ID); err != nil {
			return false, err
		}
	}
	rules := v.bound.Reduce(policy.Edit, kind.Name)
	outcome, _, err := t.outcome(ctx, v, rules, target.ID)
	if err != nil {
		return false, err
	}
	if !outcome.Allowed {
		return false, t.refusing(ctx, v, t.lockedAfter(ctx, v, kind, target.ID, touched, outOfReach), rules, target.ID)
	}
	for name := range touched {
		if !outcome.Editable(schema.Field(name)) {
			return false, t.refusing(ctx, v, t.lockedAfter(ctx, v, kind, target.ID, touched, deniedField(name)), rules, target.ID)
		}
	}
	diff := audit.Diff(schema, before.values, after)
	err = t.audit(ctx, audit.Entry{Action: audit.Action(policy.Edit), Kind: kind.Name, Record: target.ID, Rules: v.whyAllowed(policy.Edit, kind.Name, row),
		Fields: audit.Names(diff), Detail: map[string]any{"changes": diff}})
	if err != nil {
		return false, err
	}
	for _, box := range reachedIn(v.boxedIn(v.bound.Reduce(policy.Edit, kind.Name)), row.answer) {
		if err := t.audit(ctx, sandboxUse(box, "changed", kind.Name, []policy.ID{target.ID}, audit.Names(diff))); err != nil {
			return false, err
		}
	}
	return true, t.route(ctx, v, kind, target.ID, before.values, after)
}

// unchanged records an edit that set every field to what it was.
func (t *tx) unchanged(ctx context.Context, kind *records.Kind, target Target) error {
	return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Edit), Kind: kind.Name, Record: target.ID})
}

// forWrite finds a record for a change: readable, in the version that was seen, the action
// permitted. The row stays locked until the transaction ends.
func (t *tx) forWrite(ctx context.Context, v *view, kind *records.Kind, target Target, action policy.Action) (*fetched, policy.Outcome, error) {
	if err := t.lockRecord(ctx, kind, target.ID, action == policy.Delete); err != nil {
		return nil, policy.Outcome{}, err
	}
	s := v.shape(kind, nil)
	s.closed = true
	row, err := t.one(ctx, s, target.ID)
	if err != nil {
		return nil, policy.Outcome{}, err
	}
	outcome := v.bound.Reduce(action, kind.Name).Outcome(row.answer)
	switch {
	case !outcome.Allowed:
		return nil, outcome, v.barred(kind, row, action)
	case row.version != target.Version:
		return nil, outcome, staleVersion
	}
	return row, outcome, nil
}

func (t *tx) remove(ctx context.Context, v *view, kind *records.Kind, target Target) error {
	row, _, err := t.forWrite(ctx, v, kind, target, policy.Delete)
	if err != nil {
		return err
	}
	if err := t.deleteRecord(ctx, v, kind, target); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Delete), Kind: kind.Name, Record: target.ID, Rules: v.whyAllowed(policy.Delete, kind.Name, row)})
}

// whyAllowed names the rules by which an action on a row is allowed.
func (v *view) whyAllowed(action policy.Action, kind policy.Kind, row *fetched) []string {
	return v.ruleIDs(v.bound.Reduce(action, kind).Opened(row.answer))
}

func withChanges(before, changes map[string]policy.Value) map[string]policy.Value {
	after := make(map[string]policy.Value, len(before)+len(changes))
	for name, value := range before {
		after[name] = value
	}
	for name, value := range changes {
		if delete(after, name); !value.Missing() {
			after[name] = value
		}
	}
	return after
}
