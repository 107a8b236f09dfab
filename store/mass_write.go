package store

import (
	"context"
	"encoding/json"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// massWriter writes one change to many records in a transaction. It asks of each record what
// Session.Update asks, with few statements for all of them.
type massWriter struct {
	v      *view
	kind   *records.Kind
	schema *policy.KindSchema
	id     policy.ID // of the mass change, for the audit
	remove bool
	// given says which fields a record gets. Its fault leaves the record as it is.
	given func(*fetched) (map[string]policy.Value, error)
	// back says that the change puts values back: no gate stands before where a record came from.
	back bool
	// follows are fields that change with the others without being asked about: the unit of a record
	// that gets another owner.
	follows func(*fetched) map[string]policy.Value
	// strict stops at the first record that may not be changed, with its fault.
	strict bool
	// about goes into the audit entry of every record.
	about map[string]any
	// held gathers, where it is set, the records that need approval, with why: they are not skipped.
	held *[]heldRow
}

func (w *massWriter) action() policy.Action {
	if w.remove {
		return policy.Delete
	}
	return policy.Edit
}

// heldRow is a record that a mass change would change with approval.
type heldRow struct {
	link Link
	err  error
}

// leave notes that a record is left as it is.
func (w *massWriter) leave(skipped *skipGroups, link Link, err error, late bool) {
	if w.held != nil && fault.From(err).Code == needsApproval.Code {
		*w.held = append(*w.held, heldRow{link, err})
		return
	}
	skipped.add(link, err, late)
}

// massRow is a record on its way through a mass change.
type massRow struct {
	Target
	row           *fetched
	link          Link
	given         map[string]policy.Value
	touched       map[string]bool
	before, after map[string]policy.Value // what was touched, once it is written
}

var unchanged = fault.New(fault.Conflict, "unchanged", "the record is like this already")

// write changes the targets as far as the actor may, and says which it left. A target of version 0 is
// taken in whatever version it is.
func (t *tx) massWrite(ctx context.Context, w *massWriter, targets []Target, late bool) (done []massRow, skipped skipGroups, err error) {
	rows, skipped, err := t.massGate(ctx, w, targets, late)
	if err != nil {
		return nil, nil, err
	}
	for {
		if _, err := t.exec(ctx, "SAVEPOINT mass"); err != nil {
			return nil, nil, err
		}
		var refused []massRow
		var why []error
		done, refused, why, err = t.massTry(ctx, w, rows)
		if err != nil {
			return nil, nil, err
		}
		if len(refused) == 0 {
			break
		}
		// What must not stand as it would must not have stood: all again without it.
		if _, err := t.exec(ctx, "ROLLBACK TO SAVEPOINT mass"); err != nil {
			return nil, nil, err
		}
		for i, r := range refused {
			w.leave(&skipped, r.link, why[i], late)
			rows = slices.DeleteFunc(rows, func(other massRow) bool { return other.ID == r.ID })
		}
	}
	if _, err := t.exec(ctx, "RELEASE SAVEPOINT mass"); err != nil {
		return nil, nil, err
	}
	return done, skipped, t.auditAll(ctx, w.entries(done))
}

// massGate reads the targets through the gate, locked, and leaves out what the actor may not change.
func (t *tx) massGate(ctx context.Context, w *massWriter, targets []Target, late bool) (rows []massRow, skipped skipGroups, err error) {
	ids := make([]policy.ID, len(targets))
	for i, target := range targets {
		ids[i] = target.ID
	}
	if err := t.lockMany(ctx, w.kind, ids, w.remove); err != nil {
		return nil, nil, err
	}
	s := w.v.shape(w.kind, nil)
	found := map[policy.ID]*fetched{}
	if !s.read.None() {
		q := s.list(len(ids))
		q.IDs, q.Plan = ids, sqlgen.Walk
		list, err := t.fetchClosed(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		for i := range list {
			found[list[i].id] = &list[i]
		}
	}
	action := w.action()
	rules := w.v.bound.Reduce(action, w.kind.Name)
	for _, target := range targets {
		row := found[target.ID]
		if row == nil && w.strict {
			return nil, nil, noRecord
		}
		if row == nil {
			skipped.add(Link{ID: target.ID}, noRecord, late)
			continue
		}
		r := massRow{Target: target, row: row, link: Link{ID: target.ID, Title: s.title(*row, s.read.Outcome(row.answer))}}
		outcome := rules.Outcome(row.answer)
		switch {
		case !outcome.Allowed:
			err = w.v.barred(w.kind, row, action)
		case target.Version != 0 && target.Version != row.version:
			err = staleVersion
		case w.remove:
			err = nil
		default:
			err = t.chooseMass(ctx, w, &r, s.read.Outcome(row.answer), outcome)
		}
		if err != nil {
			if w.strict || fault.Is(err, fault.Internal) {
				return nil, nil, err
			}
			w.leave(&skipped, r.link, err, late)
			continue
		}
		r.Version = row.version
		rows = append(rows, r)
	}
	return rows, skipped, nil
}

// chooseMass asks of the fields of one record what edit asks.
func (t *tx) chooseMass(ctx context.Context, w *massWriter, r *massRow, read, edit policy.Outcome) error {
	given, err := w.given(r.row)
	if err == nil {
		given, err = t.sealed(ctx, w.kind, r.row.id, given)
	}
	if err != nil {
		return err
	}
	seen := map[string]policy.Value{}
	for _, f := range w.schema.Fields {
		if read.Level(f) == policy.Plain && !r.row.values[f.Name].Missing() {
			seen[f.Name] = r.row.values[f.Name]
		}
	}
	r.given, r.touched = map[string]policy.Value{}, map[string]bool{}
	for _, name := range sorted(keysOf(given)) {
		f, value := w.schema.Field(name), given[name]
		if read.Level(f) != policy.Plain || !edit.Editable(f) {
			return w.v.locked(w.kind, r.row, read, name)
		}
		if value.Equal(r.row.values[name]) || value.Missing() && r.row.values[name].Missing() {
			continue
		}
		r.touched[name], r.given[name] = true, value
		if delete(seen, name); !value.Missing() {
			seen[name] = value
		}
	}
	if len(r.touched) == 0 {
		return unchanged
	}
	if err := w.kind.Check(seen, r.touched); err != nil {
		return err
	}
	for name, value := range w.following(r.row) {
		r.touched[name], r.given[name] = true, value
	}
	if !w.back {
		if err := w.kind.CheckRetired(r.row.values, r.given); err != nil {
			return err
		}
	}
	if r.touched["stage"] && !w.back {
		return w.kind.CheckMove(r.row.values["stage"].Text(), r.given["stage"].Text(), seen)
	}
	return nil
}

func (w *massWriter) following(row *fetched) map[string]policy.Value {
	if w.follows == nil {
		return nil
	}
	return w.follows(row)
}

// massTry writes the rows and asks the rules of them as they then stand.
func (t *tx) massTry(ctx context.Context, w *massWriter, rows []massRow) (done, refused []massRow, why []error, err error) {
	before, err := t.wholeMany(ctx, w, rows)
	if err != nil {
		return nil, nil, nil, err
	}
	refuse := func(r massRow, err error) error {
		if w.strict || fault.Is(err, fault.Internal) { // also what is no fault of ours
			return err
		}
		refused, why = append(refused, r), append(why, err)
		return nil
	}
	for _, r := range rows {
		was, ok := before[r.ID]
		if !ok {
			if err := refuse(r, noRecord); err != nil {
				return nil, nil, nil, err
			}
			continue
		}
		after := withChanges(was.values, r.given)
		err := t.within(ctx, func() error {
			if w.remove {
				return t.deleteRecord(ctx, w.v, w.kind, r.Target)
			}
			return t.updateRecord(ctx, w.kind, was, after, r.touched)
		})
		if err = t.db.fault(err); err != nil {
			if err := refuse(r, err); err != nil {
				return nil, nil, nil, err
			}
			continue
		}
		r.before, r.after = was.values, after
		done = append(done, r)
	}
	if w.remove || len(done) == 0 {
		return done, refused, why, nil
	}
	rules := w.v.bound.Reduce(policy.Edit, w.kind.Name)
	outcomes, err := t.outcomes(ctx, w.v, rules, done)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, r := range done {
		outcome := outcomes[r.ID]
		if !outcome.Allowed {
			if err := refuse(r, t.lockedAfter(ctx, w.v, w.kind, r.ID, r.touched, outOfReach)); err != nil {
				return nil, nil, nil, err
			}
			continue
		}
		follows := w.following(r.row)
		for _, name := range sorted(keysOf(r.touched)) {
			if _, along := follows[name]; along || outcome.Editable(w.schema.Field(name)) {
				continue
			}
			if err := refuse(r, t.lockedAfter(ctx, w.v, w.kind, r.ID, r.touched, deniedField(name))); err != nil {
				return nil, nil, nil, err
			}
			break
		}
	}
	return done, refused, why, nil
}

var outOfReach = fault.New(fault.Denied, "out_of_reach", "after this change the record would no longer be yours to edit")

// outcomes is outcome for many records with one statement.
func (t *tx) outcomes(ctx context.Context, v *view, rules *policy.Reduction, rows []massRow) (map[policy.ID]policy.Outcome, error) {
	out := make(map[policy.ID]policy.Outcome, len(rows))
	if rules.None() {
		return out, nil
	}
	q := (&shape{v: v, read: rules}).list(len(rows))
	for _, r := range rows {
		q.IDs = append(q.IDs, r.ID)
	}
	q.Plan = sqlgen.Walk
	list, err := t.fetch(ctx, q)
	for _, row := range list {
		out[row.id] = rules.Outcome(row.answer)
	}
	return out, err
}

// lockMany is lockRecord for many, always in one order.
func (t *tx) lockMany(ctx context.Context, kind *records.Kind, ids []policy.ID, remove bool) error {
	if t.db.dialect == SQLite {
		return nil
	}
	mode := " FOR NO KEY UPDATE"
	if remove {
		mode = " FOR UPDATE"
	}
	_, err := t.exec(ctx, "SELECT 1 FROM "+kind.Table+" WHERE tenant_id = $1 AND id IN "+t.listed(2)+" ORDER BY id"+mode, t.actor.Tenant, idList(ids))
	return err
}

func (t *tx) wholeMany(ctx context.Context, w *massWriter, rows []massRow) (map[policy.ID]wholeRow, error) {
	ids := make([]policy.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	found, err := t.wholeOf(ctx, t.actor.Tenant, w.schema, "id IN "+t.listed(2), idList(ids))
	out := make(map[policy.ID]wholeRow, len(found))
	for _, one := range found {
		out[one.id] = one
	}
	return out, err
}

// entries are what the audit keeps: one for each record, as if it had been changed by itself.
func (w *massWriter) entries(done []massRow) []audit.Entry {
	entries := make([]audit.Entry, len(done))
	rules := w.v.bound.Reduce(w.action(), w.kind.Name)
	for i, r := range done {
		detail := map[string]any{}
		for name, value := range w.about {
			detail[name] = value
		}
		if w.id != 0 {
			detail["mass"] = w.id
		}
		entries[i] = audit.Entry{Action: audit.Action(w.action()), Kind: w.kind.Name, Record: r.ID, Rules: w.v.ruleIDs(rules.Opened(r.row.answer)), Detail: detail}
		if !w.remove {
			diff := audit.Diff(w.schema, r.before, r.after)
			entries[i].Fields, entries[i].Detail["changes"] = audit.Names(diff), diff
		}
	}
	return entries
}

// undoing is what is kept of a record that was changed: the touched fields before and after, as
// they stand on the wire.
type undoing struct {
	Before map[string]json.RawMessage `json:"before"`
	After  map[string]json.RawMessage `json:"after"`
}

func (w *massWriter) undoing(r *massRow) (string, error) {
	u := undoing{Before: map[string]json.RawMessage{}, After: map[string]json.RawMessage{}}
	for name := range r.touched {
		f := w.kind.Field(name)
		for into, values := range map[*map[string]json.RawMessage]map[string]policy.Value{&u.Before: r.before, &u.After: r.after} {
			raw, err := json.Marshal(f.Wire(values[name]))
			if err != nil {
				return "", err
			}
			(*into)[name] = raw
		}
	}
	return jsonText(u)
}
