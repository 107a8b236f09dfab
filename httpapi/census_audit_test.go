package httpapi_test

import (
	"bytes"
	"context"
	"testing"

	"guan/audit"
	"guan/internal/testdb"
	"guan/store"
)

// auditRows are of the sealed audit log.
var auditRows = []row{
	{"GET /api/v1/audit/seal", "", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/audit/seal") }},
	{"POST /api/v1/audit/checks", "", "401 403 403 403 202 403 202 403", func(x *census, c *client) *reply { return c.post("/api/v1/audit/checks", nil) }},
	{"GET /api/v1/audit/entries", "", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/audit/entries") }},
	{"GET /api/v1/audit/entries", "of a record without its kind", "401 400 400 400 400 400 400 400", func(x *census, c *client) *reply { return c.get("/api/v1/audit/entries?record=7") }},
	{"GET /api/v1/audit/retention", "", "401 403 403 403 200 403 200 403", func(x *census, c *client) *reply { return c.get("/api/v1/audit/retention") }},
	{"PUT /api/v1/audit/retention", "too short", "401 403 403 403 400 403 400 403", func(x *census, c *client) *reply {
		return c.do("PUT", "/api/v1/audit/retention", map[string]any{"days": 30}, "If-Match", "0")
	}},
	{"GET /api/v1/audit/archives/{from}", "none", "401 403 403 403 404 403 404 403", func(x *census, c *client) *reply { return c.get("/api/v1/audit/archives/0") }},
	{"GET /api/v1/audit/erasures", "", "401 403 403 403 200 200 403 403", func(x *census, c *client) *reply {
		return c.get("/api/v1/audit/erasures?kind=customer&record=987654321")
	}},
	{"POST /api/v1/audit/erasures", "of what the log does not know", "401 403 403 403 404 404 403 403", func(x *census, c *client) *reply {
		return c.post("/api/v1/audit/erasures", map[string]any{"kind": "customer", "record": "987654321", "reason": "本人要求删除个人信息"})
	}},
	{"GET /api/v1/audit/archive", "before anything is sealed", "401 403 403 403 404 403 404 403", func(x *census, c *client) *reply { return c.get("/api/v1/audit/archive") }},
}

// An auditor sees how far the log is sealed, has it verified, and takes it away to verify it elsewhere.
func TestSealedLogOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p := start(t, at)
		seals := p.db.System(store.JobSeal, store.DefaultTenant)
		if _, err := seals.Seal(context.Background()); err != nil {
			t.Fatal(err)
		}
		auditor := p.as("auditor")
		seen := into[store.AuditSeal](auditor.get("/api/v1/audit/seal").must(200))
		if seen.Size == 0 || seen.Root == "" || seen.At == nil || len(seen.Keys) != 1 || seen.Late || seen.Check != nil {
			t.Errorf("%+v", seen)
		}
		keys, err := audit.ParsePublicKeys(seen.Keys[0].Text)
		if err != nil {
			t.Fatal(err)
		}
		file := auditor.get("/api/v1/audit/archive").must(200)
		report, err := audit.VerifyArchive(bytes.NewReader(file.body), keys, nil)
		if err != nil || !report.Whole() || report.Size != seen.Size {
			t.Errorf("%+v %v", report, err)
		}
		asked := into[store.AuditCheck](auditor.post("/api/v1/audit/checks", nil).must(202))
		if asked.Status != store.Queued || asked.Total != seen.Size {
			t.Errorf("%+v", asked)
		}
		if again := into[store.AuditCheck](auditor.post("/api/v1/audit/checks", nil).must(202)); again.ID != asked.ID {
			t.Errorf("two are under way: %+v", again)
		}
		if found, err := p.runner.Once(t.Context()); err != nil || !found {
			t.Fatalf("found %t, %v", found, err)
		}
		done := into[store.AuditSeal](auditor.get("/api/v1/audit/seal").must(200)).Check
		if done == nil || done.Status != store.Done || done.Report == nil || !done.Report.Whole() || done.Report.Size < seen.Size || done.By.Name == "" {
			t.Errorf("%+v", done)
		}
		// The name of somebody who has signed in is an entry; the archive tells what the log tells.
		if p.as("seller").get("/api/v1/audit/archive").status != 403 {
			t.Error("a seller took the log away")
		}
	})
}
