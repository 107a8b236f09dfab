package store

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"guan/audit"
	"guan/internal/testdb"
)

// Whose a copy or a screen is cannot be rewritten behind the program's back: verification names the entry that
// says otherwise, and a trace warns before somebody is accused.
func TestWhoseACodeIsStandsInTheLog(t *testing.T) {
	firms.Each(t, func(t *testing.T, at testdb.Database) {
		f := openFirm(t, Options{DataDir: at.DataDir, URL: at.URL, AuditKey: filepath.Join(t.TempDir(), "audit.key")})
		maps.Copy(f.ids, firmIDs)
		f.customers(30)
		leak, other := f.copied("chief", "csv"), f.copied("boss", "csv")
		mark := f.browser("lin").in("").mark()
		for seal(t, f.db) > 0 {
		}
		untouched(t, verify(t, f.db))
		traced := func(path string) TracedCopy {
			t.Helper()
			found := f.trace(path)
			if len(found.Named) != 1 || found.Named[0].Sealed == nil {
				t.Fatalf("%+v", found)
			}
			return found.Named[0]
		}
		first := traced(leak)
		if s := first.Sealed; !s.Same || s.Person.ID != f.id("chief") || count(t, f.db, "SELECT count(*) FROM audit_entry WHERE seq = $1 AND action = 'export_copied' AND actor_id = $2", int64(s.Seq), int64(f.id("chief"))) != 1 {
			t.Errorf("%+v", s)
		}
		entry := func(code string) int64 {
			t.Helper()
			return count(t, f.db, "SELECT seq FROM audit_entry WHERE action IN ('export_copied', 'watermark_shown') AND "+f.db.single().pick("detail->>'$.code'", "detail->>'code'")+" = $1", code)
		}
		for what, try := range map[string]struct {
			code   string
			change string
			args   []any
		}{
			"another person's export":    {first.Code, "UPDATE export_copy SET person_id = $1 WHERE id = $2", []any{int64(f.id("wang")), int64(first.id)}},
			"another session's export":   {first.Code, "UPDATE export_copy SET session_id = 77 WHERE id = $1", []any{int64(first.id)}},
			"another code":               {first.Code, "UPDATE export_copy SET code = 'AAAAAAAAAA' WHERE id = $1", []any{int64(first.id)}},
			"the marks of another":       {first.Code, "UPDATE export_copy SET id = 7777 WHERE id = $1", []any{int64(first.id)}},
			"an export less":             {first.Code, "DELETE FROM export_copy WHERE id = $1", []any{int64(first.id)}},
			"another person's screen":    {mark.Code, "UPDATE watermark SET person_id = $1 WHERE code = $2", []any{int64(f.id("wang")), mark.Code}},
			"a screen less":              {mark.Code, "DELETE FROM watermark WHERE code = $1", []any{mark.Code}},
			"a screen of another moment": {mark.Code, "UPDATE watermark SET session_id = 77 WHERE code = $1", []any{mark.Code}},
		} {
			for _, table := range []string{"export_copy", "watermark"} {
				mustExec(t, f.db, "CREATE TABLE kept_"+table+" AS SELECT * FROM "+table)
			}
			mustExec(t, f.db, try.change, try.args...)
			found := verify(t, f.db).Findings
			if !slices.ContainsFunc(found, func(x audit.Finding) bool {
				return x.Flaw == audit.Misindexed && x.Seq == entry(try.code) && strings.Contains(x.Text, try.code)
			}) || len(found) != 1 {
				t.Errorf("%s: %v", what, found)
			}
			if what == "another person's export" {
				if got := traced(leak); got.Person.ID != f.id("wang") || got.Sealed.Same || got.Sealed.Person.ID != f.id("chief") {
					t.Errorf("the trace does not say that the log says otherwise: %+v", got.Sealed)
				}
				if got := traced(other); !got.Sealed.Same {
					t.Errorf("nobody touched it: %+v", got.Sealed)
				}
			}
			for _, table := range []string{"export_copy", "watermark"} {
				mustExec(t, f.db, "DELETE FROM "+table)
				mustExec(t, f.db, fmt.Sprintf("INSERT INTO %s SELECT * FROM kept_%[1]s", table))
				mustExec(t, f.db, "DROP TABLE kept_"+table)
			}
		}
		untouched(t, verify(t, f.db))
		if got, err := f.as("auditor").AuditEntries(context.Background(), AuditQuery{Group: audit.Exports}); err != nil || !slices.ContainsFunc(got.Items, func(i AuditItem) bool { return i.Action == string(audit.Copied) && i.Name == first.Code }) {
			t.Errorf("who audits does not find the code in the log: %v", err)
		}
	})
}
