package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// archives is a folder of archives.
type archives map[string][]byte

func (a archives) open(name string) (io.ReadCloser, error) {
	text, ok := a[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(text)), nil
}

// keptFirm is a firm whose log has a folder for its archives.
type keptFirm struct {
	watchedFirm
	folder archives
}

func eachKept(t *testing.T, story func(t *testing.T, k keptFirm)) {
	eachWatched(t, func(t *testing.T, w watchedFirm) {
		w.watch()
		story(t, keptFirm{w, archives{}})
	})
}

// days lets days pass, on each of which something is done.
func (k keptFirm) days(n int) {
	k.t.Helper()
	for range n {
		k.clock.advance(day)
		someEntries(k.t, k.db, 3)
		k.watch()
	}
}

// term sets how long entries stay.
func (k keptFirm) term(days int) *Retention {
	k.t.Helper()
	by := k.browser("auditor").in("").session
	now, err := by.AuditRetention(context.Background())
	k.must(err)
	out, err := by.SetAuditRetention(context.Background(), now.Version, days)
	k.must(err)
	return out
}

func (k keptFirm) keeper() *System { return k.db.System(JobRetain, DefaultTenant) }

// next is what the job has to do now.
func (k keptFirm) next() *Stretch {
	k.t.Helper()
	st, err := k.keeper().NextStretch(context.Background())
	k.must(err)
	return st
}

// write writes the archive of a stretch into the folder.
func (k keptFirm) write(st *Stretch) {
	k.t.Helper()
	var out bytes.Buffer
	k.must(k.keeper().WriteStretch(context.Background(), st, &out))
	k.folder[st.File] = out.Bytes()
}

// archive does all that there is to do.
func (k keptFirm) archive() (n int) {
	k.t.Helper()
	ctx := context.Background()
	for st := k.next(); st != nil; st = k.next() {
		n++
		k.write(st)
		k.must(k.keeper().KeepStretch(ctx, st, k.folder.open))
		for more := true; more; {
			var err error
			more, err = k.keeper().RemoveStretch(ctx, st, k.folder.open)
			k.must(err)
		}
	}
	k.watch()
	return n
}

// check verifies the log, and the archives where a folder is given.
func (k keptFirm) check(open OpenArchive) *audit.Report {
	k.t.Helper()
	keys, err := k.db.AuditKeys()
	k.must(err)
	r, err := k.db.System(JobSetup, DefaultTenant).VerifyAudit(context.Background(), keys, nil, open, func(int64) {})
	k.must(err)
	return r
}

func (k keptFirm) exec(text string, args ...any) {
	k.t.Helper()
	_, err := k.db.writer.Exec(text, args...)
	k.must(err)
}

// While old entries are there that the watch or the stream has not read, nothing is archived, and who looks at the
// term is told whom it waits for.
func TestArchivingTellsWhomItWaitsFor(t *testing.T) {
	eachKept(t, func(t *testing.T, k keptFirm) {
		k.term(200)
		k.days(2)
		k.clock.advance(210 * day)
		k.watch()
		by := k.browser("auditor").in("").session
		waits := func(want string) {
			t.Helper()
			if kept, err := by.AuditRetention(context.Background()); err != nil || kept.Held != want || (k.next() == nil) != (want != "") {
				t.Errorf("archiving waits for %q (%v), want %q", kept.Held, err, want)
			}
		}
		waits("")
		read := count(t, k.db, "SELECT leaf FROM watch_position")
		k.exec("UPDATE watch_position SET leaf = 0")
		waits("watch")
		k.exec("UPDATE watch_position SET leaf = $1", read)
		k.exec("INSERT INTO siem (tenant_id, document, secret, leaf, until_leaf) VALUES (1, '{\"on\":true}', '', 0, 0)")
		waits("stream")
		k.exec("UPDATE siem SET document = '{\"on\":false}'")
		waits("")
	})
}

// A shorter term waits a week, of which the others who audit are told, and any of them can take it back; a
// longer one holds at once.
func TestRetentionIsSet(t *testing.T) {
	eachKept(t, func(t *testing.T, k keptFirm) {
		ctx := context.Background()
		by := k.browser("auditor").in("").session
		for _, days := range []int{1, 179, 3651, -1} {
			_, err := by.SetAuditRetention(ctx, 0, days)
			k.refused(err, fault.Invalid, "retention_days")
		}
		_, err := by.SetAuditRetention(ctx, 0, 0)
		k.refused(err, fault.Conflict, "retention_same")
		_, err = k.browser("admin").in("").session.SetAuditRetention(ctx, 0, 365)
		k.refused(err, fault.Denied, "right")
		_, err = k.as("lin").AuditRetention(ctx)
		k.refused(err, fault.Denied, "right")

		set := k.term(365)
		if set.Days != 0 || set.Next == nil || set.Next.Days != 365 || set.Next.From.Sub(k.clock.Now()) != retentionWaits || set.Next.By.Name != "auditor" {
			t.Fatalf("a term where there was none: %+v", set)
		}
		_, err = by.SetAuditRetention(ctx, 0, 400)
		k.refused(err, fault.Stale, "version")
		for who, told := range map[string]bool{"boss": true, "auditor": false, "admin": false} {
			page, err := k.as(who).Notices(ctx, "", false)
			k.must(err)
			if is := slices.ContainsFunc(page.Items, func(n Notice) bool { return n.What == NoticeRetention }); is != told {
				t.Errorf("%s told: %t", who, is)
			}
		}
		k.clock.advance(retentionWaits - time.Second)
		if set, err := by.AuditRetention(ctx); err != nil || set.Days != 0 {
			t.Errorf("it holds already: %+v %v", set, err)
		}
		k.clock.advance(time.Second)
		set, err = k.browser("boss").in("").session.AuditRetention(ctx)
		if err != nil || set.Days != 365 || set.Next != nil || set.By.Name != "auditor" || set.Held != "" {
			t.Errorf("it does not hold: %+v %v", set, err)
		}
		if set := k.term(700); set.Days != 700 || set.Next != nil {
			t.Errorf("longer: %+v", set)
		}
		k.term(200)
		if set := k.term(700); set.Days != 700 || set.Next != nil || set.Held != "" {
			t.Errorf("taken back: %+v", set)
		}
		page, err := k.as("boss").AuditEntries(ctx, AuditQuery{Group: audit.Administration})
		k.must(err)
		if n := len(slices.DeleteFunc(page.Items, func(it AuditItem) bool { return it.Action != string(audit.RetentionSet) })); n != 4 {
			t.Errorf("%d entries of 4 changes", n)
		}
	})
}

// What is older than the term goes into archives that verify, by steps after each of which the process may die;
// the log goes on to verify, and whatever is done to either is found.
func TestOldEntriesAreArchived(t *testing.T) {
	part := retainPart
	retainPart = 7
	t.Cleanup(func() { retainPart = part })
	eachKept(t, func(t *testing.T, k keptFirm) {
		ctx := context.Background()
		k.term(200)
		k.days(10)
		k.must(eraseSome(k, 1000))
		k.days(10)
		if st := k.next(); st != nil {
			t.Fatalf("young entries: %+v", st)
		}
		k.clock.advance(190 * day)
		k.watch()
		entries := count(t, k.db, "SELECT count(*) FROM audit_entry")
		whole := func(what string) *audit.Report {
			t.Helper()
			r := k.check(k.folder.open)
			for _, f := range r.Findings {
				t.Errorf("%s: %s", what, f)
			}
			return r
		}

		// The disk is full, or the process dies while it writes.
		st := k.next()
		if st == nil || st.Kept() || st.From != 0 {
			t.Fatalf("%+v", st)
		}
		for _, room := range []int{0, 10, 3000} {
			if err := k.keeper().WriteStretch(ctx, st, &narrow{room}); !errors.Is(err, errFull) {
				t.Errorf("on a full disk: %v", err)
			}
		}
		// What is not whole is not noted, and nothing is removed by it.
		st = k.next()
		k.write(st)
		good := k.folder[st.File]
		for _, bad := range [][]byte{nil, good[:len(good)/2], good[:len(good)-1], flipped(good, len(good)/3)} {
			k.folder[st.File] = bad
			if err := k.keeper().KeepStretch(ctx, st, k.folder.open); !errors.Is(err, badArchive) {
				t.Errorf("noted: %v", err)
			}
			if _, err := k.keeper().RemoveStretch(ctx, st, k.folder.open); !errors.Is(err, badArchive) {
				t.Errorf("removed: %v", err)
			}
		}
		// The process dies before it is noted: another one begins anew, and only one of two wins.
		again, third := k.next(), k.next()
		if again.File == st.File || again.From != st.From {
			t.Errorf("%+v", again)
		}
		delete(k.folder, st.File)
		k.write(again)
		k.write(third)
		k.must(k.keeper().KeepStretch(ctx, again, k.folder.open))
		if err := k.keeper().KeepStretch(ctx, third, k.folder.open); !errors.Is(err, ErrStretchElsewhere) {
			t.Errorf("noted twice: %v", err)
		}
		delete(k.folder, third.File)
		if n := count(t, k.db, "SELECT count(*) FROM audit_entry"); n != entries+1 {
			t.Errorf("%d of %d entries are there", n, entries)
		}
		k.watch()
		whole("noted")
		if err := eraseSome(k, 1001); !errors.Is(err, beingMoved) {
			t.Errorf("erased what is on its way: %v", err)
		}
		// It dies after each part; the file is read again by whoever goes on, and is not touched without.
		for more := true; more; {
			on := k.next()
			if on == nil || !on.Kept() || on.File != again.File {
				t.Fatalf("%+v", on)
			}
			k.folder[on.File] = flipped(k.folder[on.File], len(k.folder[on.File])/2)
			if _, err := k.keeper().RemoveStretch(ctx, on, k.folder.open); !errors.Is(err, badArchive) {
				t.Errorf("removed: %v", err)
			}
			k.folder[on.File] = flipped(k.folder[on.File], len(k.folder[on.File])/2)
			var err error
			more, err = k.keeper().RemoveStretch(ctx, on, k.folder.open)
			k.must(err)
			whole("removed in part")
		}
		left := count(t, k.db, "SELECT count(*) FROM audit_entry")
		r := whole("archived")
		if r.Archived != again.Until || len(r.Archives) != 1 || !r.Archives[0].Checked || left+r.Archived != entries+1 || count(t, k.db, "SELECT count(*) FROM audit_record r LEFT JOIN audit_entry e ON e.seq = r.seq WHERE e.seq IS NULL") != 0 {
			t.Errorf("%+v, %d entries of %d are left", r, left, entries)
		}
		if r := k.check(nil); !r.Whole() || r.Archives[0].Checked {
			t.Errorf("without the folder: %+v", r)
		}
		said := moved(k)
		if len(said) != 1 || said[0].Until != again.Until || said[0].File != again.File || said[0].Days != 200 || said[0].SetBy != k.id("auditor").String() || len(said[0].SHA256) != 64 {
			t.Errorf("%+v", said)
		}

		// The search goes on, and says where the rest is.
		page, err := k.as("auditor").AuditEntries(ctx, AuditQuery{Limit: 200})
		k.must(err)
		if page.Next != "" || page.Archived == nil || page.Archived.Until.After(k.clock.Now().Add(-200*day)) || len(page.Items) == 0 {
			t.Errorf("%+v %d", page.Archived, len(page.Items))
		}
		if page, err = k.as("auditor").AuditEntries(ctx, AuditQuery{From: k.clock.Now().Add(-day)}); err != nil || page.Archived != nil {
			t.Errorf("of yesterday: %+v %v", page.Archived, err)
		}
		// What leaves as one file begins behind the archives.
		var out bytes.Buffer
		_, err = k.db.System(JobSetup, DefaultTenant).WriteAuditArchive(ctx, &out)
		k.must(err)
		keys, err := k.db.AuditKeys()
		k.must(err)
		if r, err := audit.VerifyArchive(&out, keys, nil); err != nil || !r.Whole() || r.From != again.Until {
			t.Errorf("%+v %v", r, err)
		}
		k.days(12)
		if n := k.archive(); n != 1 {
			t.Errorf("%d more archives", n)
		}
		if r := whole("two archives"); len(r.Archives) != 2 {
			t.Errorf("%+v", r.Archives)
		}
		k.spoil()
	})
}

// spoil does what somebody may do to archives and to what the database says of them; each is found.
func (k keptFirm) spoil() {
	t := k.t
	found := func(what, says string) {
		t.Helper()
		if r := k.check(k.folder.open); !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return strings.Contains(f.String(), says) }) {
			t.Errorf("%s was not found: %v", what, r.Findings)
		}
	}
	for name, text := range k.folder {
		k.folder[name] = flipped(text, rand.IntN(len(text)))
		found("a flipped byte", name)
		delete(k.folder, name)
		found("a file that is gone", name+" is not there")
		k.folder[name] = text
	}
	k.exec("CREATE TABLE kept_rows AS SELECT * FROM audit_archive")
	for _, tampered := range []string{
		"DELETE FROM audit_archive WHERE from_leaf = 0", "DELETE FROM audit_archive WHERE from_leaf > 0",
		"UPDATE audit_archive SET until_leaf = until_leaf - 1", "UPDATE audit_archive SET sha256 = 'x'",
	} {
		k.exec(tampered)
		if r := k.check(k.folder.open); r.Whole() {
			t.Errorf("%s was not found", tampered)
		}
		k.exec("DELETE FROM audit_archive")
		k.exec("INSERT INTO audit_archive SELECT * FROM kept_rows")
	}
	k.exec("DROP TABLE kept_rows")
	seq := count(t, k.db, "SELECT min(seq) FROM audit_entry WHERE action = 'sign_in'")
	k.exec("DELETE FROM audit_entry WHERE seq = $1", seq)
	found("an entry that is gone and lies in no archive", fmt.Sprintf("entry %d: dropped", seq))
}

// Whatever the database says of the term, nothing younger than 180 days leaves it.
func TestYoungEntriesStay(t *testing.T) {
	eachKept(t, func(t *testing.T, k keptFirm) {
		ctx := context.Background()
		k.term(365)
		k.days(9)
		k.clock.advance(170 * day)
		set := func(days int) {
			k.exec(`UPDATE audit_retention SET document = $1`, fmt.Sprintf(`{"days": %d, "by": "1", "set_at": "2026-01-01T00:00:00Z"}`, days))
		}
		set(1)
		if _, err := k.keeper().NextStretch(ctx); !errors.Is(err, retentionFalse) {
			t.Errorf("a term that the log does not know: %v", err)
		}
		if r, err := k.as("auditor").AuditRetention(ctx); err != nil || r.Held != "retention_unlogged" {
			t.Errorf("%+v %v", r, err)
		}
		// The log is made to say it too.
		k.exec(`UPDATE audit_entry SET detail = '{"days": 1, "before": 0, "from": "2026-03-09T09:00:00Z"}' WHERE action = 'audit_retention'`)
		if st := k.next(); st != nil {
			t.Errorf("%+v", st)
		}
		// Heads are made old: the leaves before them are not.
		k.clock.advance(8 * day)
		st := k.next()
		if st == nil {
			t.Fatal("nothing is archived after 187 days")
		}
		k.must(k.keeper().WriteStretch(ctx, st, io.Discard))
		k.exec(`UPDATE audit_head SET at = 1`)
		if st = k.next(); st == nil {
			t.Fatal("nothing is archived")
		}
		if err := k.keeper().WriteStretch(ctx, st, io.Discard); !errors.Is(err, tooYoung) {
			t.Errorf("%+v: %v", st, err)
		}
		// An entry that says so by itself excuses nothing.
		k.must(k.db.auditRead(ctx, ada, audit.Entry{Action: audit.Moved, Detail: audit.MovedDetail{Until: 20}.Map()}))
		k.exec("DELETE FROM audit_entry WHERE seq IN (SELECT seq FROM audit_leaf WHERE leaf >= 15 AND leaf < 20)")
		if r := k.check(nil); !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return f.Flaw == audit.Dropped && f.Leaf <= 15 }) {
			t.Errorf("%v", r.Findings)
		}
	})
}

// eraseSome erases the details about a record.
func eraseSome(k keptFirm, record policy.ID) error {
	_, err := k.as("boss").EraseAudit(context.Background(), "customer", record, "本人要求删除")
	k.watch()
	return err
}

// moved is what the entries of archivings say.
func moved(k keptFirm) (out []audit.MovedDetail) {
	leaves, err := k.db.single().leaves(context.Background(), DefaultTenant, "e.action = 'audit_moved' ORDER BY l.leaf")
	k.must(err)
	for _, l := range leaves {
		var d audit.MovedDetail
		k.must(json.Unmarshal(l.Entry.Detail, &d))
		out = append(out, d)
	}
	return out
}

func flipped(text []byte, at int) []byte {
	out := slices.Clone(text)
	out[at] ^= 1 << (at % 7)
	return out
}

var errFull = errors.New("no space left on device")

// narrow is a file on a disk that is full at some point.
type narrow struct{ room int }

func (n *narrow) Write(p []byte) (int, error) {
	if n.room -= len(p); n.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}
