package httpapi_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"guan/audit"
	"guan/internal/testdb"
	"guan/policy"
	"guan/store"
)

// aged is the program after so long a time that old entries of its log lie in an archive.
type aged struct {
	*program
	passed *atomic.Int64
	old    policy.ID // a customer of whom entries in the archive tell
}

const oldName = "只有旧日志提到的客户"

func (a aged) settle() {
	a.t.Helper()
	ctx := context.Background()
	if _, err := a.db.System(store.JobSeal, store.DefaultTenant).Seal(ctx); err != nil {
		a.t.Fatal(err)
	}
	for more := true; more; {
		var err error
		if more, err = a.db.System(store.JobWatch, store.DefaultTenant).Watch(ctx); err != nil {
			a.t.Fatal(err)
		}
	}
}

func (a aged) pass(days int) {
	a.settle()
	a.passed.Add(int64(days) * 24 * int64(time.Hour))
}

// age starts the program and lets time pass until its oldest entries are archived.
func age(t *testing.T, at testdb.Database) aged {
	t.Helper()
	a := aged{passed: new(atomic.Int64)}
	a.program = startOn(t, at, store.Options{Clock: func() time.Time { return time.Now().Add(time.Duration(a.passed.Load())) }})
	auditor := a.as("auditor")
	auditor.do("PUT", "/api/v1/audit/retention", map[string]int{"days": 180}, "If-Match", "0").must(200)
	a.old = into[item](a.as("boss").post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": oldName, "owner": a.people["seller"].String()}}).must(201)).ID
	a.as("boss").get("/api/v1/records/customer?filter=" + url.QueryEscape(fmt.Sprintf("r.name == %q", oldName))).must(200)
	a.pass(9)
	a.as("boss").get(customers(a.old)).must(200)
	a.pass(190)
	a.as("boss").get(customers(a.old)).must(200)
	a.settle()
	if more, err := a.runner.RetainOnce(context.Background()); err != nil || !more {
		t.Fatal(more, err)
	}
	if more, err := a.runner.RetainOnce(context.Background()); err != nil || more {
		t.Fatalf("there is more to archive: %t %v", more, err)
	}
	a.settle()
	return a
}

// whole verifies the log and its archives.
func (a aged) whole() {
	a.t.Helper()
	keys, err := a.db.AuditKeys()
	if err != nil {
		a.t.Fatal(err)
	}
	r, err := a.db.System(store.JobSetup, store.DefaultTenant).VerifyAudit(context.Background(), keys, nil, a.runner.Archives().Open, func(int64) {})
	if err != nil || !r.Whole() || r.Archived == 0 || len(r.Archives) == 0 || !r.Archives[0].Checked {
		a.t.Errorf("%+v %v", r, err)
	}
}

// An archive is downloaded by who audits, in plain, and stands in the log before; whoever has the public key verifies
// it. What is erased later goes out of it by itself.
func TestArchivesOverHTTP(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		a := age(t, at)
		ctx := context.Background()
		auditor := a.as("auditor")
		kept := into[store.Retention](auditor.get("/api/v1/audit/retention").must(200))
		if len(kept.Archives) != 1 || !kept.Archives[0].Removed {
			t.Fatalf("%+v", kept)
		}
		archive := kept.Archives[0]
		path := fmt.Sprint("/api/v1/audit/archives/", archive.From)
		keys, err := a.db.AuditKeys()
		if err != nil {
			t.Fatal(err)
		}
		fetch := func() []byte {
			t.Helper()
			r := auditor.get(path).must(200)
			if is := r.header.Get("Content-Disposition"); is != fmt.Sprintf("attachment; filename=%q", archive.File) {
				t.Errorf("it is called %s", is)
			}
			report, err := audit.VerifyArchive(bytes.NewReader(r.body), keys, nil)
			if err != nil || !report.Whole() || report.From != archive.From || report.Size != archive.Until {
				t.Errorf("%+v %v", report, err)
			}
			return r.body
		}
		if text := fetch(); !bytes.Contains(text, []byte(oldName)) || int64(len(text)) != archive.Size {
			t.Errorf("%d bytes, not %d, or without the name", len(text), archive.Size)
		}
		taken := func() (n int) {
			for _, act := range acts(auditor.search(url.Values{"group": {string(audit.Administration)}}), a.people["auditor"]) {
				if act == string(audit.Archived) {
					n++
				}
			}
			return n
		}
		if n := taken(); n != 1 {
			t.Errorf("one download is %d entries", n)
		}
		for _, who := range []string{"seller", "admin"} {
			a.as(who).get(path).is(403, "right")
		}
		auditor.get("/api/v1/audit/archives/77").is(404, "audit_archive")
		auditor.get("/api/v1/audit/archives/x").is(404, "audit_archive")
		if r := a.anonymous().get(path); r.status != 401 || bytes.Contains(r.body, []byte(oldName)) {
			t.Errorf("%d", r.status)
		}
		if n := taken(); n != 1 {
			t.Errorf("with refusals it is %d entries", n)
		}

		boss := a.as("boss")
		done := into[store.Erased](boss.post("/api/v1/audit/erasures", map[string]string{"kind": "customer", "record": a.old.String(), "reason": "本人要求删除个人信息"}).must(200))
		if done.Archives != 1 {
			t.Errorf("%+v", done)
		}
		for range 4 {
			a.settle()
			if _, err := a.runner.EraseOnce(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if text := fetch(); bytes.Contains(text, []byte(oldName)) {
			t.Error("what was erased is downloaded")
		}
		a.settle()
		a.whole()
	})
}

// Where the changes of a record from long ago lie in archives, its timeline says so at its end, to who may know of the
// log.
func TestTimelineTellsOfArchives(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		a := age(t, at)
		boss := a.as("boss")
		until := into[store.Retention](a.as("auditor").get("/api/v1/audit/retention").must(200)).Archives[0].UntilAt
		young := into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "新客户", "owner": a.people["seller"].String()}}).must(201)).ID
		for range 3 {
			boss.post(customers(a.old)+"/comments", map[string]any{"text": "回访"}).must(201)
		}
		ends := func(c *client, id policy.ID, what string) *time.Time {
			t.Helper()
			pages := 0
			for path := customers(id) + "/timeline?limit=2" + what; ; pages++ {
				page := into[store.Timeline](c.get(path).must(200))
				if page.Next == "" {
					if id == a.old && what == "" && pages == 0 {
						t.Error("there is one page alone")
					}
					return page.ArchivedBefore
				}
				if page.ArchivedBefore != nil {
					t.Error("it is said before the end")
				}
				path = customers(id) + "/timeline?limit=2" + what + "&cursor=" + page.Next
			}
		}
		for _, what := range []string{"", "&what=changes", "&what=permissions,comments"} {
			if is := ends(boss, a.old, what); is == nil || !is.Equal(until) {
				t.Errorf("%q ends before %v, the archive with %v", what, is, until)
			}
		}
		if is := ends(boss, a.old, "&what=comments"); is != nil {
			t.Errorf("comments are said to be archived: %v", is)
		}
		if is := ends(boss, young, ""); is != nil {
			t.Errorf("a record of today is said to have older entries: %v", is)
		}
		if is := ends(a.as("seller"), a.old, ""); is != nil {
			t.Errorf("a seller is told of the log: %v", is)
		}
	})
}
