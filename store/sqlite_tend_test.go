package store

import (
	"strings"
	"testing"

	"guan/internal/testdb"
)

// What SQLite knows of its tables grows with them, comes to everybody who reads, and holds no value of
// a record.
func TestSQLiteKnowsItsTables(t *testing.T) {
	f := newFirm(t, testdb.SQLite(t))
	if err := f.db.System(JobRequests, DefaultTenant).Tend(t.Context()); err == nil {
		t.Error("a job that has nothing to do with it tends the database")
	}
	if err := f.db.System(JobRunner, DefaultTenant).Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	var known int
	var all string
	if err := f.db.reader.QueryRow("SELECT count(*), group_concat(tbl || ' ' || idx || ' ' || stat) FROM sqlite_stat1 WHERE tbl = 'person'").Scan(&known, &all); err != nil {
		t.Fatal(err)
	}
	if known == 0 {
		t.Fatal("nothing is known of the people's table")
	}
	if strings.ContainsFunc(all, func(r rune) bool { return r > 127 }) {
		t.Errorf("the statistics hold more than figures: %s", all)
	}
	if samples := count(t, f.db, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat4'"); samples != 0 {
		if n := count(t, f.db, "SELECT count(*) FROM sqlite_stat4"); n != 0 {
			t.Errorf("%d samples of values are kept", n)
		}
	}
}
