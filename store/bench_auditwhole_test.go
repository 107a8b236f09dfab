package store

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"guan/audit"
	"guan/report"
)

// wholeRuns is how often each is done; what took least counts, since other work only ever adds.
const wholeRuns = 3

// BenchmarkAuditWhole does what looks at every entry of a log, on generated logs of several sizes that are sealed by
// the sealer, in turn: what takes more for each entry where there are more of them shows. GUAN_BENCH_AUDIT_WHOLE names
// the sizes, in entries.
func BenchmarkAuditWhole(b *testing.B) {
	onLogs(b, "GUAN_BENCH_AUDIT_WHOLE", "20000,200000", "What looks at every entry", func(b *testing.B, open openDatabase, dialect string, size int64) *searchedLog {
		l := openLogOf(b, open, dialect, size, 0, "")
		l.waitForLeaves(b)
		return l
	}, []wholeWork{
		{"gets its leaf and is signed, 500 at a time", 1, (*searchedLog).seal},
		{"verified in the database", wholeRuns, func(l *searchedLog, b *testing.B) int64 { return l.verify(b, nil) }},
		{"… with all heads published", wholeRuns, func(l *searchedLog, b *testing.B) int64 { return l.verify(b, l.published(b, 1)) }},
		{"… with every second one published", wholeRuns, func(l *searchedLog, b *testing.B) int64 { return l.verify(b, l.published(b, 2)) }},
		{"written into an archive", wholeRuns, (*searchedLog).archive},
		{"verified in the archive", wholeRuns, (*searchedLog).verifyArchive},
		{"counted for a report, a third of the log", wholeRuns, func(l *searchedLog, b *testing.B) int64 {
			return l.count(b, l.begin.Add(auditSpan/3), l.begin.Add(2*auditSpan/3))
		}},
	})
}

// BenchmarkAuditMonth counts the last month of generated logs for its report, and as little of a larger one as there
// is of the smallest in a month: what grows with the log beside shows. GUAN_BENCH_AUDIT names the sizes, as for
// BenchmarkAuditSearch, with whose logs it goes.
func BenchmarkAuditMonth(b *testing.B) {
	onLogs(b, "GUAN_BENCH_AUDIT", "100000,1000000", "A month of the log for its report", openSearchedLog, []wholeWork{
		{"the last month", wholeRuns, func(l *searchedLog, b *testing.B) int64 { return l.count(b, l.end().Add(-30*day), l.end()) }},
		{"the last three days", wholeRuns, func(l *searchedLog, b *testing.B) int64 { return l.count(b, l.end().Add(-3*day), l.end()) }},
	})
}

// wholeWork is something that is done to many entries; it gives how many.
type wholeWork struct {
	name string
	runs int
	do   func(*searchedLog, *testing.B) int64
}

// onLogs does the work on logs of several sizes, and prints how long it takes for a million entries, and how much of
// the processor: that of this process, in which there is no part of PostgreSQL.
func onLogs(b *testing.B, setting, usual, title string, open func(*testing.B, openDatabase, string, int64) *searchedLog, works []wholeWork) {
	sizes := auditSizes(b, setting, usual)
	for _, database := range bothDatabases {
		b.Run(database.name, func(b *testing.B) {
			var logs []*searchedLog
			for _, n := range sizes {
				logs = append(logs, open(b, database.open, database.name, n))
			}
			fmt.Printf("\n### %s, %s\n\n| | ", title, database.name)
			for _, n := range sizes {
				fmt.Printf("of %d entries: how many, s | a million, s | CPU, s | ", n)
			}
			fmt.Print("× | CPU × |\n|---|---|---|")
			for range sizes {
				fmt.Print("---|---|---|")
			}
			fmt.Println()
			for _, work := range works {
				took, used, entries := make([]float64, len(logs)), make([]float64, len(logs)), make([]float64, len(logs))
				for run := range work.runs {
					for i, l := range logs {
						began, spent := time.Now(), ProcessTime(b)
						entries[i] = float64(work.do(l, b))
						wall, cpu := time.Since(began).Seconds(), (ProcessTime(b) - spent).Seconds()
						if run == 0 {
							took[i], used[i] = wall, cpu
						}
						took[i], used[i] = min(took[i], wall), min(used[i], cpu)
					}
				}
				fmt.Printf("| %s | ", work.name)
				for i := range logs {
					fmt.Printf("%.0f, %.2f | %.1f | %.1f | ", entries[i], took[i], 1e6*took[i]/entries[i], 1e6*used[i]/entries[i])
				}
				last := len(logs) - 1
				grown := entries[last] / entries[0]
				fmt.Printf("%.2f | %.2f |\n", took[last]/took[0]/grown, used[last]/used[0]/grown)
			}
		})
	}
}

func (l *searchedLog) end() time.Time { return l.begin.Add(auditSpan) }

// waitForLeaves leaves the number of every entry, as who writes it does.
func (l *searchedLog) waitForLeaves(b *testing.B) {
	text := `INSERT INTO audit_pending (tenant_id, seq, records) SELECT e.tenant_id, e.seq, coalesce(a.ids, '[]') FROM audit_entry e
		LEFT JOIN (SELECT tenant_id, seq, json_group_array(record_id) AS ids FROM audit_record GROUP BY tenant_id, seq) a ON a.tenant_id = e.tenant_id AND a.seq = e.seq
		WHERE true ON CONFLICT DO NOTHING`
	if l.db.dialect == Postgres {
		text = `INSERT INTO audit_pending (tenant_id, seq, records) SELECT e.tenant_id, e.seq, coalesce(a.ids, '[]') FROM audit_entry e
			LEFT JOIN (SELECT tenant_id, seq, jsonb_agg(record_id) AS ids FROM audit_record GROUP BY tenant_id, seq) a ON a.tenant_id = e.tenant_id AND a.seq = e.seq
			ON CONFLICT DO NOTHING`
	}
	if _, err := l.db.writer.ExecContext(context.Background(), text); err != nil {
		b.Fatal(err)
	}
}

func (l *searchedLog) seal(b *testing.B) int64 { return seal(b, l.db) }

func (l *searchedLog) verify(b *testing.B, published audit.Published) int64 {
	keys, err := l.db.AuditKeys()
	if err != nil {
		b.Fatal(err)
	}
	r, err := l.db.System(JobSetup, DefaultTenant).VerifyAudit(context.Background(), keys, published, nil, func(int64) {})
	if err != nil {
		b.Fatal(err)
	}
	return l.whole(b, r)
}

func (l *searchedLog) whole(b *testing.B, r *audit.Report) int64 {
	untouched(b, r)
	if r.Size < l.size {
		b.Fatalf("%d leaves of %d entries", r.Size, l.size)
	}
	return r.Size
}

// published are the heads of the log, or each so manieth, read from the lines of their file.
func (l *searchedLog) published(b *testing.B, each int) audit.Published {
	var file bytes.Buffer
	heads := 0
	t := l.db.single()
	rows, err := t.query(context.Background(), "SELECT note FROM audit_head WHERE tenant_id = 1 ORDER BY size")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for ; rows.Next(); heads++ {
		var note string
		if err := rows.Scan(&note); err != nil {
			b.Fatal(err)
		}
		line, err := audit.HeadLine(note)
		if err != nil {
			b.Fatal(err)
		}
		if heads%each == 0 {
			file.Write(line)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return audit.ReadHeads(&file)
}

func (l *searchedLog) archiveFile() string { return filepath.Join(l.dir, "log.jsonl") }

func (l *searchedLog) archive(b *testing.B) int64 {
	file, err := os.Create(l.archiveFile())
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	n, err := l.db.writeArchive(context.Background(), DefaultTenant, file)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func (l *searchedLog) verifyArchive(b *testing.B) int64 {
	file, err := os.Open(l.archiveFile())
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	keys, err := l.db.AuditKeys()
	if err != nil {
		b.Fatal(err)
	}
	r, err := audit.VerifyArchive(io.Reader(file), keys, nil)
	if err != nil {
		b.Fatal(err)
	}
	return l.whole(b, r)
}

// count counts a time for its report, and gives how many entries lie in it.
func (l *searchedLog) count(b *testing.B, from, until time.Time) (n int64) {
	ctx, t, tally := context.Background(), l.db.single(), report.NewTally()
	if err := t.countEntries(ctx, DefaultTenant, from, until, tally); err != nil {
		b.Fatal(err)
	}
	if len(tally.People) == 0 || len(tally.Exports) == 0 {
		b.Fatalf("nothing was counted from %s to %s", from, until)
	}
	first, err := t.seqAt(ctx, DefaultTenant, from)
	if err != nil {
		b.Fatal(err)
	}
	last, err := t.seqAt(ctx, DefaultTenant, until)
	if err != nil {
		b.Fatal(err)
	}
	return last - first
}
