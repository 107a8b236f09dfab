package store

import (
	"context"
	"maps"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/mark"
	"guan/policy"
	"guan/records"
)

// recordWriter writes the rows of an import as records of a kind, within one transaction.
type recordWriter struct {
	t    *tx
	v    *view
	run  *importing
	plan *importPlan

	schema *policy.KindSchema
	create *policy.Reduction
	found  lookup
	also   []string                // fields given beside the plan's
	homes  map[policy.ID]policy.ID // people to their home units
	looked *answers                // nil before they are needed
}

func newRecordWriter(t *tx, v *view, run *importing) (*recordWriter, error) {
	kind := v.catalog.Kind(run.kind)
	if kind == nil || v.bound.Reduce(policy.Create, kind.Name).None() && v.bound.Reduce(policy.Edit, kind.Name).None() {
		return nil, noKind
	}
	w := &recordWriter{t: t, v: v, run: run, schema: v.catalog.Schema().Kind(kind.Name), create: v.bound.Reduce(policy.Create, kind.Name),
		found: lookup{}, homes: map[policy.ID]policy.ID{}}
	known := v.knownFields(kind)
	var err error
	w.plan, err = newPlan(run.Mapping, kind, v.catalog, run.table.Header(), run.Cells, func(f *records.Field) bool {
		return known[f.Name] != nil || mayWrite(w.create, w.schema.Field(f.Name))
	})
	return w, err
}

func (w *recordWriter) rows(ctx context.Context, list []sourceRow) error {
	if err := w.constantRefs(ctx); err != nil {
		return err
	}
	list, err := w.run.dropCanaries(ctx, w.t, list)
	if err != nil {
		return err
	}
	var group []*importRow
	named := map[string]bool{} // by what the rows of the group can be referred to
	for _, source := range list {
		w.run.tally.Rows++
		r := w.plan.read(source)
		if r.skip {
			w.run.tally.Rows--
			continue
		}
		// A row that refers to one before it waits until that one is written.
		if slices.ContainsFunc(r.refs, func(ref refCell) bool {
			return ref.column.field.Ref == w.plan.kind.Name && named[ref.column.By+" "+ref.text]
		}) {
			if err := w.group(ctx, group); err != nil {
				return err
			}
			group, named = nil, map[string]bool{}
		}
		group = append(group, r)
		for _, c := range w.plan.columns {
			if c.field.Ref == w.plan.kind.Name && c.by != nil {
				named[c.By+" "+r.given[c.By].Text()] = true
			}
		}
	}
	return w.group(ctx, group)
}

func (w *recordWriter) end(context.Context) error { return nil }

// group writes rows that do not refer to each other.
func (w *recordWriter) group(ctx context.Context, rows []*importRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := w.references(ctx, rows); err != nil {
		return err
	}
	existing, err := w.existing(ctx, rows)
	if err != nil {
		return err
	}
	var fresh []*importRow
	for _, r := range rows {
		matches, keyed := existing[r]
		switch {
		case len(r.problems) > 0:
		case !keyed && w.plan.key != nil && w.plan.key.Name == "id":
			r.wrong(w.plan.heading("id"), refMissing)
		case !keyed:
			fresh = append(fresh, r)
		case len(matches) > 1:
			r.wrong(w.plan.heading(w.plan.key.Name), refSeveral)
		default:
			if err := w.update(ctx, r, matches[0]); err != nil {
				return err
			}
		}
	}
	if fresh, err = w.distinct(ctx, fresh); err != nil {
		return err
	}
	if fresh, err = w.lookedAfter(ctx, fresh); err != nil {
		return err
	}
	if err := w.createAll(ctx, fresh); err != nil {
		return err
	}
	for _, r := range rows {
		if len(r.problems) > 0 {
			w.run.wrong(r.problems...)
		}
	}
	return nil
}

// existing finds the records that the rows' keys name, as the actor may see them.
func (w *recordWriter) existing(ctx context.Context, rows []*importRow) (map[*importRow][]fetched, error) {
	key := w.plan.key
	if key == nil {
		return nil, nil
	}
	var texts []string
	var ids []policy.ID
	for _, r := range rows {
		if r.key.Missing() {
			continue
		}
		text := r.key.Text()
		if key.Name == "id" {
			text = r.key.ID().String()
			ids = append(ids, r.key.ID())
		}
		if w.run.keys[text] {
			r.wrong(w.plan.heading(key.Name), fault.New(fault.Invalid, "key_double", "a row before it has the same key"))
		}
		w.run.keys[text] = true
		texts = append(texts, text)
	}
	names := []string{key.Name}
	for name := range w.fieldNames() {
		names = append(names, name)
	}
	s := w.v.shape(w.plan.kind, names)
	out := map[*importRow][]fetched{}
	found := map[string][]fetched{}
	if key.Name == "id" {
		list, err := w.t.fetchIDs(ctx, s, ids)
		if err != nil {
			return nil, err
		}
		for _, row := range list {
			found[row.id.String()] = []fetched{row}
		}
	} else {
		var err error
		if found, err = w.t.matching(ctx, w.v, s, key, texts); err != nil {
			return nil, err
		}
	}
	var seen []policy.ID
	for _, r := range rows {
		text := r.key.Text()
		if key.Name == "id" && !r.key.Missing() {
			text = r.key.ID().String()
		}
		if list := found[text]; len(list) > 0 && !r.key.Missing() {
			out[r] = list
			for _, row := range list {
				seen = append(seen, row.id)
			}
		}
	}
	w.run.note(w.plan.kind.Name, seen)
	return out, nil
}

func (w *recordWriter) fieldNames() map[string]bool {
	names := map[string]bool{}
	for i := range w.plan.columns {
		names[w.plan.columns[i].field.Name] = true
	}
	for name := range w.plan.constants {
		names[name] = true
	}
	for _, name := range w.also {
		names[name] = true
	}
	return names
}

// update brings a row onto the record that its key names. Whether each field may be written is
// asked before it is compared, so that nobody learns by trial that a value is right.
func (w *recordWriter) update(ctx context.Context, r *importRow, row fetched) error {
	s := w.v.shape(w.plan.kind, nil)
	read := s.read.Outcome(row.answer)
	edit := w.v.bound.Reduce(policy.Edit, w.plan.kind.Name).Outcome(row.answer)
	if !edit.Allowed {
		r.wrong("", w.v.barred(w.plan.kind, &row, policy.Edit))
		return nil
	}
	given := map[string]policy.Value{}
	wanted, err := w.t.sealed(ctx, w.plan.kind, row.id, r.given)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		f, value := w.schema.Field(name), wanted[name]
		switch {
		case name == w.plan.key.Name, w.plan.keepEmpty && r.empty[name]:
		case read.Level(f) != policy.Plain || !edit.Editable(f):
			w.plan.wrongAt(r, fault.From(w.v.locked(w.plan.kind, &row, read, name)))
		case sameButWritten(w.plan.kind.Field(name), value, row.values[name]): // as an export may have written it
		case !value.Equal(row.values[name]) && !(value.Missing() && row.values[name].Missing()):
			given[name] = value
		}
	}
	if len(r.problems) > 0 {
		return nil
	}
	if len(given) == 0 {
		w.run.tally.Unchanged++
		return nil
	}
	err = w.t.within(ctx, func() error {
		_, err := w.t.edit(ctx, w.v, w.plan.kind, Target{ID: row.id, Version: row.version}, given)
		return err
	})
	if err != nil {
		f, own := rowFault(w.t.db.fault(err))
		if !own {
			return err
		}
		w.plan.wrongAt(r, f)
		return nil
	}
	w.run.tally.Updated++
	was := map[string]policy.Value{}
	for name := range given {
		was[name] = row.values[name]
	}
	w.run.journal = append(w.run.journal, journalRow{row: r.number, record: row.id, version: row.version + 1, was: w.wire(was), became: w.wire(given)})
	return nil
}

// sameButWritten reports whether two texts are the same but for the way in which an export writes them.
func sameButWritten(f *records.Field, a, b policy.Value) bool {
	return formOf(f) == mark.Prose && !a.Missing() && !b.Missing() && mark.Same(a.Text(), b.Text())
}

func (w *recordWriter) wire(values map[string]policy.Value) map[string]any {
	out := make(map[string]any, len(values))
	for name, v := range values {
		out[name] = w.plan.kind.Field(name).Wire(v)
	}
	return out
}

// createAll writes new records, as create does one: the rules are asked what may be written at
// all, and again of each record as it stands. A record that is refused is taken out and the rest
// written anew.
func (w *recordWriter) createAll(ctx context.Context, rows []*importRow) error {
	ids, err := w.t.newIDs(ctx, len(rows))
	if err != nil {
		return err
	}
	var list []*importRow
	made := map[*importRow]newRecord{}
	for i, r := range rows {
		// Where empty cells empty nothing they fill nothing either: a new record has its defaults.
		for name := range r.empty {
			if w.plan.keepEmpty && r.empty[name] {
				delete(r.given, name)
			}
		}
		values, err := w.prepare(ctx, r, ids[i])
		if err != nil {
			return err
		}
		if len(r.problems) == 0 {
			made[r] = newRecord{ids[i], values}
			list = append(list, r)
		}
	}
	return w.write(ctx, list, made)
}

// write writes prepared records. When one of them is refused, by the rules or by the database, what
// was written is undone and the others are written anew.
func (w *recordWriter) write(ctx context.Context, list []*importRow, made map[*importRow]newRecord) error {
	if len(list) == 0 {
		return nil
	}
	refused := false
	err := w.t.within(ctx, func() (err error) {
		if err = w.insert(ctx, list, made); err != nil {
			return err
		}
		var opened map[policy.ID][]int
		if refused, opened, err = w.refuse(ctx, list, made); err == nil && refused {
			err = errUndo
		}
		if err != nil {
			return err
		}
		return w.audit(ctx, list, made, opened)
	})
	switch {
	case err == nil:
		w.run.tally.Created += int64(len(list))
		for _, r := range list {
			w.run.journal = append(w.run.journal, journalRow{row: r.number, record: made[r].id, version: 1, made: true})
		}
		return nil
	case refused:
		return w.write(ctx, slices.DeleteFunc(list, func(r *importRow) bool { return len(r.problems) > 0 }), made)
	}
	f, own := rowFault(w.t.db.fault(err))
	switch {
	case !own:
		return err
	case len(list) == 1:
		w.plan.wrongAt(list[0], f)
		return nil
	}
	half := len(list) / 2 // the database refused one of them: which?
	if err := w.write(ctx, slices.Clone(list[:half]), made); err != nil {
		return err
	}
	return w.write(ctx, slices.Clone(list[half:]), made)
}

// prepare completes the values of a new record and checks them.
func (w *recordWriter) prepare(ctx context.Context, r *importRow, id policy.ID) (map[string]policy.Value, error) {
	if w.create.None() {
		err := error(notAllowed)
		if lifted := w.v.liftedFor(policy.Create, w.plan.kind.Name); lifted != nil && !lifted.None() {
			err = asksTo(policy.Create)
		}
		r.wrong("", err)
		return nil, nil
	}
	values := make(map[string]policy.Value, len(r.given)+8)
	for _, name := range slices.Sorted(maps.Keys(r.given)) {
		if !mayWrite(w.create, w.schema.Field(name)) {
			w.plan.wrongAt(r, fault.From(deniedField(name)))
		}
		if v := r.given[name]; !v.Missing() {
			values[name] = v
		}
	}
	// place, with the home units at hand.
	given := maps.Clone(r.given)
	_, unit := given["unit"]
	given["unit"] = given["unit"]
	if err := w.t.place(ctx, w.v, w.plan.kind, id, given, values); err != nil {
		return nil, err
	}
	if owner := values["owner"]; !unit && w.plan.kind.Owner == "owner" && !owner.Missing() {
		home, known := w.homes[owner.ID()]
		if !known {
			var err error
			if home, err = w.t.homeUnit(ctx, owner.ID()); err != nil {
				return nil, err
			}
			w.homes[owner.ID()] = home
		}
		if home != 0 {
			values["unit"] = policy.RefOf(home)
		}
	}
	w.plan.kind.Complete(values)
	if err := w.plan.kind.Check(values, nil); err != nil {
		w.plan.wrongAt(r, fault.From(err))
	} else if err := w.plan.kind.CheckMove("", values["stage"].Text(), values); err != nil {
		w.plan.wrongAt(r, fault.From(err))
	} else if err := w.plan.kind.CheckRetired(nil, r.given); err != nil {
		w.plan.wrongAt(r, fault.From(err))
	}
	return values, nil
}

func (w *recordWriter) insert(ctx context.Context, list []*importRow, made map[*importRow]newRecord) error {
	rows := make([]newRecord, len(list))
	for i, r := range list {
		rows[i] = made[r]
	}
	return w.t.insertRecords(ctx, w.plan.kind, rows)
}

// audit keeps an entry of each record that was made; opened are the rules by which, where these are not all alike.
func (w *recordWriter) audit(ctx context.Context, list []*importRow, made map[*importRow]newRecord, opened map[policy.ID][]int) error {
	entries := make([]audit.Entry, len(list))
	for i, r := range list {
		changes, why := audit.Diff(w.schema, nil, made[r].values), w.v.ruleIDs(opened[made[r].id])
		if opened == nil {
			why = w.v.rulesOf(w.create)
		}
		entries[i] = audit.Entry{Action: audit.Action(policy.Create), Kind: w.plan.kind.Name, Record: made[r].id, Rules: why, Fields: audit.Names(changes), Detail: map[string]any{"changes": changes}}
	}
	return w.t.auditAll(ctx, entries)
}

// refuse asks the rules of creating of the records as they stand, marks the rows that may not be, and says of each
// record which rules let it through: nil where everything may be created alike.
func (w *recordWriter) refuse(ctx context.Context, list []*importRow, made map[*importRow]newRecord) (refused bool, opened map[policy.ID][]int, err error) {
	refused, err = w.strangers(ctx, list, made)
	if err != nil || w.create.All() { // everything may be created alike: mayWrite has said it all
		return refused, nil, err
	}
	ids := make([]policy.ID, len(list))
	for i, r := range list {
		ids[i] = made[r].id
	}
	found, err := w.t.fetchIDs(ctx, &shape{v: w.v, read: w.create}, ids)
	if err != nil {
		return false, nil, err
	}
	outcomes := map[policy.ID]policy.Outcome{}
	opened = map[policy.ID][]int{}
	for _, row := range found {
		outcomes[row.id], opened[row.id] = w.create.Outcome(row.answer), w.create.Opened(row.answer)
	}
	for _, r := range list {
		outcome := outcomes[made[r].id]
		if !outcome.Allowed {
			refusal, err := w.t.uncreated(ctx, w.v, w.plan.kind, made[r].id)
			if err != nil {
				return false, nil, err
			}
			r.wrong("", refusal)
		}
		for _, name := range slices.Sorted(maps.Keys(r.given)) {
			if outcome.Allowed && !outcome.Editable(w.schema.Field(name)) {
				w.plan.wrongAt(r, fault.From(deniedField(name)))
			}
		}
		refused = refused || len(r.problems) > 0
	}
	return refused, opened, nil
}

// constantRefs asks whether the ends of constant references are there for the actor.
func (w *recordWriter) constantRefs(ctx context.Context) error {
	for name, v := range w.plan.constants {
		f := w.plan.kind.Field(name)
		if f.Type != records.Ref || v.Missing() {
			continue
		}
		there, err := w.there(ctx, f.Ref, []policy.ID{v.ID()})
		if err != nil {
			return err
		}
		if !there[v.ID()] {
			return refMissing.WithAt("constants." + name)
		}
	}
	return nil
}
