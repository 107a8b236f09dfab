package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"guan/audit"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// link names what the plain references of the items point at: people, units and pools as the
// company's directory has them, since a name is part of the record that carries it; records of
// other kinds only where the reader may read them and their title is plain.
func (t *rtx) link(ctx context.Context, v *view, kind *records.Kind, items []Item) error {
	wanted := map[policy.Kind][]policy.ID{}
	for i := range items {
		for name, value := range items[i].plain {
			if f := kind.Field(name); f.Type == records.Ref && f.Name != "id" && !value.Missing() {
				wanted[f.Ref] = append(wanted[f.Ref], value.ID())
			}
		}
	}
	titles := map[policy.Kind]map[policy.ID]string{}
	for to, ids := range wanted {
		slices.Sort(ids)
		var err error
		if titles[to], err = t.titles(ctx, v, to, slices.Compact(ids)); err != nil {
			return err
		}
	}
	for i := range items {
		for name, value := range items[i].plain {
			if f := kind.Field(name); f.Type == records.Ref && f.Name != "id" && !value.Missing() {
				items[i].Refs[name] = Link{ID: value.ID(), Title: titles[f.Ref][value.ID()]}
			}
		}
	}
	return nil
}

func (t *rtx) titles(ctx context.Context, v *view, kind policy.Kind, ids []policy.ID) (map[policy.ID]string, error) {
	out := make(map[policy.ID]string, len(ids))
	switch kind {
	case records.RefUnit:
		for _, id := range ids {
			if u, ok := v.tree.Unit(id); ok {
				out[id] = u.Name
			}
		}
		return out, nil
	case records.RefPool:
		for _, p := range v.pools {
			if slices.Contains(ids, p.ID) {
				out[p.ID] = p.Name
			}
		}
		return out, nil
	case records.RefPerson:
		return out, t.directoryNames(ctx, v.tenant, ids, out)
	}
	described := v.catalog.Kind(kind)
	if described == nil {
		return out, nil
	}
	items, err := t.readable(ctx, v, described, ids)
	for i := range items {
		it := &items[i]
		if title, ok := it.Fields[described.Title].(string); ok {
			out[it.ID] = title
			v.tells(kind, it)
		}
	}
	return out, err
}

// tells notes that the title of a record is shown beside another.
func (v *view) tells(kind policy.Kind, it *Item) {
	v.named = append(v.named, mention{kind, it.ID})
	if v.namedBy == nil {
		v.namedBy = map[policy.Kind][]int{}
	}
	v.namedBy[kind] = append(v.namedBy[kind], it.why...)
}

// mention is a record of which somebody saw the title beside another that refers to it.
type mention struct {
	kind policy.Kind
	id   policy.ID
}

// with adds to the entry of a read one for each kind of which titles were shown beside it: seeing
// whom a contact belongs to is seeing something of the customer.
func (v *view) with(entry audit.Entry) []audit.Entry {
	entries := []audit.Entry{entry}
	at := map[policy.Kind]int{}
	for _, m := range v.named {
		i, ok := at[m.kind]
		if !ok {
			i = len(entries)
			at[m.kind] = i
			entries = append(entries, audit.Entry{Action: audit.List, Kind: m.kind, Epoch: v.epoch, Rules: v.ruleIDs(slices.Clone(v.namedBy[m.kind])),
				Fields: []string{v.catalog.Kind(m.kind).Title}, Detail: map[string]any{"beside": string(entry.Kind)}})
		}
		entries[i].Records = append(entries[i].Records, m.id)
	}
	return entries
}

// readable gives, of the ids, the records that the actor may read, with their titles.
func (t *rtx) readable(ctx context.Context, v *view, kind *records.Kind, ids []policy.ID) ([]Item, error) {
	items, _, err := t.readableAndHeard(ctx, v, kind, ids)
	return items, err
}

// readableAndHeard also says of which of them the actor sees what was said and sent below them.
func (t *rtx) readableAndHeard(ctx context.Context, v *view, kind *records.Kind, ids []policy.ID) (items []Item, heard map[policy.ID]bool, err error) {
	s := v.shape(kind, []string{kind.Title})
	s.also = nil
	heard = map[policy.ID]bool{}
	if s.read.None() {
		return nil, heard, nil
	}
	for chunk := range slices.Chunk(ids, 500) {
		q := s.list(len(chunk))
		q.IDs, q.Plan = chunk, sqlgen.Walk
		rows, err := t.fetch(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range rows {
			items = append(items, s.item(row))
			heard[row.id] = talks(s.schema, s.read.Outcome(row.answer).Level)
		}
	}
	return items, heard, nil
}

// directoryNames reads the names of people without asking who may list them: whoever sees a
// record sees the name of its owner.
func (t *rtx) directoryNames(ctx context.Context, tenant policy.ID, ids []policy.ID, out map[policy.ID]string) error {
	list, err := json.Marshal(idNumbers(ids))
	if err != nil {
		return err
	}
	return t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var name string
		err := rows.Scan(&id, &name)
		out[id] = name
		return err
	}, "SELECT id, name FROM person WHERE tenant_id = $1 AND id IN "+t.listed(2), tenant, string(list))
}

func idNumbers(ids []policy.ID) []int64 {
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = int64(id)
	}
	return out
}
