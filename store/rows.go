package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
	"guan/vault"
)

// This file writes the tables of the kinds. Nothing here asks whether the actor may: the callers
// have, in the same transaction.

// wholeRow is a record with everything in it, before any rule.
type wholeRow struct {
	id      policy.ID
	version int64
	values  map[string]policy.Value
	custom  map[string]json.RawMessage // also of fields that the tenant has removed since
}

// lockRecord keeps others from changing the row until commit; with remove also from pointing at
// it, which an edit lets them. It says nothing of whether there is one.
func (t *tx) lockRecord(ctx context.Context, kind *records.Kind, id policy.ID, remove bool) error {
	if t.db.dialect == SQLite {
		return nil
	}
	mode := " FOR NO KEY UPDATE"
	if remove {
		mode = " FOR UPDATE"
	}
	_, err := t.exec(ctx, "SELECT 1 FROM "+kind.Table+" WHERE tenant_id = $1 AND id = $2"+mode, t.actor.Tenant, id)
	return err
}

// whole reads a record past the gate, for the diff of a change and for explanations.
func (t *rtx) wholeOf(ctx context.Context, tenant policy.ID, schema *policy.KindSchema, where string, args ...any) ([]wholeRow, error) {
	var fields []*policy.Field
	columns := []string{"id", "version", "custom"}
	for _, f := range schema.Fields {
		switch {
		case f.Custom:
			continue
		case f.Type == policy.Place:
			columns = append(columns, f.Column+"_lat", f.Column+"_lng")
		default:
			columns = append(columns, f.Column)
		}
		fields = append(fields, f)
	}
	var out []wholeRow
	err := t.each(ctx, func(rows *sql.Rows) error {
		w := wholeRow{custom: map[string]json.RawMessage{}}
		cells := newCells(fields)
		var document []byte
		if err := rows.Scan(cells.targets([]any{&w.id, &w.version, &document})...); err != nil {
			return err
		}
		var err error
		if w.values, err = cells.values(); err != nil {
			return err
		}
		if err := json.Unmarshal(document, &w.custom); err != nil {
			return err
		}
		for _, f := range schema.Fields {
			if raw, ok := w.custom[f.Column]; ok && f.Custom {
				if w.values[f.Name], err = customValue(f, raw); err != nil {
					return err
				}
			}
		}
		out = append(out, w)
		return nil
	}, "SELECT "+strings.Join(columns, ", ")+" FROM "+schema.Table+" WHERE tenant_id = $1 AND "+where, append([]any{tenant}, args...)...)
	return out, err
}

func (t *tx) whole(ctx context.Context, schema *policy.KindSchema, id policy.ID) (wholeRow, error) {
	found, err := t.wholeOf(ctx, t.actor.Tenant, schema, "id = $2", id)
	if err != nil {
		return wholeRow{}, err
	}
	if len(found) == 0 {
		return wholeRow{}, noRecord
	}
	return found[0], nil
}

func customValue(f *policy.Field, raw json.RawMessage) (policy.Value, error) {
	if f.Type == policy.Text {
		var text string
		err := json.Unmarshal(raw, &text)
		return policy.TextOf(text), err
	}
	return valueOfText(f.Type, string(raw))
}

func customJSON(v policy.Value) (json.RawMessage, error) {
	switch v.Type() {
	case policy.Text:
		return json.Marshal(v.Text())
	case policy.Number:
		return json.Marshal(v.Float())
	case policy.Bool:
		return json.Marshal(v.Bool())
	case policy.Set:
		return json.Marshal(v.Items())
	}
	return json.Marshal(v.Int())
}

// assignment is a column with the value it gets.
type assignment struct {
	column string
	value  any
	json   bool // PostgreSQL wants a cast
	array  bool
}

// assignments lists the columns of the named fields; the custom document is the caller's.
func assignments(kind *records.Kind, values map[string]policy.Value, named func(string) bool) ([]assignment, error) {
	var out []assignment
	for _, f := range kind.Fields {
		if f.Custom || !named(f.Name) {
			continue
		}
		v := values[f.Name]
		switch f.Type {
		case records.Place:
			out = append(out, placeColumns(f, v)...)
		case records.ManyOf:
			items := v.Items()
			if items == nil {
				items = []string{}
			}
			text, err := json.Marshal(items)
			if err != nil {
				return nil, err
			}
			out = append(out, assignment{column: f.Column, value: string(text), json: true})
		default:
			out = append(out, assignment{column: f.Column, value: sqlgen.Bind(0, v)})
		}
	}
	return out, nil
}

func placeColumns(f *records.Field, v policy.Value) []assignment {
	out := make([]assignment, len(records.PlaceSuffixes))
	p := v.Point()
	for i, part := range []float64{p.Lat, p.Lng, p.X, p.Y, p.Z} {
		out[i] = assignment{column: f.Column + records.PlaceSuffixes[i]}
		if !v.Missing() {
			out[i].value = part
		}
	}
	return out
}

func (a assignment) placeholder(d Dialect, n int) string {
	text := fmt.Sprintf("$%d", n)
	switch {
	case d == Postgres && a.json:
		return text + "::jsonb"
	case d == Postgres && a.array:
		return text + "::text[]"
	}
	return text
}

// insertRecord writes a new record with its search documents.
func (t *tx) insertRecord(ctx context.Context, kind *records.Kind, id policy.ID, values map[string]policy.Value) error {
	values, err := t.sealed(ctx, kind, id, values)
	if err != nil {
		return err
	}
	set, err := assignments(kind, values, func(string) bool { return true })
	if err != nil {
		return err
	}
	set = slices.DeleteFunc(set, func(a assignment) bool { return a.column == "id" })
	custom := map[string]json.RawMessage{}
	for _, f := range kind.Fields {
		if v := values[f.Name]; f.Custom && !v.Missing() {
			if custom[f.Column], err = customJSON(v); err != nil {
				return err
			}
		}
	}
	document, err := json.Marshal(custom)
	if err != nil {
		return err
	}
	set = append([]assignment{{column: "tenant_id", value: t.actor.Tenant}, {column: "id", value: id}, {column: "version", value: 1},
		{column: "custom", value: string(document), json: true}}, set...)
	t.touch(kind, id, values)
	terms := kind.SearchTerms(values)
	set = append(set, t.searchColumns(kind, terms)...)
	columns, marks, args := make([]string, len(set)), make([]string, len(set)), make([]any, len(set))
	for i, a := range set {
		columns[i], marks[i], args[i] = a.column, a.placeholder(t.db.dialect, i+1), a.value
	}
	if _, err := t.exec(ctx, "INSERT INTO "+kind.Table+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...); err != nil {
		return err
	}
	return t.indexSearch(ctx, kind, id, terms, false)
}

// updateRecord writes the touched fields of a record that forWrite has locked.
func (t *tx) updateRecord(ctx context.Context, kind *records.Kind, before wholeRow, after map[string]policy.Value, touched map[string]bool) error {
	after, err := t.sealed(ctx, kind, before.id, after)
	if err != nil {
		return err
	}
	set, err := assignments(kind, after, func(name string) bool { return touched[name] })
	if err != nil {
		return err
	}
	if set, err = t.customChanges(kind, before, after, touched, set); err != nil {
		return err
	}
	set = append(set, assignment{column: "updated_at", value: t.nowMicros()})
	searched := slices.ContainsFunc(kind.Fields, func(f *records.Field) bool { return f.Search && touched[f.Name] })
	terms := kind.SearchTerms(after)
	if searched {
		set = append(set, t.searchColumns(kind, terms)...)
	}
	parts, args := []string{"version = version + 1"}, []any{t.actor.Tenant, before.id, before.version}
	for _, a := range set {
		args = append(args, a.value)
		parts = append(parts, a.column+" = "+a.placeholder(t.db.dialect, len(args)))
	}
	n, err := t.exec(ctx, "UPDATE "+kind.Table+" SET "+strings.Join(parts, ", ")+" WHERE tenant_id = $1 AND id = $2 AND version = $3", args...)
	if err != nil {
		return err
	}
	if n != 1 {
		return staleVersion
	}
	t.touch(kind, before.id, before.values, after)
	if touched[kind.Owner] || touched[kind.Pool] {
		if err := t.moved(ctx, kind, before.id, after[kind.Pool].ID(), before.values[kind.Owner].ID(), after[kind.Owner].ID()); err != nil {
			return err
		}
	}
	if err := t.sortTeam(ctx, kind, before.id); err != nil {
		return err
	}
	if searched {
		return t.indexSearch(ctx, kind, before.id, terms, true)
	}
	return nil
}

// sortTeam tells the rows of a record's collaborators when it changed: they carry the sort key of its
// list.
func (t *tx) sortTeam(ctx context.Context, kind *records.Kind, id policy.ID) error {
	_, err := t.exec(ctx, "UPDATE team SET sort_at = $1 WHERE tenant_id = $2 AND kind = $3 AND record_id = $4", t.nowMicros(), t.actor.Tenant, string(kind.Name), id)
	return err
}

func (t *tx) customChanges(kind *records.Kind, before wholeRow, after map[string]policy.Value, touched map[string]bool, set []assignment) ([]assignment, error) {
	changed := false
	for _, f := range kind.Fields {
		if !f.Custom || !touched[f.Name] {
			continue
		}
		changed = true
		delete(before.custom, f.Column)
		if v := after[f.Name]; !v.Missing() {
			raw, err := customJSON(v)
			if err != nil {
				return nil, err
			}
			before.custom[f.Column] = raw
		}
	}
	if !changed {
		return set, nil
	}
	document, err := json.Marshal(before.custom)
	return append(set, assignment{column: "custom", value: string(document), json: true}), err
}

// searchColumns are PostgreSQL's search documents, which stand in the kind's own table.
func (t *tx) searchColumns(kind *records.Kind, terms map[policy.Class][]string) []assignment {
	if t.db.dialect == SQLite {
		return nil
	}
	var out []assignment
	for _, class := range kind.SearchClasses() {
		out = append(out, assignment{column: records.SearchColumn(class), value: terms[class], array: true})
	}
	return out
}

// indexSearch writes SQLite's search documents, which stand in an FTS5 table.
func (t *tx) indexSearch(ctx context.Context, kind *records.Kind, id policy.ID, terms map[policy.Class][]string, replace bool) error {
	classes := kind.SearchClasses()
	if t.db.dialect == Postgres || len(classes) == 0 {
		return nil
	}
	table := kind.Table + "_search"
	if replace {
		if _, err := t.exec(ctx, "DELETE FROM "+table+" WHERE rowid = $1", id); err != nil {
			return err
		}
	}
	columns, marks, args := []string{"rowid"}, []string{"$1"}, []any{id}
	for _, class := range classes {
		args = append(args, strings.Join(terms[class], " "))
		columns = append(columns, records.SearchColumn(class))
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	_, err := t.exec(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...)
	return err
}

// deleteRecord removes a record that nothing refers to.
func (t *tx) deleteRecord(ctx context.Context, v *view, kind *records.Kind, target Target) error {
	for _, other := range v.catalog.Kinds() {
		for _, f := range other.Fields {
			if f.Type != records.Ref || f.Ref != kind.Name || f.Name == "id" {
				continue
			}
			used, err := t.refersTo(ctx, other, f, target.ID)
			if err != nil {
				return err
			}
			if used {
				return inUse
			}
		}
	}
	if kind.Name == records.RefPerson {
		return fault.New(fault.Conflict, "person_kept", "a person is never removed, since the record names them: end their appointments and stop the account")
	}
	if len(kind.Feeds) > 0 {
		was, err := t.whole(ctx, v.catalog.Schema().Kind(kind.Name), target.ID)
		if err != nil {
			return err
		}
		t.touch(kind, target.ID, was.values)
	}
	if kind.Claimed {
		if err := t.forgetStay(ctx, kind, target.ID); err != nil {
			return err
		}
	}
	for _, text := range []string{
		"DELETE FROM team WHERE tenant_id = $1 AND kind = '" + string(kind.Name) + "' AND record_id = $2",
		"DELETE FROM record_comment WHERE tenant_id = $1 AND kind = '" + string(kind.Name) + "' AND record_id = $2",
		"DELETE FROM attachment_chunk WHERE tenant_id = $1 AND attachment_id IN (SELECT id FROM attachment WHERE tenant_id = $1 AND kind = '" + string(kind.Name) + "' AND record_id = $2)",
		"DELETE FROM attachment WHERE tenant_id = $1 AND kind = '" + string(kind.Name) + "' AND record_id = $2",
		"DELETE FROM grant_event WHERE tenant_id = $1 AND kind = '" + string(kind.Name) + "' AND record_id = $2",
		"DELETE FROM " + kind.Table + " WHERE tenant_id = $1 AND id = $2",
	} {
		if _, err := t.exec(ctx, text, t.actor.Tenant, target.ID); err != nil {
			return err
		}
	}
	t.encrypting.gone = append(t.encrypting.gone, vault.Place{Kind: string(kind.Name), Record: int64(target.ID)})
	if t.db.dialect == SQLite && len(kind.SearchClasses()) > 0 {
		_, err := t.exec(ctx, "DELETE FROM "+kind.Table+"_search WHERE rowid = $1", target.ID)
		return err
	}
	return nil
}

func (t *tx) refersTo(ctx context.Context, kind *records.Kind, f *records.Field, id policy.ID) (bool, error) {
	column := f.Column
	if f.Custom {
		column = sqlgen.JSONPath(t.db.sqlDialect(), "", &policy.Field{Column: f.Column, Custom: true, Type: policy.Ref})
		column = t.pick(column, "("+column+")::bigint")
	}
	var one int
	err := t.row(ctx, "SELECT 1 FROM "+kind.Table+" WHERE tenant_id = $1 AND "+column+" = $2 LIMIT 1", t.actor.Tenant, id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// homeUnit is the unit that a person belongs to; 0 when they have none.
func (t *tx) homeUnit(ctx context.Context, person policy.ID) (policy.ID, error) {
	return t.homeOf(ctx, t.actor.Tenant, person)
}

func (t *rtx) homeOf(ctx context.Context, tenant, person policy.ID) (policy.ID, error) {
	var unit sql.NullInt64
	err := t.row(ctx, "SELECT unit_id FROM person WHERE id = $1 AND tenant_id = $2", person, tenant).Scan(&unit)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return policy.ID(unit.Int64), err
}

// checkRefs asks of every reference that is set whether its end is there for the actor: a record
// that may not be read is answered like one that does not exist.
func (t *tx) checkRefs(ctx context.Context, v *view, kind *records.Kind, values map[string]policy.Value) error {
	lasting := v.withoutEmergencies(t.actor)
	for _, name := range sorted(keysOf(values)) {
		f, value := kind.Field(name), values[name]
		if f.Type != records.Ref || value.Missing() {
			continue
		}
		found, err := t.refers(ctx, lasting, f.Ref, value.ID())
		if err != nil {
			return err
		}
		if found {
			continue
		}
		if lasting != v {
			if found, err = t.refers(ctx, v, f.Ref, value.ID()); err != nil {
				return err
			}
		}
		if found {
			return emergencyRef.WithAt(name)
		}
		return fault.New(fault.Invalid, "ref_missing", "there is no such record").WithAt(name)
	}
	return nil
}

// What is open in an emergency is for reading. A ticket of one's own that points at it would open it for as long
// as the ticket is.
var emergencyRef = fault.New(fault.Invalid, "emergency_ref", "what is open in an emergency is for reading: nothing is made to refer to it")

func (t *tx) refers(ctx context.Context, v *view, to policy.Kind, id policy.ID) (bool, error) {
	switch to {
	case records.RefUnit:
		_, ok := v.tree.Unit(id)
		return ok, nil
	case records.RefPool:
		for _, p := range v.pools {
			if p.ID == id {
				return true, nil
			}
		}
		return false, nil
	case records.RefPerson:
		names := map[policy.ID]string{}
		err := t.directoryNames(ctx, v.tenant, []policy.ID{id}, names)
		return len(names) == 1, err
	}
	described := v.catalog.Kind(to)
	if described == nil {
		return false, nil
	}
	if t.db.dialect == Postgres { // so that it is not removed before this commits
		if _, err := t.exec(ctx, "SELECT 1 FROM "+described.Table+" WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE", v.tenant, id); err != nil {
			return false, err
		}
	}
	found, err := t.readable(ctx, v, described, []policy.ID{id})
	return len(found) == 1, err
}

func keysOf[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}
