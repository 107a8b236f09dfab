package store

import (
	"context"
	"database/sql"
	"slices"

	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// Lookups of an import go through the gate: a record is found by a text only where the actor may
// read it and the text is plain on it. Otherwise the answer is that of a record that does not
// exist.

var (
	refMissing = fault.New(fault.Invalid, "ref_missing", "there is no such record")
	refSeveral = fault.New(fault.Invalid, "ref_several", "several records have this text: name it by another field or by its id")
)

// matching finds records by the text of a field: the ids for each text, those that have several
// too.
func (t *tx) matching(ctx context.Context, v *view, s *shape, f *records.Field, texts []string) (map[string][]fetched, error) {
	out := map[string][]fetched{}
	if s.read.None() || len(texts) == 0 {
		return out, nil
	}
	if f.Encrypted {
		var err error
		if texts, err = t.standing(ctx, v.tenant, s.kind, f, texts); err != nil {
			return nil, err
		}
	}
	list, err := jsonText(texts)
	if err != nil {
		return nil, err
	}
	var ids []policy.ID
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, t.pick(
		"SELECT id FROM "+s.kind.Table+" WHERE tenant_id = $1 AND "+f.Column+" IN (SELECT value FROM json_each($2))",
		"SELECT id FROM "+s.kind.Table+" WHERE tenant_id = $1 AND "+f.Column+" = ANY (ARRAY(SELECT json_array_elements_text($2::json)))"), v.tenant, list)
	if err != nil {
		return nil, err
	}
	field := s.schema.Field(f.Name)
	for chunk := range slices.Chunk(ids, batchRows) {
		rows, err := t.fetchIDs(ctx, s, chunk)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if text := row.shown(f.Name); s.read.Outcome(row.answer).Level(field) == policy.Plain && !text.Missing() {
				out[text.Text()] = append(out[text.Text()], row)
			}
		}
	}
	return out, nil
}

// fetchIDs reads, of the ids, the rows that the shape's gate lets through.
func (t *rtx) fetchIDs(ctx context.Context, s *shape, ids []policy.ID) ([]fetched, error) {
	if len(ids) == 0 || s.read.None() {
		return nil, nil
	}
	q := s.list(len(ids))
	q.IDs, q.Plan = ids, sqlgen.Walk
	return t.fetch(ctx, q)
}

// lookup is what is known of the references of one transaction: by kind and field, text to id; 0
// where there is no such record, -1 where there are several.
type lookup map[refKey]map[string]policy.ID

type refKey struct {
	kind policy.Kind
	by   string
}

const several policy.ID = -1

// lookupMax bounds how many texts are remembered.
const lookupMax = 100_000

// references looks up all references of some rows and puts them among the given fields.
func (w *recordWriter) references(ctx context.Context, rows []*importRow) error {
	wanted := map[refKey][]string{}
	for _, r := range rows {
		for _, ref := range r.refs {
			if ref.column.by != nil {
				key := refKey{ref.column.field.Ref, ref.column.By}
				wanted[key] = append(wanted[key], ref.text)
			}
		}
	}
	for key, texts := range wanted {
		if err := w.look(ctx, key, texts); err != nil {
			return err
		}
	}
	for _, r := range rows {
		for _, ref := range r.refs {
			switch id := w.refer(ref); id {
			case 0:
				r.wrong(ref.column.Column.Column, refMissing)
			case several:
				r.wrong(ref.column.Column.Column, refSeveral)
			default:
				r.given[ref.column.field.Name] = policy.RefOf(id)
			}
		}
	}
	return w.present(ctx, rows)
}

func (w *recordWriter) refer(ref refCell) policy.ID {
	switch ref.column.field.Ref {
	case records.RefUnit:
		id, _ := w.v.tree.Find(ref.text)
		return id
	case records.RefPool:
		for _, p := range w.v.pools {
			if p.Name == ref.text {
				return p.ID
			}
		}
		return 0
	}
	return w.found[refKey{ref.column.field.Ref, ref.column.By}][ref.text]
}

// look fills the lookup for texts that are not known yet.
func (w *recordWriter) look(ctx context.Context, key refKey, texts []string) error {
	known := w.found[key]
	if known == nil || len(known) > lookupMax || key.kind == w.plan.kind.Name {
		known = map[string]policy.ID{} // of the kind that is being imported there are ever new ones
		w.found[key] = known
	}
	slices.Sort(texts)
	texts = slices.DeleteFunc(slices.Compact(texts), func(text string) bool { _, ok := known[text]; return ok })
	other := w.v.catalog.Kind(key.kind)
	s := w.v.shape(other, []string{key.by})
	s.also = nil
	for chunk := range slices.Chunk(texts, batchRows) {
		found, err := w.t.matching(ctx, w.v, s, other.Field(key.by), chunk)
		if err != nil {
			return err
		}
		var ids []policy.ID
		for _, text := range chunk {
			rows := found[text]
			switch len(rows) {
			case 0:
				known[text] = 0
			case 1:
				known[text] = rows[0].id
			default:
				known[text] = several
			}
			for _, row := range rows {
				ids = append(ids, row.id)
			}
		}
		w.run.note(key.kind, ids)
		if err := w.t.holdRecords(ctx, other, ids); err != nil {
			return err
		}
	}
	return nil
}

// holdRecords keeps referred records from being removed before the commit.
func (t *tx) holdRecords(ctx context.Context, kind *records.Kind, ids []policy.ID) error {
	if t.db.dialect == SQLite || len(ids) == 0 {
		return nil
	}
	_, err := t.exec(ctx, "SELECT 1 FROM "+kind.Table+" WHERE tenant_id = $1 AND id IN "+t.listed(2)+" FOR KEY SHARE", t.actor.Tenant, idList(ids))
	return err
}

// present asks of the references that were given as ids whether their ends are there for the
// actor, as checkRefs does for one record.
func (w *recordWriter) present(ctx context.Context, rows []*importRow) error {
	for i := range w.plan.columns {
		c := &w.plan.columns[i]
		if c.field.Type != records.Ref || c.By != "" || c.field.Name == "id" {
			continue
		}
		var ids []policy.ID
		for _, r := range rows {
			if v := r.given[c.field.Name]; !v.Missing() {
				ids = append(ids, v.ID())
			}
		}
		there, err := w.there(ctx, c.field.Ref, ids)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if v := r.given[c.field.Name]; !v.Missing() && !there[v.ID()] {
				r.wrong(c.Column.Column, refMissing)
			}
		}
	}
	return nil
}

func (w *recordWriter) there(ctx context.Context, kind policy.Kind, ids []policy.ID) (map[policy.ID]bool, error) {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	there := map[policy.ID]bool{}
	switch kind {
	case records.RefUnit, records.RefPool:
		for _, id := range ids {
			ok, err := w.t.refers(ctx, w.v, kind, id)
			if err != nil {
				return nil, err
			}
			there[id] = ok
		}
		return there, nil
	case records.RefPerson:
		names := map[policy.ID]string{}
		err := w.t.directoryNames(ctx, w.v.tenant, ids, names)
		for id := range names {
			there[id] = true
		}
		return there, err
	}
	other := w.v.catalog.Kind(kind)
	items, err := w.t.readable(ctx, w.v, other, ids)
	if err != nil {
		return nil, err
	}
	var found []policy.ID
	for _, it := range items {
		there[it.ID] = true
		found = append(found, it.ID)
	}
	w.run.note(kind, found)
	return there, w.t.holdRecords(ctx, other, found)
}
