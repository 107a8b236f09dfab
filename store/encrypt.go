package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
	"guan/vault"
)

// Below the gate a field that is kept encrypted has, everywhere in the program, the value that stands for it:
// writes turn what was given into that before they compare or write anything (sealed), and what was kept of a
// write in undo lists, requests and journals holds it too. Reads open a value in one place, unseal, and only for
// whom it is plain.

// encrypting is what a write has sealed.
type encrypting struct {
	keys  *vault.Keys
	list  []unsaved
	gone  []vault.Place
	old   []vaultKey // in whose place others came
	index indexState
}

// unsaved is a value that goes into the vault before the transaction commits.
type unsaved struct {
	vaultKey
	value string
}

// sealed gives values in which what stands for them takes the place of those that are kept encrypted. Record is
// where they stand, 0 for what is not a record yet. What stands for a value already passes.
func (t *tx) sealed(ctx context.Context, kind *records.Kind, record policy.ID, given map[string]policy.Value) (map[string]policy.Value, error) {
	given, err := t.renewed(ctx, t.actor.Tenant, kind.Name, record, given)
	if err != nil {
		return nil, err
	}
	out, own := given, false
	for _, f := range kind.Fields {
		v := given[f.Name]
		if !f.Encrypted || v.Missing() || records.Stands(v) {
			continue
		}
		k, err := t.keysToSeal(ctx)
		if err != nil {
			return nil, err
		}
		stand, err := standFor(k, kind.Name, f, v)
		if err != nil {
			return nil, err
		}
		if !own {
			out, own = maps.Clone(given), true
		}
		out[f.Name] = stand
		key := vaultKey{vault.Place{Kind: string(kind.Name), Field: f.Name, Record: int64(record)}, records.IndexOf(stand)}
		t.encrypting.list = append(t.encrypting.list, unsaved{key, v.Text()})
	}
	return out, nil
}

// standFor is what stands for a value of a field.
func standFor(k *vault.Keys, kind policy.Kind, f *records.Field, v policy.Value) (policy.Value, error) {
	index, err := k.Index(string(kind), f.Name, v.Text())
	return f.Stand(index, v), err
}

// standsFor is what may stand for a value of a field: several while the key of the index is rotated.
func standsFor(k *vault.Keys, kind policy.Kind, f *records.Field, v policy.Value) ([]string, error) {
	indexes, err := k.Indexes(string(kind), f.Name, v.Text())
	out := make([]string, len(indexes))
	for i, index := range indexes {
		out[i] = f.Stand(index, v).Text()
	}
	return out, err
}

// save writes what was sealed into the vault. It comes last before the commit.
func (t *tx) save(ctx context.Context) error {
	if len(t.encrypting.list) == 0 {
		return nil
	}
	k, err := t.keysToSeal(ctx)
	if err != nil {
		return err
	}
	done := map[vaultKey]bool{}
	list := make([]vaultEntry, 0, len(t.encrypting.list))
	for _, u := range t.encrypting.list {
		if done[u.vaultKey] {
			continue
		}
		done[u.vaultKey] = true
		sealed, err := k.Seal(u.place, u.value)
		if err != nil {
			return err
		}
		list = append(list, vaultEntry{u.place, u.index, sealed})
	}
	return t.db.values.put(ctx, t.actor.Tenant, k.IndexNumber(), list)
}

// forgotten removes from the vault what a committed write has no use for any more. What could not be removed lies
// there encrypted, and nothing points at it.
func (t *tx) forgotten(ctx context.Context) {
	for _, p := range t.encrypting.gone {
		_ = t.db.values.forget(context.WithoutCancel(ctx), t.actor.Tenant, p)
	}
	if len(t.encrypting.old) > 0 {
		_ = t.db.values.drop(context.WithoutCancel(ctx), t.actor.Tenant, t.encrypting.old)
	}
}

// unseal opens the values of a page that are plain for its reader. Faults: Internal (sealed_broken) at the field.
func (t *rtx) unseal(ctx context.Context, q *sqlgen.List, rows []fetched) error {
	var fields []*policy.Field
	for _, f := range q.Columns {
		if f.Encrypted {
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	var wanted []toOpen
	for i := range rows {
		row := &rows[i]
		if !slices.ContainsFunc(fields, func(f *policy.Field) bool { return records.Stands(row.values[f.Name]) }) {
			continue
		}
		outcome := q.Read.Outcome(row.answer)
		for _, f := range fields {
			if v := row.values[f.Name]; records.Stands(v) && outcome.Level(f) == policy.Plain {
				wanted = append(wanted, toOpen{row, f.Name, v})
			}
		}
	}
	return t.openAll(ctx, q.Tenant, q.Read.Kind.Name, wanted)
}

// toOpen is a value of a row that is to be opened.
type toOpen struct {
	row   *fetched
	field string
	stand policy.Value
}

func (t *rtx) openAll(ctx context.Context, tenant policy.ID, kind policy.Kind, wanted []toOpen) error {
	if len(wanted) == 0 {
		return nil
	}
	refs := make([]vaultKey, len(wanted))
	for i, w := range wanted {
		refs[i] = vaultKey{vault.Place{Kind: string(kind), Field: w.field, Record: int64(w.row.id)}, records.IndexOf(w.stand)}
	}
	opened, err := t.opened(ctx, tenant, kind, refs)
	if err != nil {
		return err
	}
	for i, w := range wanted {
		if w.row.opened == nil {
			w.row.opened = map[string]policy.Value{}
		}
		w.row.opened[w.field] = policy.TextOf(opened[i])
	}
	return nil
}

// opened opens values of a kind where they stand. A value whose index is another than what stands for it was put
// in its place by somebody, and is not shown.
func (t *rtx) opened(ctx context.Context, tenant policy.ID, kind policy.Kind, refs []vaultKey) ([]string, error) {
	out := make([]string, len(refs))
	var left []int
	var ids []policy.ID
	for i, ref := range refs {
		if value, ok := t.unsavedValue(ref); ok {
			out[i] = value
			continue
		}
		left = append(left, i)
		if id := policy.ID(ref.place.Record); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(left) == 0 {
		return out, nil
	}
	// The keysets may be rotated, and what they sealed sealed anew, between one read and the other.
	var err error
	for range 2 {
		if err = t.openSome(ctx, tenant, kind, ids, refs, left, out); err == nil {
			return out, nil
		}
	}
	return nil, err
}

func (t *rtx) openSome(ctx context.Context, tenant policy.ID, kind policy.Kind, ids []policy.ID, refs []vaultKey, left []int, out []string) error {
	found, err := t.db.values.get(ctx, tenant, string(kind), ids)
	if err != nil {
		return err
	}
	// Read after the values: keysets that are newer open what older ones sealed.
	k, err := t.newestKeys(ctx, tenant)
	if err != nil {
		return err
	}
	for _, i := range left {
		ref := refs[i]
		sealed, ok := found[ref]
		if !ok {
			return vault.Broken(ref.place)
		}
		value, err := k.Open(ref.place, sealed)
		if err != nil {
			return err
		}
		if indexes, err := k.Indexes(string(kind), ref.place.Field, value); err != nil || !slices.Contains(indexes, ref.index) {
			return vault.Broken(ref.place)
		}
		out[i] = value
	}
	return nil
}

// newestKeys reads the keysets as they are now, also within an older snapshot.
func (t *rtx) newestKeys(ctx context.Context, tenant policy.ID) (*vault.Keys, error) {
	if t.encrypting != nil {
		return t.keys(ctx, tenant) // a write has no snapshot, and the only connection on SQLite
	}
	return t.db.single().keys(ctx, tenant)
}

func (t *rtx) unsavedValue(ref vaultKey) (string, bool) {
	if t.encrypting != nil {
		for _, u := range t.encrypting.list {
			if u.vaultKey == ref {
				return u.value, true
			}
		}
	}
	return "", false
}

// shown is the value of a field as its reader sees it where it is plain.
func (row *fetched) shown(field string) policy.Value {
	if v, ok := row.opened[field]; ok {
		return v
	}
	return row.values[field]
}

// kept gives fields in the form in which they may be written down: what stands for them in place of values that
// are kept encrypted.
func (t *tx) kept(ctx context.Context, kind *records.Kind, record policy.ID, fields Fields) (Fields, error) {
	out := maps.Clone(fields)
	for name, raw := range fields {
		f := kind.Field(name)
		if f == nil || !f.Encrypted {
			continue
		}
		v, err := f.ParseKept(raw)
		if err != nil {
			return nil, err
		}
		values, err := t.sealed(ctx, kind, record, map[string]policy.Value{name: v})
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(f.Wire(values[name]))
		if err != nil {
			return nil, err
		}
		out[name] = text
	}
	return out, nil
}

// unkept gives fields that were written down as they were given.
func (t *rtx) unkept(ctx context.Context, tenant policy.ID, kind *records.Kind, record policy.ID, fields Fields) (Fields, error) {
	if kind == nil {
		return fields, nil
	}
	out := maps.Clone(fields)
	for name, raw := range fields {
		f := kind.Field(name)
		if f == nil || !f.Encrypted {
			continue
		}
		v, err := f.ParseKept(raw)
		if err != nil || !records.Stands(v) {
			continue
		}
		ref := vaultKey{vault.Place{Kind: string(kind.Name), Field: name, Record: int64(record)}, records.IndexOf(v)}
		opened, err := t.opened(ctx, tenant, kind.Name, []vaultKey{ref})
		if err != nil {
			return nil, err
		}
		if out[name], err = json.Marshal(opened[0]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// indexed gives a filter that compares encrypted fields with what stands for the values that it names.
func (v *view) indexed(kind *records.Kind, cond *policy.Cond) (*policy.Cond, error) {
	return policy.WithTexts(v.catalog.Schema().Kind(kind.Name), cond, func(field *policy.Field, text string) ([]string, error) {
		if v.keys == nil {
			return nil, noKeys
		}
		f := kind.Field(field.Name)
		value := policy.TextOf(text)
		if normal, err := f.Normal(value); err == nil && !normal.Missing() {
			value = normal
		}
		return standsFor(v.keys, kind.Name, f, value)
	})
}

// standing gives what stands for texts of a field, to look for them.
func (t *rtx) standing(ctx context.Context, tenant policy.ID, kind *records.Kind, f *records.Field, texts []string) ([]string, error) {
	k, err := t.keys(ctx, tenant)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, text := range texts {
		stands, err := standsFor(k, kind.Name, f, policy.TextOf(text))
		if err != nil {
			return nil, err
		}
		out = append(out, stands...)
	}
	return out, nil
}

// carry opens what stands for values of one record among values for another, where they will be sealed anew.
func (t *tx) carry(ctx context.Context, kind *records.Kind, from policy.ID, given map[string]policy.Value) error {
	var refs []vaultKey
	for name, v := range given {
		if f := kind.Field(name); f.Encrypted && records.Stands(v) {
			refs = append(refs, vaultKey{vault.Place{Kind: string(kind.Name), Field: name, Record: int64(from)}, records.IndexOf(v)})
		}
	}
	opened, err := t.opened(ctx, t.actor.Tenant, kind.Name, refs)
	if err != nil {
		return err
	}
	for i, ref := range refs {
		given[ref.place.Field] = policy.TextOf(opened[i])
	}
	return nil
}

// keepable refuses a filter that would be written down with a value of an encrypted field in it.
func (v *view) keepable(kind policy.Kind, filter string) error {
	if filter == "" || v.catalog.Kind(kind) == nil {
		return nil
	}
	cond, err := policy.ParseCEL(v.catalog.Schema(), kind, filter)
	if err != nil {
		return nil // what is wrong with it is said elsewhere
	}
	if p := policy.KeepsValue(v.catalog.Schema(), kind, cond); p != nil {
		return filterKept
	}
	return nil
}

var filterKept = fault.New(fault.Invalid, "encrypted_kept", "the filter compares a field that is kept encrypted with a value, which would be written down in plain: choose the records by something else").WithAt("filter")
