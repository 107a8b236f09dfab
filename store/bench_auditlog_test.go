package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"guan/audit"
	"guan/internal/testdb"
	"guan/policy"
)

// A generated log: an office of 5,000 over three years of working days, which looks up far more than it
// writes. A few people, and interfaces among them, do much of all that is done; a few customers stand at the
// top of everybody's lists; by far the most of both are rare. Of some that questions are hard about there is
// one: see the ranks.
const (
	auditPeople    = 5_000
	auditCustomers = 200_000
	auditSpan      = 3 * 365 * day
	auditFirst     = 1000 // the number of the first generated entry: the firm's own stand before it
	auditRare      = 40   // entries of who and what is rare, however long the log
	// auditSealed is how many entries, the newest, have leaves: those of all would take a third of the disk, and a
	// page looks up fifty.
	auditSealed = 2_000_000
)

// Ranks of people and customers of whom something is so in every log.
const (
	busiest  = 0 // of people and of customers
	writer   = 1 // an interface that writes and never reads, and never touches the busiest customer
	unedited = 1 // a customer that everybody looks at, and nobody edits
	rarest   = -1
)

func personOf(rank int64) policy.ID {
	return policy.ID(1_000_000 + (rank+auditPeople)%auditPeople)
}

func customerOf(rank int64) policy.ID {
	return policy.ID(2_000_000 + (rank+auditCustomers)%auditCustomers)
}

// draw is a number in [0, 1) without an order, from the number of an entry and what it is for.
func draw(seq, what int64) float64 {
	x := uint64(seq)*0x9e3779b97f4a7c15 + uint64(what)*0xbf58476d1ce4e5b9
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	x ^= x >> 31
	return float64(x>>11) / (1 << 53)
}

// madeEntry is an entry of a generated log.
type madeEntry struct {
	seq, at, actor, behalf int64 // actor 0: a job
	action                 string
	record                 int64 // 0: none, or records
	records                []int64
	detail                 string
}

// act is what is done, and of how many records, by its share in a thousand.
var madeActs = []struct {
	name    string
	share   int
	records int // -1: the record is one
	detail  string
}{
	{"read", 640, -1, `{}`},
	{"list", 100, 20, `{"limit": 20, "sort": "-updated_at", "filter": "r.city == '苏州'"}`},
	{"count", 20, 0, `{"filter": "r.stage == 'intent'"}`},
	{"edit", 100, -1, `{"changes": [{"field": "city", "old": "苏州", "new": "无锡"}]}`},
	{"create", 30, -1, `{}`},
	{"commented", 20, -1, `{"comment": "123456789"}`},
	{"sign_in", 25, 0, `{"factor": true}`},
	{"sign_out", 20, 0, `{}`},
	{"refused", 20, -1, `{"action": "read", "code": "not_found"}`},
	{"reveal", 10, -1, `{"field": "phone", "reason": "回访", "masked": true}`},
	{"view_saved", 8, 0, `{"view": "4711"}`},
	{"grant_used", 5, -1, `{"grant": "815"}`},
	{"export", 2, 100, ``},
}

// made makes an entry of a log of so many.
func made(e *madeEntry, seq, size int64, begin time.Time) {
	i := seq - auditFirst
	*e = madeEntry{seq: seq, at: workingTime(begin, float64(i)/float64(size)), records: e.records[:0]}
	cube := func(ranks int64, u float64) int64 { return int64(float64(ranks-1) * u * u * u) }
	actor := cube(auditPeople, draw(seq, 1))
	e.actor = int64(personOf(actor))
	choice := int(1000 * draw(seq, 2))
	kind := 0
	for ; choice >= madeActs[kind].share; kind++ {
		choice -= madeActs[kind].share
	}
	every := max(size/auditRare, 3)
	switch i % every {
	case 1: // the rarest customer is read
		kind = 0
	case 2:
		actor = auditPeople - 1
		e.actor = int64(personOf(rarest))
	}
	if actor == writer && madeActs[kind].name != "sign_in" {
		kind = 3
	}
	act := madeActs[kind]
	e.action, e.detail = act.name, act.detail
	customer := func(nth int64) int64 {
		u := draw(seq, 10+nth)
		rank := int64(float64(auditCustomers-1) * u * u)
		if rank == busiest && actor == writer || rank == unedited && act.name == "edit" {
			rank += 7
		}
		return int64(customerOf(rank))
	}
	switch {
	case i%every == 1:
		e.record = int64(customerOf(rarest))
	case act.records < 0:
		e.record = customer(0)
	default:
		for nth := range act.records {
			e.records = append(e.records, customer(int64(nth)))
		}
		slices.Sort(e.records)
		e.records = slices.Compact(e.records)
	}
	if act.name == "export" {
		e.detail = `{"export": "` + strconv.FormatInt(seq/2000, 10) + `", "purpose": "年终对账", "rows": 100}`
	}
	switch u := draw(seq, 3); {
	case u < 0.004: // by somebody who looks as another does
		e.behalf = int64(personOf(cube(auditPeople, draw(seq, 4))))
	case u < 0.02 && act.name == "edit": // by a job, for somebody
		e.behalf, e.actor = e.actor, 0
	}
}

// workingTime is the instant at a share of the work of three years: by day, and little of it at weekends.
func workingTime(begin time.Time, share float64) int64 {
	const weeks = 1095.0 / 7
	week := share * weeks
	inWeek := (week - float64(int64(week))) * 5.2 // days' worth of work; weekends have a tenth each
	var at float64                                // in days
	if inWeek < 5 {
		at = float64(int64(inWeek))
		at += (8 + 11*(inWeek-at)) / 24
	} else {
		rest := (inWeek - 5) * 10
		at = 5 + float64(int64(rest))
		at += (10 + 6*(rest-float64(int64(rest)))) / 24
	}
	return begin.UnixMicro() + int64((float64(int64(week))*7+at)*float64(day.Microseconds()))
}

// searchedLog is a generated log that is asked.
type searchedLog struct {
	db    *DB
	size  int64
	begin time.Time
	by    *Session

	dir    string
	sealed int64 // how many entries, the newest, are given leaves of the size and shape of real ones
}

// openSearchedLog generates a log, or opens one that was generated before where GUAN_BENCH_AUDIT_KEEP names the
// folder of such.
func openSearchedLog(b *testing.B, open func(testing.TB) testdb.Database, dialect string, size int64) *searchedLog {
	return openLogOf(b, open, dialect, size, auditSealed, os.Getenv("GUAN_BENCH_AUDIT_KEEP"))
}

func openLogOf(b *testing.B, open func(testing.TB) testdb.Database, dialect string, size, sealed int64, keep string) *searchedLog {
	at, ids := keptLog(b, keep, dialect, size, open)
	dir := b.TempDir()
	var f *firm
	if known, err := os.ReadFile(ids); keep != "" && err == nil {
		f = openFirm(b, Options{DataDir: at.DataDir, URL: at.URL})
		if err := json.Unmarshal(known, &f.ids); err != nil {
			b.Fatal(err)
		}
	} else {
		f = newFirmWith(b, Options{DataDir: at.DataDir, URL: at.URL, AuditKey: filepath.Join(dir, "audit.key")})
	}
	l := &searchedLog{db: f.db, size: size, begin: f.clock.Now().Add(-auditSpan), by: f.as("auditor"), sealed: sealed, dir: dir}
	var last int64
	if err := l.db.single().row(context.Background(), "SELECT coalesce(max(seq), 0) FROM audit_entry WHERE tenant_id = 1").Scan(&last); err != nil {
		b.Fatal(err)
	}
	if last >= auditFirst {
		return l
	}
	began := time.Now()
	if l.db.dialect == Postgres {
		l.fillPostgres(b, at.URL)
	} else {
		l.fillSQLite(b)
	}
	b.Logf("%s: %d entries in %s", dialect, size, time.Since(began).Round(time.Second))
	if keep != "" {
		text, err := json.Marshal(f.ids)
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(ids, text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return l
}

func keptLog(b *testing.B, keep, dialect string, size int64, open func(testing.TB) testdb.Database) (testdb.Database, string) {
	if keep == "" {
		return open(b), ""
	}
	name := fmt.Sprintf("audit_%s_%d", dialect, size)
	ids := filepath.Join(keep, name+".json")
	if dialect == "sqlite" {
		dir := filepath.Join(keep, name, "data")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			b.Fatal(err)
		}
		return testdb.Database{DataDir: dir}, ids
	}
	server := os.Getenv("GUAN_TEST_POSTGRES")
	conn, err := pgx.Connect(context.Background(), server)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := os.Stat(ids); err != nil {
		for _, text := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name + " ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"} {
			if _, err := conn.Exec(context.Background(), text); err != nil {
				b.Fatal(err)
			}
		}
	}
	return testdb.Database{URL: server[:strings.LastIndex(server, "/")+1] + name + "?sslmode=disable"}, ids
}

// each makes all entries, one after the other.
func (l *searchedLog) each(b *testing.B, do func(e *madeEntry) error) {
	var e madeEntry
	for seq := int64(auditFirst); seq < auditFirst+l.size; seq++ {
		made(&e, seq, l.size, l.begin)
		if err := do(&e); err != nil {
			b.Fatal(err)
		}
	}
}

func (e *madeEntry) touched() []int64 {
	if e.record != 0 {
		return []int64{e.record}
	}
	return e.records
}

// leaf is what the sealer keeps beside an entry, in size and shape.
func (e *madeEntry) leaf() (records, salts, hashes []byte) {
	one := make([]byte, 32)
	for i := range one {
		one[i] = byte(256 * draw(e.seq, int64(100+i)))
	}
	var c audit.Commitments
	for i := range c {
		copy(c[i].Salt[:], one[i:])
	}
	return audit.NewRecordList(e.touched()).Bytes(), c.Bytes(), bytes.Repeat(one, 2)
}

const (
	madeRules  = `["sales/customer/own", "staff/customer/read"]`
	madeFields = `["name", "phone", "city", "stage", "owner", "updated_at"]`
)

func (l *searchedLog) unsealed() int64 { return auditFirst + l.size - l.sealed }

// fillPostgres copies the entries in, in their order, and builds the indexes behind them.
func (l *searchedLog) fillPostgres(b *testing.B, url string) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(ctx)
	exec := func(text string) {
		if _, err := conn.Exec(ctx, text); err != nil {
			b.Fatalf("%s: %v", text, err)
		}
	}
	texts := func(query string) (out []string) {
		rows, err := conn.Query(ctx, query)
		if err != nil {
			b.Fatal(err)
		}
		if out, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			b.Fatal(err)
		}
		return out
	}
	const tables = "('audit_entry', 'audit_record', 'audit_leaf')"
	const constrained = "FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid WHERE c.contype = 'p' AND r.relname IN " + tables
	again := texts("SELECT 'ALTER TABLE ' || r.relname || ' ADD CONSTRAINT ' || c.conname || ' ' || pg_get_constraintdef(c.oid) " + constrained)
	again = append(again, texts("SELECT indexdef FROM pg_indexes WHERE tablename IN "+tables+" AND indexname NOT LIKE '%_pkey'")...)
	for _, text := range append(texts("SELECT 'ALTER TABLE ' || r.relname || ' DROP CONSTRAINT ' || c.conname "+constrained), texts("SELECT 'DROP INDEX ' || indexname FROM pg_indexes WHERE tablename IN "+tables+" AND indexname NOT LIKE '%_pkey'")...) {
		exec(text)
	}
	exec("SET maintenance_work_mem = '1GB'")
	fill := func(table, columns string, line func(out []byte, e *madeEntry) []byte) {
		read, write := io.Pipe()
		go func() {
			buffer := make([]byte, 0, 1<<20)
			var e madeEntry
			for seq := int64(auditFirst); seq < auditFirst+l.size; seq++ {
				made(&e, seq, l.size, l.begin)
				if buffer = line(buffer, &e); len(buffer) > 900_000 {
					if _, err := write.Write(buffer); err != nil {
						return
					}
					buffer = buffer[:0]
				}
			}
			write.Write(buffer)
			write.Close()
		}()
		if _, err := conn.PgConn().CopyFrom(ctx, read, "COPY "+table+" ("+columns+") FROM STDIN"); err != nil {
			read.Close()
			b.Fatal(err)
		}
	}
	number := func(out []byte, n int64) []byte {
		if n == 0 {
			return append(out, `\N`...)
		}
		return strconv.AppendInt(out, n, 10)
	}
	fill("audit_entry", "tenant_id, seq, at, actor_id, job, on_behalf, action, kind, record_id, channel, address, device, request_id, session_id, epoch, rules, fields, detail", func(out []byte, e *madeEntry) []byte {
		out = strconv.AppendInt(append(out, "1\t"...), e.seq, 10)
		out = number(append(strconv.AppendInt(append(out, '\t'), e.at, 10), '\t'), e.actor)
		job, kind := `\N`, `\N`
		if e.actor == 0 {
			job = "mass"
		}
		if len(e.touched()) > 0 || e.action == "count" {
			kind = "customer"
		}
		out = number(append(append(append(out, '\t'), job...), '\t'), e.behalf)
		out = append(append(append(append(append(out, '\t'), e.action...), '\t'), kind...), '\t')
		out = append(number(out, e.record), "\tweb\t203.0.113."...)
		out = append(strconv.AppendInt(out, e.seq%250, 10), "\tChrome · Windows\t"...)
		out = append(strconv.AppendInt(out, e.seq*7919, 36), '\t')
		out = append(strconv.AppendInt(out, 1+e.seq%100_000, 10), "\t3\t"+madeRules+"\t"+madeFields+"\t"...)
		return append(append(out, e.detail...), '\n')
	})
	fill("audit_record", "tenant_id, kind, record_id, seq"+", act", func(out []byte, e *madeEntry) []byte {
		for _, id := range e.touched() {
			out = append(strconv.AppendInt(append(out, "1\tcustomer\t"...), id, 10), '\t')
			out = strconv.AppendInt(out, e.seq, 10)
			if ", act" != "" {
				out = append(append(out, '\t'), actOr(e.action)...)
			}
			out = append(out, '\n')
		}
		return out
	})
	fill("audit_leaf", "tenant_id, leaf, seq, records, salts, hashes", func(out []byte, e *madeEntry) []byte {
		if e.seq < l.unsealed() {
			return out
		}
		records, salts, hashes := e.leaf()
		return fmt.Appendf(out, "1\t%d\t%d\t\\\\x%x\t\\\\x%x\t\\\\x%x\n", e.seq-auditFirst, e.seq, records, salts, hashes)
	})
	for _, text := range again {
		exec(text)
	}
	exec("VACUUM (ANALYZE) audit_entry")
	exec("VACUUM (ANALYZE) audit_record")
	exec("VACUUM (ANALYZE) audit_leaf")
	exec(fmt.Sprintf("SELECT setval('audit_seq', %d)", auditFirst+l.size)) // entries that are written from now on come behind
}

// fillSQLite writes the entries in their order, what they touch in the order of its table, and builds the indexes
// behind them.
func (l *searchedLog) fillSQLite(b *testing.B) {
	ctx := context.Background()
	conn, err := l.db.writer.Conn(ctx)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	exec := func(text string, args ...any) {
		if _, err := conn.ExecContext(ctx, text, args...); err != nil {
			b.Fatalf("%s: %v", text, err)
		}
	}
	var again []string
	rows, err := conn.QueryContext(ctx, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('audit_entry', 'audit_record', 'audit_leaf') AND sql IS NOT NULL")
	if err != nil {
		b.Fatal(err)
	}
	var drops []string
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			b.Fatal(err)
		}
		drops, again = append(drops, "DROP INDEX "+name), append(again, text)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	for _, text := range append([]string{"PRAGMA synchronous = off", "PRAGMA cache_size = -1000000"}, drops...) {
		exec(text)
	}
	// One statement for several rows at once, and a transaction for many.
	var tx *sql.Tx
	insert := func(into string, columns, together int) (row func(values ...any), end func()) {
		text := func(n int) string {
			return "INSERT INTO " + into + " VALUES " + strings.TrimSuffix(strings.Repeat("("+strings.TrimSuffix(strings.Repeat("?,", columns), ",")+"),", n), ",")
		}
		var args []any
		var some *sql.Stmt
		n := 0
		flush := func(text string) {
			if _, err := tx.ExecContext(ctx, text, args...); err != nil {
				b.Fatal(err)
			}
		}
		row = func(values ...any) {
			if tx == nil {
				if tx, err = conn.BeginTx(ctx, nil); err != nil {
					b.Fatal(err)
				}
				if some, err = tx.PrepareContext(ctx, text(together)); err != nil {
					b.Fatal(err)
				}
			}
			if args = append(args, values...); len(args) == columns*together {
				if _, err := some.ExecContext(ctx, args...); err != nil {
					b.Fatal(err)
				}
				args = args[:0]
				if n++; n*together > 500_000 {
					if err := tx.Commit(); err != nil {
						b.Fatal(err)
					}
					tx, n = nil, 0
				}
			}
		}
		end = func() {
			if len(args) > 0 {
				flush(text(len(args) / columns))
				args = args[:0]
			}
			if tx != nil {
				if err := tx.Commit(); err != nil {
					b.Fatal(err)
				}
				tx = nil
			}
		}
		return row, end
	}
	id := func(n int64) any {
		if n == 0 {
			return nil
		}
		return n
	}
	counts := make([]uint32, auditCustomers+1)
	row, end := insert("audit_entry (tenant_id, seq, at, actor_id, job, on_behalf, action, kind, record_id, channel, address, device, request_id, session_id, epoch, rules, fields, detail)", 18, 50)
	l.each(b, func(e *madeEntry) error {
		var job, kind any
		if e.actor == 0 {
			job = "mass"
		}
		if len(e.touched()) > 0 || e.action == "count" {
			kind = "customer"
		}
		row(1, e.seq, e.at, id(e.actor), job, id(e.behalf), e.action, kind, id(e.record), "web", "203.0.113."+strconv.FormatInt(e.seq%250, 10), "Chrome · Windows",
			strconv.FormatInt(e.seq*7919, 36), 1+e.seq%100_000, 3, madeRules, madeFields, e.detail)
		for _, touched := range e.touched() {
			counts[touched-int64(customerOf(0))+1]++
		}
		return nil
	})
	end()
	for i := range counts[1:] {
		counts[i+1] += counts[i]
	}
	sorted, next := make([]uint32, counts[auditCustomers]), slices.Clone(counts)
	l.each(b, func(e *madeEntry) error {
		for _, touched := range e.touched() {
			at := &next[touched-int64(customerOf(0))]
			sorted[*at] = uint32(e.seq)
			*at++
		}
		return nil
	})
	columns := 4
	if ", act" != "" {
		columns = 5
	}
	row, end = insert("audit_record (tenant_id, kind, record_id, seq"+", act"+")", columns, 200)
	var e madeEntry
	for rank := range auditCustomers {
		for _, seq := range sorted[counts[rank]:counts[rank+1]] {
			if columns == 4 {
				row(1, "customer", 2_000_000+rank, int64(seq))
				continue
			}
			var act any
			if made(&e, int64(seq), l.size, l.begin); actOr(e.action) == e.action {
				act = e.action
			}
			row(1, "customer", 2_000_000+rank, int64(seq), act)
		}
	}
	end()
	row, end = insert("audit_leaf (tenant_id, leaf, seq, records, salts, hashes)", 6, 50)
	l.each(b, func(e *madeEntry) error {
		if e.seq >= l.unsealed() {
			records, salts, hashes := e.leaf()
			row(1, e.seq-auditFirst, e.seq, records, salts, hashes)
		}
		return nil
	})
	end()
	for _, text := range again {
		exec(text)
	}
	exec("ANALYZE")
	exec("PRAGMA wal_checkpoint(TRUNCATE)")
	exec("PRAGMA synchronous = full")
	exec("PRAGMA cache_size = -16384")
}

// actOr is an act as audit_record has it.
func actOr(action string) string {
	if action == "read" || action == "list" || action == "count" {
		return `\N`
	}
	return action
}

func (l *searchedLog) actColumn() string { return "" }
