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

const auditRuns = 15

// BenchmarkAuditSearch asks generated logs of several sizes the same questions, turn and turn about: what grows
// with the log shows. GUAN_BENCH_AUDIT names the sizes, in entries.
func BenchmarkAuditSearch(b *testing.B) {
	sizes := auditSizes(b, "GUAN_BENCH_AUDIT", "100000,1000000")
	for _, database := range bothDatabases {
		b.Run(database.name, func(b *testing.B) {
			var logs []*searchedLog
			fmt.Printf("\n### Searching the audit log, %s\n\n| | ", database.name)
			for _, n := range sizes {
				logs = append(logs, openSearchedLog(b, database.open, database.name, n))
				fmt.Printf("%d entries: first, median, slowest ms | ", n)
			}
			fmt.Printf("× |\n|---|%s---|\n", strings.Repeat("---|", len(sizes)))
			for _, q := range searchQuestions {
				times, first := make([][]float64, len(logs)), make([]float64, len(logs))
				for run := range auditRuns {
					for i, l := range logs {
						took := l.ask(b, q.ask(l))
						if run == 0 {
							first[i] = took
						}
						times[i] = append(times[i], took)
					}
				}
				fmt.Printf("| %s | ", q.name)
				for i := range times {
					slices.Sort(times[i])
					fmt.Printf("%.1f / %.1f / %.1f | ", first[i], times[i][auditRuns/2], times[i][auditRuns-1])
				}
				fmt.Printf("%.2f |\n", times[len(times)-1][auditRuns/2]/times[0][auditRuns/2])
			}
		})
	}
}

// openDatabase gives a fresh database.
type openDatabase = func(testing.TB) testdb.Database

var bothDatabases = []struct {
	name string
	open openDatabase
}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}}

// auditSizes are the sizes that a setting names.
func auditSizes(b *testing.B, setting, usual string) (sizes []int64) {
	for text := range strings.SplitSeq(envOr(setting, usual), ",") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	return sizes
}

func envOr(name, usual string) string {
	if text := os.Getenv(name); text != "" {
		return text
	}
	return usual
}

// searchQuestions are the forms of a question; late pages begin in the middle.
var searchQuestions = []struct {
	name string
	ask  func(l *searchedLog) AuditQuery
}{
	{"who saw this customer: a rare one", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(rarest)}
	}},
	{"… a busy one", func(*searchedLog) AuditQuery { return AuditQuery{Kind: "customer", Record: customerOf(busiest)} }},
	{"… a late page", func(l *searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), Cursor: l.middle()}
	}},
	{"… edits alone", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), Group: audit.Edits}
	}},
	{"… edits of one that everybody looks at and nobody edits", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(unedited), Group: audit.Edits}
	}},
	{"… exports alone, a busy one", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), Group: audit.Exports}
	}},
	{"a busy customer and a busy person", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), Person: personOf(busiest)}
	}},
	{"… and a rare person", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), Person: personOf(rarest)}
	}},
	{"… and a busy person who never touched it", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), Person: personOf(writer)}
	}},
	{"a rare customer and a busy person", func(*searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(rarest), Person: personOf(busiest)}
	}},
	{"what an interface read that only writes", func(*searchedLog) AuditQuery {
		return AuditQuery{Person: personOf(writer), Group: audit.Reads}
	}},
	{"a person in one week, edits", func(l *searchedLog) AuditQuery {
		return AuditQuery{Person: personOf(busiest), Group: audit.Edits, From: l.begin.Add(auditSpan / 2), Until: l.begin.Add(auditSpan/2 + 7*day)}
	}},
	{"a busy customer in one week", func(l *searchedLog) AuditQuery {
		return AuditQuery{Kind: "customer", Record: customerOf(busiest), From: l.begin.Add(auditSpan / 2), Until: l.begin.Add(auditSpan/2 + 7*day)}
	}},
	{"what this person did: a rare one", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(rarest)} }},
	{"… a busy one", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(busiest)} }},
	{"… a late page", func(l *searchedLog) AuditQuery { return AuditQuery{Person: personOf(busiest), Cursor: l.middle()} }},
	{"… exports alone", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(busiest), Group: audit.Exports} }},
	{"… edits alone", func(*searchedLog) AuditQuery { return AuditQuery{Person: personOf(busiest), Group: audit.Edits} }},
	{"… administration, of which there is little", func(*searchedLog) AuditQuery {
		return AuditQuery{Person: personOf(busiest), Group: audit.Administration}
	}},
	{"everything on an export", func(l *searchedLog) AuditQuery { return AuditQuery{Export: policy.ID(l.size / 2 / 2000)} }},
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

func (l *searchedLog) middle() string { return strconv.FormatInt(auditFirst+l.size/2, 10) }

// ask asks, and says how many milliseconds that took.
func (l *searchedLog) ask(b *testing.B, q AuditQuery) float64 {
	began := time.Now()
	if _, err := l.by.AuditEntries(context.Background(), q); err != nil {
		b.Fatal(err)
	}
	return float64(time.Since(began).Microseconds()) / 1000
}
