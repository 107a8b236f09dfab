package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"guan/audit"
	"guan/internal/testdb"
	"guan/policy"
)

// What a generated log has: people and customers of whom the first are the busiest.
const (
	auditPeople    = 5_000
	auditCustomers = 100_000
	auditSpan      = 365 * day
	auditRuns      = 15
)

// BenchmarkAuditSearch asks generated logs of several sizes the same questions, turn and turn about: what grows
// with the log shows. GUAN_BENCH_AUDIT names the sizes, in entries.
func BenchmarkAuditSearch(b *testing.B) {
	var sizes []int64
	for text := range strings.SplitSeq(envOr("GUAN_BENCH_AUDIT", "100000,1000000"), ",") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			var logs []*searchedLog
			fmt.Printf("\n### Searching the audit log, %s\n\n| | ", database.name)
			for _, n := range sizes {
				began := time.Now()
				logs = append(logs, newSearchedLog(b, database.open(b), n))
				b.Logf("%d entries after %s", n, time.Since(began))
				fmt.Printf("%d entries, ms | ", n)
			}
			fmt.Printf("× |\n|---|%s---|\n", strings.Repeat("---|", len(sizes)))
			for _, q := range searchQuestions {
				times := make([][]float64, len(logs))
				for run := range auditRuns + 2 {
					for i, l := range logs {
						took := l.ask(b, q.ask(l))
						if run >= 2 {
							times[i] = append(times[i], took)
						}
					}
				}
				fmt.Printf("| %s | ", q.name)
				for i := range times {
					slices.Sort(times[i])
					fmt.Printf("%.2f | ", times[i][auditRuns/2])
				}
				fmt.Printf("%.2f |\n", times[len(times)-1][auditRuns/2]/times[0][auditRuns/2])
			}
		})
	}
}

func envOr(name, usual string) string {
	if text := os.Getenv(name); text != "" {
		return text
	}
	return usual
}

type searchedLog struct {
	db    *DB
	size  int64
	begin time.Time
	by    *Session
}

// searchQuestions are the forms of a question; late pages begin in the middle.
var searchQuestions = []struct {
	name string
	ask  func(l *searchedLog) AuditQuery
}{
	{"who saw this customer: a rare one", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(auditCustomers - 7)}
	}},
	{"… a busy one", func(*searchedLog) AuditQuery { return AuditQuery{Kind: "customer", Record: customerOf(0)} }},
	{"… a late page", func(l *searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(0), Cursor: l.middle()}
	}},
	{"… edits alone", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(0), Group: audit.Edits}
	}},
	{"what this person did: a rare one", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(auditPeople - 3)} }},
	{"… a busy one", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(0)} }},
	{"… a late page", func(l *searchedLog) AuditQuery { return AuditQuery{Person: personOf(0), Cursor: l.middle()} }},
	{"… exports alone", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(0), Group: audit.Exports} }},
	{"… edits alone", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(0), Group: audit.Edits} }},
	{"… administration, of which there is none", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(0), Group: audit.Administration} }},
	{"everything on an export", func(l *searchedLog) AuditQuery { return AuditQuery{Export: policy.ID(l.size / 2 / 1000)} }},
	{"refusals", func(*searchedLog) AuditQuery { return AuditQuery{Group: audit.Refusals} }},
	{"… a late page", func(l *searchedLog) AuditQuery { return AuditQuery{Group: audit.Refusals, Cursor: l.middle()} }},
	{"… of one day", func(l *searchedLog) AuditQuery {
		from := l.begin.Add(auditSpan / 3)
		return AuditQuery{Group: audit.Refusals, From: from, Until: from.Add(day)}
	}},
	{"edits", func(*searchedLog) AuditQuery { return AuditQuery{Group: audit.Edits} }},
	{"reads, a late page", func(l *searchedLog) AuditQuery { return AuditQuery{Group: audit.Reads, Cursor: l.middle()} }},
	{"everything of one day", func(l *searchedLog) AuditQuery {
		from := l.begin.Add(auditSpan / 2)
		return AuditQuery{From: from, Until: from.Add(day)}
	}},
}

func personOf(rank int64) policy.ID   { return policy.ID(1_000_000 + rank) }
func customerOf(rank int64) policy.ID { return policy.ID(2_000_000 + rank) }

func (l *searchedLog) middle() string { return strconv.FormatInt(1000+l.size/2, 10) }

// ask asks, and says how many milliseconds that took.
func (l *searchedLog) ask(b *testing.B, q AuditQuery) float64 {
	began := time.Now()
	if _, err := l.by.AuditEntries(context.Background(), q); err != nil {
		b.Fatal(err)
	}
	return float64(time.Since(began).Microseconds()) / 1000
}

// newSearchedLog fills a firm's log: half are reads, a quarter lists of twenty, the rest what the acts of an
// office are. The busiest person does some six in a hundred of all acts; the busiest customer stands in one of
// three hundred rows of lists.
func newSearchedLog(b *testing.B, at testdb.Database, size int64) *searchedLog {
	f := newFirm(b, at)
	l := &searchedLog{db: f.db, size: size, begin: f.clock.Now().Add(-auditSpan), by: f.as("auditor")}
	series := func(from, until int64) string {
		if l.db.dialect == Postgres {
			return fmt.Sprintf("(SELECT i FROM generate_series(%d::bigint, %d::bigint) i) s", from, until-1)
		}
		return fmt.Sprintf("(WITH RECURSIVE c (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM c WHERE i < %d) SELECT i FROM c) s", from, until-1)
	}
	json := l.db.pick("", "::jsonb")
	// Numbers below 1,000,003 without an order, each from the number of the entry.
	draw := func(of string, factor int64) string { return fmt.Sprintf("((%s) * %d %% 1000003)", of, factor) }
	power := func(u string, ranks int64, times int) string {
		out := strconv.FormatInt(ranks, 10)
		for range times {
			out = "(" + out + " * " + u + " / 1000003)"
		}
		return out
	}
	act := draw("s.i", 2654435761) + " % 1000"
	const step = 250_000
	for from := int64(1000); from < 1000+size; from += step {
		until := min(from+step, 1000+size)
		exec := func(text string, args ...any) {
			if _, err := l.db.writer.Exec(text, args...); err != nil {
				b.Fatalf("%s: %v", text, err)
			}
		}
		micros := auditSpan.Microseconds() / size
		exec(fmt.Sprintf(`INSERT INTO audit_entry (tenant_id, seq, at, actor_id, action, kind, record_id, channel, address, device, request_id, session_id, epoch, rules, fields, detail)
			SELECT 1, x.i, %d + (x.i - 1000) * %d, %d + %s, x.action, CASE WHEN x.action IN ('read', 'list', 'edit', 'create', 'refused') THEN 'customer' END,
				CASE WHEN x.action IN ('read', 'edit', 'create', 'refused') THEN %d + %s END, 'web', '203.0.113.7', 'computer', 'r', x.i %% 100000, 3,
				'["sales/customer/own"]'%s, '["name","phone","city"]'%s,
				(CASE WHEN x.action = 'export' THEN '{"export":"' || (x.i / 1000) || '","purpose":"年终对账"}' WHEN x.action = 'list' THEN '{"limit":20,"filter":"r.city == ''苏州''"}' ELSE '{}' END)%s
			FROM (SELECT s.i, CASE WHEN %s < 520 THEN 'read' WHEN %s < 800 THEN 'list' WHEN %s < 880 THEN 'edit' WHEN %s < 890 THEN 'create' WHEN %s < 910 THEN 'count'
				WHEN %s < 940 THEN 'sign_in' WHEN %s < 960 THEN 'sign_out' WHEN %s < 980 THEN 'refused' WHEN %s < 985 THEN 'export' WHEN %s < 990 THEN 'reveal' WHEN %s < 995 THEN 'commented' ELSE 'view_saved' END AS action
				FROM %s) x`,
			l.begin.UnixMicro(), micros, int64(personOf(0)), power(draw("x.i", 40503), auditPeople, 3), int64(customerOf(0)), power(draw("x.i", 69069), auditCustomers, 2),
			json, json, json, act, act, act, act, act, act, act, act, act, act, act, series(from, until)))
		exec("INSERT INTO audit_record (tenant_id, kind, record_id, seq) SELECT e.tenant_id, e.kind, e.record_id, e.seq FROM audit_entry e WHERE e.tenant_id = 1 AND e.seq >= $1 AND e.seq < $2 AND e.record_id IS NOT NULL", from, until)
		exec(fmt.Sprintf(`INSERT INTO audit_record (tenant_id, kind, record_id, seq) SELECT e.tenant_id, e.kind, %d + %s, e.seq FROM audit_entry e CROSS JOIN %s
			WHERE e.tenant_id = 1 AND e.seq >= $1 AND e.seq < $2 AND e.action = 'list' ON CONFLICT DO NOTHING`,
			int64(customerOf(0)), power(draw("e.seq * 20 + s.i", 69069), auditCustomers, 2), series(0, 20)), from, until)
	}
	if _, err := l.db.writer.Exec(l.db.pick("ANALYZE", "ANALYZE audit_entry, audit_record")); err != nil {
		b.Fatal(err)
	}
	if l.db.dialect == Postgres { // entries that are written from now on come behind
		if _, err := l.db.writer.Exec("SELECT setval('audit_seq', $1)", 2000+size); err != nil {
			b.Fatal(err)
		}
	}
	return l
}
