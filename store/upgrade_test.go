package store

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// oldAnswers are what the program of part 1 said of its company; see testdata/part1.
type oldAnswers struct {
	At     time.Time
	Plain  []string
	People map[string]struct {
		ID    policy.ID
		Kinds map[string][]policy.ID
		Items map[string]map[policy.ID]struct {
			Version int64
			Fields  map[string]any
			Masked  map[string]string
			Hidden  []string
		}
	}
	Custom map[string][]policy.ID
}

const oldPassword = "guan-part-1-upgrade"

func unzipped(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "part1", name+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// oldCompany puts the company of part 1 into an empty database.
func oldCompany(t testing.TB, at testdb.Database) (old oldAnswers) {
	t.Helper()
	if at.URL == "" {
		if err := os.WriteFile(filepath.Join(at.DataDir, sqliteFile), unzipped(t, "sqlite.db"), 0o600); err != nil {
			t.Fatal(err)
		}
	} else {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, at.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(ctx)
		if _, err := conn.PgConn().Exec(ctx, string(unzipped(t, "postgres.sql"))).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal(unzipped(t, at.Dialect()+".json"), &old); err != nil {
		t.Fatal(err)
	}
	return old
}

// upgradeKilled names, for a process of its own, what it opens and with which look at the clock it ends itself.
const upgradeKilled = "GUAN_TEST_UPGRADE_KILLED"

type killedUpgrade struct {
	DataDir, URL string
	At           time.Time
	Looks        int64
}

func TestMain(m *testing.M) {
	if order := os.Getenv(upgradeKilled); order != "" {
		os.Exit(upgradeAndDie(order))
	}
	os.Exit(testdb.Run(m))
}

func upgradeAndDie(order string) int {
	var k killedUpgrade
	if err := json.Unmarshal([]byte(order), &k); err != nil {
		fmt.Println(err)
		return 2
	}
	var looks atomic.Int64
	db, err := Open(context.Background(), Options{DataDir: k.DataDir, URL: k.URL, Clock: func() time.Time {
		if looks.Add(1) == k.Looks {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return k.At
	}})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// Whoever used the program of part 1 starts today's on their data, even if it is killed on the way: they sign in,
// see what they saw, find and edit it; what is encrypted today lies in plain nowhere; and what was done then stands
// in the sealed audit log.
func TestUpgradeFromPartOne(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		t.Parallel()
		ctx := context.Background()
		old := oldCompany(t, at)
		clock := &testClock{now: old.At.Add(time.Minute)}
		options := Options{DataDir: at.DataDir, URL: at.URL}
		if at.URL != "" {
			options.DataDir = t.TempDir()
		}
		options.AuditKey = filepath.Join(t.TempDir(), "audit.key")
		killed := 0
		for looks := int64(2); ; looks *= 2 {
			order, err := json.Marshal(killedUpgrade{options.DataDir, options.URL, clock.Now(), looks})
			if err != nil {
				t.Fatal(err)
			}
			child := exec.Command(os.Args[0], "-test.run=^$")
			child.Env = append(os.Environ(), upgradeKilled+"="+string(order))
			out, err := child.CombinedOutput()
			if err == nil {
				break
			}
			if status, is := child.ProcessState.Sys().(syscall.WaitStatus); !is || status.Signal() != syscall.SIGKILL {
				t.Fatalf("the upgrade fails after %d kills: %s", killed, out)
			}
			killed++
		}
		if killed < 3 {
			t.Errorf("it was killed %d times only", killed)
		}

		options.Clock = clock.Now
		f := &firm{t: t, db: openWith(t, options), clock: clock, ids: map[string]policy.ID{}, options: options}
		for login, seen := range old.People {
			f.ids[login] = seen.ID
		}

		// People sign in with their passwords and see the same records, of the same versions, as plain and as masked.
		for _, login := range []string{"zhoumy", "litt"} {
			_, actor, err := f.db.SignIn(ctx, Attempt{Client: Client{Channel: "web", Device: "desktop", Network: "office", Address: "192.0.2.1"}, Tenant: DefaultTenant, Login: login, Password: oldPassword})
			if f.must(err); actor.Person != f.id(login) {
				t.Errorf("%s signs in as %v", login, actor.Person)
			}
		}
		for login, seen := range old.People {
			for kind, ids := range seen.Kinds {
				if kind != "customer" && seen.Items == nil {
					continue // of the others customers tell enough
				}
				now := map[policy.ID]*Item{}
				items := f.pages(login, policy.Kind(kind))
				for i := range items {
					now[items[i].ID] = &items[i]
				}
				if len(now) != len(ids) {
					t.Errorf("%s saw %d of %s and sees %d", login, len(ids), kind, len(now))
				}
				for _, id := range ids {
					if now[id] == nil {
						t.Errorf("%s does not see %s %v any more", login, kind, id)
					} else if was, whole := seen.Items[kind][id]; whole {
						if now[id].Version != was.Version {
							t.Errorf("%s %v stands in version %d, not %d", kind, id, now[id].Version, was.Version)
						}
						sameAsThen(t, login+" "+kind, now[id], was.Fields, was.Masked, was.Hidden)
					}
				}
			}
		}

		// What is encrypted now is found by whom it is plain for, and lies in plain nowhere.
		f.plainNowhere(old.Plain...)
		first := old.Custom["heron"][0]
		for _, filter := range []string{"r.id_number == '" + old.Plain[0] + "'", "r.bank_account == '" + old.Plain[1] + "'"} {
			page, err := f.as("zhoumy").List(ctx, ListQuery{Kind: "customer", Filter: filter})
			if f.must(err); len(page.Items) != 1 || page.Items[0].ID != first {
				t.Errorf("by %s %d are found", filter, len(page.Items))
			}
		}
		if page, err := f.as("zhoumy").List(ctx, ListQuery{Kind: "customer", Filter: "r.c_word == 'heron'"}); err != nil || len(page.Items) != len(old.Custom["heron"]) {
			t.Errorf("by a field of the company's own: %v", err)
		}
		if page, err := f.as("fengz").List(ctx, ListQuery{Kind: "customer", Filter: "r.id_number == '" + old.Plain[0] + "'"}); err == nil && len(page.Items) > 0 {
			t.Error("who sees it masked finds by it")
		}

		// It is edited, and what was done before and after stands in the sealed log, which verifies.
		it := f.reread("zhoumy", "customer", first)
		number := idNumber("44030119850606888")
		edited, err := f.as("zhoumy").Update(ctx, "customer", first, it.Version, Fields{"id_number": []byte(quoted(number)), "city": []byte(`"深圳"`)})
		if f.must(err); edited.Fields["id_number"] != number || edited.Version != it.Version+1 {
			t.Errorf("edited it is %v in version %d", edited.Fields["id_number"], edited.Version)
		}
		_, err = f.as("zhoumy").Update(ctx, "customer", first, it.Version, Fields{"city": []byte(`"广州"`)})
		if !fault.Is(err, fault.Stale) {
			t.Errorf("over what somebody else did it is edited: %v", err)
		}
		entries := count(t, f.db, "SELECT count(*) FROM audit_entry")
		seal(t, f.db)
		report := verify(t, f.db)
		untouched(t, report)
		if report.Size != entries || report.Unsealed != 0 || count(t, f.db, "SELECT count(*) FROM audit_entry WHERE at < $1", old.At.UnixMicro()) < 100 {
			t.Errorf("of %d entries %d are sealed", entries, report.Size)
		}
		f.plainNowhere(append(old.Plain, number)...)
		findings, err := f.db.Check(ctx, DefaultTenant)
		if f.must(err); len(findings) > 0 {
			t.Errorf("it is not whole: %+v", findings)
		}
	})
}

// sameAsThen wants that what was plain is, and has the same value, and that nothing else is.
func sameAsThen(t *testing.T, who string, it *Item, fields map[string]any, masked map[string]string, hidden []string) {
	t.Helper()
	shown := map[string]any{}
	text, err := json.Marshal(it.Fields)
	if err == nil {
		err = json.Unmarshal(text, &shown)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, was := range fields {
		if a, b := fmt.Sprint(was), fmt.Sprint(shown[name]); a != b {
			t.Errorf("%s %v: %s was %s and is %s", who, it.ID, name, a, b)
		}
	}
	for name := range masked {
		if _, is := it.Masked[name]; !is {
			t.Errorf("%s %v: %s was masked and is not", who, it.ID, name)
		}
	}
	for _, name := range hidden {
		if !slices.Contains(it.Hidden, name) {
			t.Errorf("%s %v: %s was hidden and is not", who, it.ID, name)
		}
	}
}

// pages reads all that somebody sees of a kind, as many at a time as may be.
func (f *firm) pages(who string, kind policy.Kind) (all []Item) {
	f.t.Helper()
	q := ListQuery{Kind: kind, Limit: 200}
	for {
		page, err := f.as(who).List(context.Background(), q)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		f.must(err)
		all = append(all, page.Items...)
		if q.Cursor = page.Next; q.Cursor == "" {
			return all
		}
	}
}
