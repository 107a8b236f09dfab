package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"guan/audit"
	"guan/fault"
	"guan/internal/testdb"
)

// auditTables are all that somebody with every right on the database can write of the log.
var auditTables = []string{"audit_entry", "audit_record", "audit_pending", "audit_leaf", "audit_head", "audit_log"}

// tampered is a sealed log that is put back after each attempt on it.
type tampered struct {
	t      *testing.T
	db     *DB
	leaves int64
	seqs   []int64 // by leaf
	head   string  // published
}

func newTampered(t *testing.T, at testdb.Database) *tampered {
	x := &tampered{t: t, db: sealer(t, at, nil), leaves: 60}
	for range 6 {
		someEntries(t, x.db, 10)
		seal(t, x.db)
	}
	var err error
	if _, x.head, err = x.db.System(JobSetup, DefaultTenant).AuditHead(context.Background()); err != nil {
		t.Fatal(err)
	}
	leaves, err := x.db.single().leaves(context.Background(), DefaultTenant, "l.leaf >= 0 ORDER BY l.leaf")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range leaves {
		x.seqs = append(x.seqs, l.Seq)
	}
	untouched(t, verify(t, x.db, x.head))
	for _, table := range auditTables {
		x.exec("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table)
	}
	return x
}

func (x *tampered) exec(text string, args ...any) {
	x.t.Helper()
	if _, err := x.db.writer.Exec(text, args...); err != nil {
		x.t.Fatalf("%s: %v", text, err)
	}
}

func (x *tampered) restore() {
	ctx := context.Background()
	err := x.db.maintain(ctx, func(t *tx) error {
		for _, table := range auditTables {
			for _, text := range []string{"DELETE FROM " + table, "INSERT INTO " + table + " SELECT * FROM kept_" + table} {
				if _, err := t.exec(ctx, text); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

// seq is the number of the entry of a leaf.
func (x *tampered) seq(leaf int64) int64 { return x.seqs[leaf] }

// attempt is one thing that somebody does to the log, and where it has to be found.
type attempt struct {
	what  string
	leaf  int64 // -1: the entry below, or nowhere in particular
	seq   int64
	flaws []audit.Flaw // any of them
}

// places reports whether a finding names the place.
func (a attempt) places(f audit.Finding) bool {
	if !slices.Contains(a.flaws, f.Flaw) {
		return false
	}
	switch {
	case a.leaf >= 0 && f.Leaf >= 0:
		return f.Leaf == a.leaf || f.Leaf <= a.leaf && a.leaf < f.Until
	case a.seq != 0:
		return f.Seq == a.seq
	}
	return a.leaf < 0
}

// Whatever somebody with every right on the database does to a sealed log is found, and where.
func TestTamperingIsFound(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		x := newTampered(t, at)
		rapid.Check(t, func(r *rapid.T) {
			defer x.restore()
			names := []string{"column", "column", "column", "drop", "insert", "swap", "move", "records", "hashes", "salts", "leaf row", "leaf order", "head", "tail", "rehash", "index"}
			name := rapid.SampledFrom(names).Draw(r, "attempt")
			a := x.try(r, name)
			report := verify(t, x.db, x.head)
			if !slices.ContainsFunc(report.Findings, a.places) {
				r.Fatalf("%s (leaf %d, entry %d) was not named: %v", a.what, a.leaf, a.seq, report.Findings)
			}
			if name == "drop" || name == "column" || name == "hashes" {
				x.archive(r, a)
			}
		})
		untouched(t, verify(t, x.db, x.head))
	})
}

// archive wants the same of an archive that is written of the log as it is now.
func (x *tampered) archive(r *rapid.T, a attempt) {
	var out bytes.Buffer
	if _, err := x.db.writeArchive(context.Background(), DefaultTenant, &out); err != nil {
		r.Fatal(err)
	}
	keys, err := x.db.AuditKeys()
	if err != nil {
		r.Fatal(err)
	}
	report, err := audit.VerifyArchive(&out, keys, audit.PublishedHeads(x.head))
	if err != nil || !slices.ContainsFunc(report.Findings, a.places) {
		r.Fatalf("%s was not named in the archive: %v %v", a.what, report.Findings, err)
	}
}

func (x *tampered) try(r *rapid.T, name string) attempt {
	leaf := rapid.Int64Range(0, x.leaves-1).Draw(r, "leaf")
	other := (leaf + rapid.Int64Range(1, x.leaves-1).Draw(r, "distance")) % x.leaves
	seq := x.seq(leaf)
	content := []audit.Flaw{audit.Changed, audit.Rewritten}
	switch name {
	case "column":
		return x.column(r, leaf)
	case "drop":
		x.exec("DELETE FROM audit_entry WHERE seq = $1", seq)
		return attempt{"drop an entry", leaf, seq, []audit.Flaw{audit.Dropped}}
	case "insert":
		x.exec(`INSERT INTO audit_entry (tenant_id, seq, at, action, channel, address, device, request_id, epoch, rules, fields, detail)
			SELECT tenant_id, 900000, at, action, channel, address, device, request_id, epoch, rules, fields, detail FROM audit_entry WHERE seq = $1`, seq)
		return attempt{"insert an entry", -1, 900000, []audit.Flaw{audit.Inserted}}
	case "swap": // two entries change their numbers
		for _, step := range [][2]int64{{seq, -1}, {x.seq(other), seq}, {-1, x.seq(other)}} {
			x.exec("UPDATE audit_entry SET seq = $1 WHERE seq = $2", step[1], step[0])
		}
		return attempt{"swap two entries", leaf, seq, content}
	case "move": // two leaves change their entries, with all that is kept beside them
		x.swapLeaves(leaf, other, "seq", "records", "salts")
		return attempt{"move an entry to another leaf", leaf, x.seq(other), []audit.Flaw{audit.Reordered}}
	case "leaf order":
		x.swapLeaves(leaf, other, "seq", "records", "salts", "hashes")
		// Leaves that fit together and are not those that were signed end the comparison: the first is named.
		return attempt{"swap two leaves", min(leaf, other), x.seq(max(leaf, other)), []audit.Flaw{audit.Reordered, audit.Rewritten, audit.BadHash}}
	case "records", "hashes", "salts":
		var blob []byte
		if err := x.db.reader.QueryRow("SELECT "+name+" FROM audit_leaf WHERE leaf = $1", leaf).Scan(&blob); err != nil {
			r.Fatal(err)
		}
		if len(blob) == 0 {
			blob = []byte{5}
		} else {
			i := rapid.IntRange(0, len(blob)-1).Draw(r, "byte")
			blob[i] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		}
		x.exec("UPDATE audit_leaf SET "+name+" = $1 WHERE leaf = $2", blob, leaf)
		return attempt{"flip a bit of the " + name + " of a leaf", leaf, seq, []audit.Flaw{audit.Changed, audit.BadHash, audit.Misindexed}}
	case "leaf row":
		x.exec("DELETE FROM audit_leaf WHERE leaf = $1", leaf)
		return attempt{"drop a leaf", leaf, seq, []audit.Flaw{audit.Dropped}}
	case "head":
		return x.alterHead(r)
	case "tail":
		x.exec("DELETE FROM audit_entry WHERE seq IN (SELECT seq FROM audit_leaf WHERE leaf >= $1)", leaf/10*10)
		x.exec("DELETE FROM audit_record WHERE seq IN (SELECT seq FROM audit_leaf WHERE leaf >= $1)", leaf/10*10)
		x.exec("DELETE FROM audit_leaf WHERE leaf >= $1", leaf/10*10)
		x.exec("DELETE FROM audit_head WHERE size > $1", leaf/10*10)
		x.exec("UPDATE audit_log SET size = $1", leaf/10*10)
		return attempt{"cut the tail below a published head", leaf, seq, []audit.Flaw{audit.Dropped}}
	case "rehash":
		x.exec("UPDATE audit_entry SET actor_id = 8, request_id = 'other' WHERE seq = $1", seq)
		x.rehash(r)
		return attempt{"change an entry and all hashes", leaf, 0, []audit.Flaw{audit.Rewritten}}
	}
	return x.index(r)
}

// column changes one column of an entry, whichever.
func (x *tampered) column(r *rapid.T, leaf int64) attempt {
	changes := map[string]string{
		"tenant_id": "2", "at": "at + 1", "actor_id": "coalesce(actor_id, 0) + 1", "job": "'tags'", "on_behalf": "9", "action": "'read2'", "kind": "coalesce(kind, '') || 'x'",
		"record_id": "coalesce(record_id, 0) + 1", "channel": "channel || 'x'", "address": "address || '1'", "device": "device || ' '", "request_id": "'z' || request_id",
		"session_id": "coalesce(session_id, 0) + 1", "token_id": "77", "epoch": "epoch + 1", "rules": `'["a"]'`, "fields": `'["b"]'`, "detail": `'{"filter": 1.0000001}'`, "seq": "seq + 5000",
	}
	columns := make([]string, 0, len(changes))
	for column := range changes {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	column := rapid.SampledFrom(columns).Draw(r, "column")
	x.exec(fmt.Sprintf("UPDATE audit_entry SET %s = %s WHERE seq = $1", column, changes[column]), x.seq(leaf))
	return attempt{"change the column " + column, leaf, x.seq(leaf), []audit.Flaw{audit.Changed, audit.Dropped}}
}

// swapLeaves exchanges columns of two leaves.
func (x *tampered) swapLeaves(a, b int64, columns ...string) {
	if slices.Contains(columns, "seq") {
		x.exec("DROP INDEX audit_leaf_seq")
		defer x.exec("CREATE UNIQUE INDEX audit_leaf_seq ON audit_leaf (tenant_id, seq)")
	}
	list := strings.Join(columns, ", ")
	set := make([]string, len(columns))
	for i, column := range columns {
		set[i] = column + " = k." + column
	}
	for _, pair := range [][2]int64{{a, b}, {b, a}} {
		x.exec("UPDATE audit_leaf SET "+strings.Join(set, ", ")+" FROM (SELECT "+list+" FROM kept_audit_leaf WHERE leaf = $1) k WHERE audit_leaf.leaf = $2", pair[0], pair[1])
	}
}

// alterHead changes a head: what it says, its signature, or the row around it.
func (x *tampered) alterHead(r *rapid.T) attempt {
	size := 10 * rapid.Int64Range(1, x.leaves/10).Draw(r, "head")
	a := attempt{"alter a head", size - 1, 0, []audit.Flaw{audit.BadHead, audit.Unsigned}}
	switch rapid.IntRange(0, 4).Draw(r, "how") {
	case 4:
		size = 10 * rapid.Int64Range(1, x.leaves/10-1).Draw(r, "head between others")
		x.exec("DELETE FROM audit_head WHERE size = $1", size)
		return attempt{"drop a head from between others", size - 1, 0, []audit.Flaw{audit.Dropped}}
	case 0:
		x.exec("UPDATE audit_head SET at = at - 1 WHERE size = $1", size)
	case 1:
		x.exec("UPDATE audit_head SET size = size + 1000 WHERE size = $1", size)
		a.leaf = -1
	case 2:
		x.exec("DELETE FROM audit_head WHERE size = $1", x.leaves)
		// The published head still covers the leaves; the row of the log says what it lost.
		x.exec("UPDATE audit_log SET size = $1", x.leaves-10)
		a.leaf = -1
	default:
		var note string
		if err := x.db.reader.QueryRow("SELECT note FROM audit_head WHERE size = $1", size).Scan(&note); err != nil {
			r.Fatal(err)
		}
		text := []byte(note)
		i := rapid.IntRange(0, len(text)-1).Draw(r, "byte")
		if text[i]++; text[i] > 126 {
			text[i] = 'a'
		}
		x.exec("UPDATE audit_head SET note = $1 WHERE size = $2", string(text), size)
		a.leaf = -1
	}
	return a
}

// rehash makes all kept hashes those of the entries as they are now.
func (x *tampered) rehash(r *rapid.T) {
	leaves, err := x.db.single().leaves(context.Background(), DefaultTenant, "l.leaf >= 0 ORDER BY l.leaf")
	if err != nil {
		r.Fatal(err)
	}
	var edge audit.Edge
	for _, l := range leaves {
		hash, err := l.Entry.LeafHash(l.Commitments)
		if err != nil {
			r.Fatal(err)
		}
		hashes := append(l.Hashes[:0], hash)
		edge.Push(l.Index, hash, func(node tlog.Hash) { hashes = append(hashes, node) })
		x.exec("UPDATE audit_leaf SET hashes = $1 WHERE leaf = $2", audit.JoinHashes(hashes), l.Index)
	}
}

// index changes the index of records, by which 'who saw this customer' is answered.
func (x *tampered) index(r *rapid.T) attempt {
	var seq int64
	skip := rapid.IntRange(0, 9).Draw(r, "row")
	if err := x.db.reader.QueryRow("SELECT seq FROM audit_record ORDER BY seq LIMIT 1 OFFSET $1", skip).Scan(&seq); err != nil {
		r.Fatal(err)
	}
	switch rapid.IntRange(0, 3).Draw(r, "how") {
	case 0:
		x.exec("DELETE FROM audit_record WHERE seq = $1", seq)
	case 3:
		x.exec("UPDATE audit_record SET act = CASE WHEN act IS NULL THEN 'edit' END WHERE seq = $1", seq)
	case 1:
		x.exec("INSERT INTO audit_record (tenant_id, kind, record_id, seq) VALUES (1, 'customer', 424242, $1)", seq)
	default:
		x.exec("UPDATE audit_record SET record_id = record_id + 500000 WHERE seq = $1", seq)
	}
	return attempt{"change the index of records", -1, seq, []audit.Flaw{audit.Misindexed}}
}

// Personal data can be taken out of a sealed log: nothing of it is left, the log verifies, what stays is
// still sealed, and an erasure that nothing says is found.
func TestErasingKeepsTheLogVerifiable(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.db.auditKey = t.TempDir() + "/audit.key"
		f.customer("lin", "查无此人甲", "")
		f.customer("lin", "留下的乙", "")
		lin := Actor{Tenant: DefaultTenant, Person: f.id("lin"), Channel: "web", Device: "林的手机", Address: "198.51.100.23", Session: 1, Network: "office"}
		if _, err := f.db.As(lin).Get(ctx, "customer", f.id("查无此人甲")); err != nil {
			t.Fatal(err)
		}
		if _, err := f.as("admin").EraseAudit(ctx, "customer", f.id("查无此人甲"), "本人要求删除"); !fault.Is(err, fault.Conflict) {
			t.Errorf("erased before it was sealed: %v", err)
		}
		seal(t, f.db)
		before := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE "+f.db.pick("detail LIKE '%查无此人甲%'", "detail::text LIKE '%查无此人甲%'"))
		if before == 0 {
			t.Fatal("the log does not tell the name")
		}
		_, err := f.as("auditor").EraseAudit(ctx, "customer", f.id("查无此人甲"), "本人要求删除")
		f.refused(err, fault.Denied, "right")
		if n, err := f.as("admin").EraseAudit(ctx, "customer", f.id("查无此人甲"), "本人要求删除"); err != nil || n.Entries == 0 {
			t.Fatalf("%d erased, %v", n, err)
		}
		seal(t, f.db)
		if _, err := f.as("admin").EraseAudit(ctx, "person", f.id("lin"), "离职人员要求删除"); err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"查无此人甲", "198.51.100.23", "林的手机"} {
			if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE address = $1 OR device = $1 OR "+f.db.pick("detail", "detail::text")+" LIKE '%' || $1 || '%'", secret); n != 0 {
				t.Errorf("%s still stands in %d entries", secret, n)
			}
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE "+f.db.pick("detail", "detail::text")+" LIKE '%留下的乙%'"); n == 0 {
			t.Error("what nobody asked for is gone too")
		}
		r := verify(t, f.db)
		untouched(t, r)
		if r.Erased == 0 {
			t.Error("nothing is told to be erased")
		}
		seal(t, f.db)
		untouched(t, verify(t, f.db))
		_, err = f.as("admin").EraseAudit(ctx, "customer", f.id("查无此人甲"), "本人要求删除")
		f.refused(err, fault.NotFound, "audit_erase")

		// Somebody with the database erases in silence, or writes into what was erased.
		var seq int64
		find := func(want audit.Flaw) {
			t.Helper()
			if r := verify(t, f.db); !slices.ContainsFunc(r.Findings, func(x audit.Finding) bool { return x.Flaw == want && x.Seq == seq }) {
				t.Errorf("entry %d was not named as %s: %v", seq, want, r.Findings)
			}
		}
		leaves, err := f.db.single().leaves(ctx, DefaultTenant, "l.seq = (SELECT min(seq) FROM audit_entry WHERE action = 'create' AND record_id = $2)", f.id("留下的乙"))
		if err != nil {
			t.Fatal(err)
		}
		l := leaves[0]
		seq = l.Seq
		f.must(f.db.maintain(ctx, func(t *tx) error {
			t.actor.Tenant = DefaultTenant
			return t.eraseLeaf(ctx, l, []int{audit.PartDetail})
		}))
		find(audit.Unlogged)
		f.must(f.db.single().row(ctx, "SELECT min(seq) FROM audit_entry WHERE action = 'create' AND record_id = $1", f.id("查无此人甲")).Scan(&seq))
		f.exec("UPDATE audit_entry SET detail = '{\"changes\": \"forged\"}' WHERE seq = $1", seq)
		find(audit.Changed)
	})
}

// exec writes past everything, as who holds the database can.
func (f *firm) exec(text string, args ...any) {
	f.t.Helper()
	_, err := f.db.writer.Exec(text, args...)
	f.must(err)
}

// The entries of a database that an older program wrote get their leaves at the first start.
func TestOlderEntriesAreSealed(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		old := sealer(t, at, nil)
		someEntries(t, old, 30)
		tables := []string{"audit_pending", "audit_leaf", "audit_head", "audit_log"}
		for _, table := range tables {
			if _, err := old.writer.Exec("DROP TABLE " + table); err != nil {
				t.Fatal(err)
			}
		}
		const step = 23 // that made them
		if _, err := old.writer.Exec("DELETE FROM "+migrationTable+" WHERE version_id = $1", step); err != nil {
			t.Fatal(err)
		}
		steps, err := old.migrator()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := steps.ApplyVersion(context.Background(), step, true); err != nil {
			t.Fatal(err)
		}
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		db := sealer(t, at, nil)
		if n := seal(t, db); n != 30 {
			t.Errorf("sealed %d of 30", n)
		}
		r := verify(t, db)
		untouched(t, r)
		if r.Size != 30 || r.Unsealed != 0 {
			t.Errorf("%+v", r)
		}
		var none sql.NullInt64
		if err := db.reader.QueryRow("SELECT min(seq) FROM audit_pending").Scan(&none); err != nil || none.Valid {
			t.Errorf("entry %d waits, %v", none.Int64, err)
		}
	})
}
