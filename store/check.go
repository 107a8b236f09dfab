package store

import (
	"context"
	"database/sql"
	"fmt"

	"guan/policy"
	"guan/records"
)

// Finding is a place where the data is not whole.
type Finding struct {
	Kind   policy.Kind
	Record policy.ID
	What   string
}

// String returns the finding as one line.
func (f Finding) String() string { return fmt.Sprintf("%s %s: %s", f.Kind, f.Record, f.What) }

// findingsMax bounds how many findings one check reports of a sort.
const findingsMax = 100

// checks are what must hold of every kind, as statements that return the ids for which it does
// not. $1 is the tenant, $2 the kind.
func (db *DB) checks(kind *records.Kind) map[string]string {
	table := kind.Table
	out := map[string]string{
		"the audit log does not know of its last change": `
			SELECT r.id FROM ` + table + ` r WHERE r.tenant_id = $1 AND r.created_at > (SELECT coalesce(max(until_at), 0) FROM audit_archive WHERE tenant_id = $1) AND r.version > (
				SELECT count(*) FROM audit_record a JOIN audit_entry e ON e.tenant_id = a.tenant_id AND e.seq = a.seq
				WHERE a.tenant_id = r.tenant_id AND a.kind = $2 AND a.record_id = r.id AND e.action IN ('create', 'edit', 'import', 'claim', 'release', 'assign', 'recycled'))`,
		"a collaborator's row carries another sort key than the record": `
			SELECT r.id FROM ` + table + ` r JOIN team t ON t.tenant_id = r.tenant_id AND t.kind = $2 AND t.record_id = r.id
			WHERE r.tenant_id = $1 AND t.sort_at <> r.updated_at`,
		"a collaborator's row names a record that is gone": `
			SELECT t.record_id FROM team t WHERE t.tenant_id = $1 AND t.kind = $2
			AND NOT EXISTS (SELECT 1 FROM ` + table + ` r WHERE r.tenant_id = t.tenant_id AND r.id = t.record_id)`,
	}
	if db.dialect == SQLite && len(kind.SearchClasses()) > 0 {
		out["it has no search document"] = `
			SELECT r.id FROM ` + table + ` r WHERE r.tenant_id = $1 AND $2 <> '' AND r.id NOT IN (SELECT rowid FROM ` + table + `_search)`
		out["a search document names a record that is gone"] = `
			SELECT s.rowid FROM ` + table + `_search s WHERE $1 > 0 AND $2 <> '' AND NOT EXISTS (SELECT 1 FROM ` + table + ` r WHERE r.id = s.rowid)`
	}
	return out
}

// Check looks for writes that are half there: records without their audit entries, search
// documents or collaborators' rows out of step. It reads everything once and changes nothing.
func (db *DB) Check(ctx context.Context, tenant policy.ID) ([]Finding, error) {
	var found []Finding
	err := db.read(ctx, func(t *rtx) error {
		found = nil
		for _, kind := range records.Builtin().Kinds() {
			for what, text := range db.checks(kind) {
				err := t.each(ctx, func(rows *sql.Rows) error {
					f := Finding{Kind: kind.Name, What: what}
					err := rows.Scan(&f.Record)
					found = append(found, f)
					return err
				}, fmt.Sprintf("%s LIMIT %d", text, findingsMax), tenant, string(kind.Name))
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	return found, err
}
