package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// replace is ReplaceArchive.
func (a archives) replace(name string, fill func(io.Writer) error, check func(io.Reader) error) error {
	var out bytes.Buffer
	if err := fill(&out); err != nil {
		return err
	}
	if err := check(bytes.NewReader(out.Bytes())); err != nil {
		return err
	}
	a[name] = out.Bytes()
	return nil
}

var errDied = errors.New("the process died")

// dying replaces an archive and dies at some point of it.
func (a archives) dying(at string) ReplaceArchive {
	return func(name string, fill func(io.Writer) error, check func(io.Reader) error) error {
		switch at {
		case "while it is written":
			return fill(&narrow{2000})
		case "before it is noted":
			return a.replace(name, fill, func(io.Reader) error { return errDied })
		case "before it has its name":
			return a.replace(name, fill, func(in io.Reader) error { return errors.Join(check(in), errDied) })
		}
		return errors.Join(a.replace(name, fill, check), errDied)
	}
}

// eraseArchived does one step in each archive, and reports whether there was one.
func (k keptFirm) eraseArchived(replace ReplaceArchive) (more bool, err error) {
	k.t.Helper()
	list, err := k.keeper().NextErasures(context.Background())
	k.must(err)
	for _, e := range list {
		done, at := k.keeper().EraseInArchive(context.Background(), e, k.folder.open, replace)
		more, err = more || done, errors.Join(err, at)
	}
	return more, err
}

// holding names the archives in which a text stands.
func (k keptFirm) holding(text string) (names []string) {
	for name, file := range k.folder {
		if bytes.Contains(file, []byte(text)) {
			names = append(names, name)
		}
	}
	return names
}

const (
	heard     = "客户说离婚了请勿致电"
	whispered = "198.51.100.77"
)

// archivedGossip makes a firm in whose archives something is told about customer 4711, and of where somebody was.
func (k keptFirm) archivedGossip() policy.ID {
	k.t.Helper()
	lin := ada
	lin.Person, lin.Address = k.id("lin"), whispered
	k.term(200)
	for range 3 {
		k.days(4)
		k.must(k.db.auditRead(context.Background(), lin, audit.Entry{Action: policyAction(policy.Edit), Kind: "customer", Record: 4711, Detail: map[string]any{"purpose": heard}}))
		k.days(4)
	}
	k.clock.advance(195 * day)
	k.watch()
	n := k.archive()
	k.clock.advance(9 * day)
	k.watch()
	if n += k.archive(); n < 2 || len(k.holding(heard)) == 0 || len(k.holding(whispered)) == 0 {
		k.t.Fatalf("%d archives, %v tell", n, k.holding(heard))
	}
	return lin.Person
}

// What is erased goes out of archives too, whatever dies meanwhile; they verify as before, and nothing else has
// changed in them.
func TestErasureReachesArchives(t *testing.T) {
	eachKept(t, func(t *testing.T, k keptFirm) {
		ctx := context.Background()
		lin := k.archivedGossip()
		admin := k.browser("admin").in("").session
		old := maps.Clone(k.folder)
		whole := func(when string) {
			t.Helper()
			for _, f := range k.check(k.folder.open).Findings {
				t.Errorf("%s: %s", when, f)
			}
		}
		tell := len(k.holding(heard))
		if plan, err := admin.PlanErasure(ctx, "customer", 4711); err != nil || plan.Details != 0 || plan.Archives != tell || plan.Writing != 0 {
			t.Fatalf("%+v %v, %d archives tell", plan, err, tell)
		}
		done, err := admin.EraseAudit(ctx, "customer", 4711, "本人要求删除个人信息")
		if err != nil || done != (Erased{Archives: tell}) {
			t.Fatalf("%+v %v", done, err)
		}
		if plan, err := admin.PlanErasure(ctx, "customer", 4711); err != nil || plan.Archives != 0 || plan.Writing != tell {
			t.Errorf("%+v %v", plan, err)
		}
		if r, err := k.as("auditor").AuditRetention(ctx); err != nil || !slices.ContainsFunc(r.Archives, func(a AuditFolder) bool { return a.Erasures == 1 }) {
			t.Errorf("%+v %v", r, err)
		}
		_, err = admin.EraseAudit(ctx, "customer", 4711, "本人要求删除个人信息")
		k.refused(err, fault.NotFound, "audit_erase")

		// It is named first, and waits for the sealer.
		if more, err := k.eraseArchived(k.folder.replace); !more || err != nil {
			t.Fatalf("%t %v", more, err)
		}
		if more, err := k.eraseArchived(k.folder.replace); more || err != nil || len(k.holding(heard)) != tell {
			t.Errorf("written before it was sealed: %t %v", more, err)
		}
		k.watch()
		whole("named")
		for _, at := range []string{"while it is written", "before it is noted", "before it has its name"} {
			if _, err := k.eraseArchived(k.folder.dying(at)); !errors.Is(err, errDied) && !errors.Is(err, errFull) || len(k.holding(heard)) != tell {
				t.Errorf("%s: %v", at, err)
			}
			whole(at)
		}
		if _, err := k.eraseArchived(k.folder.dying("behind it")); !errors.Is(err, errDied) || len(k.holding(heard)) != 0 {
			t.Errorf("%v, %v tell", err, k.holding(heard))
		}
		whole("written")
		// What was erased comes back, as by somebody who had the file open: it goes again.
		again := k.folder
		for name := range again {
			again[name] = old[name]
		}
		for range 4 {
			_, err := k.eraseArchived(k.folder.replace)
			k.must(err)
			k.watch()
		}
		whole("done")
		if left := k.holding(heard); len(left) != 0 || count(t, k.db, "SELECT count(*) FROM audit_archive_erasure") != 0 {
			t.Errorf("%v still tell", left)
		}
		if plan, err := admin.PlanErasure(ctx, "customer", 4711); err != nil || plan.Archives+plan.Writing != 0 {
			t.Errorf("%+v %v", plan, err)
		}

		// Of a person, where they were.
		if _, err := admin.EraseAudit(ctx, "person", lin, "离职人员要求删除"); err != nil {
			t.Fatal(err)
		}
		for more := true; more; k.watch() {
			more, err = k.eraseArchived(k.folder.replace)
			k.must(err)
		}
		whole("of a person")
		if left := k.holding(whispered); len(left) != 0 {
			t.Errorf("%v tell where they were", left)
		}
		for name, text := range k.folder {
			k.theSame(name, old[name], text)
		}
		k.spoilErased(old)
		k.spoil()
	})
}

// theSame compares two archives of the same stretch: they differ in what was erased alone.
func (k keptFirm) theSame(name string, old, text []byte) {
	k.t.Helper()
	keys, err := k.db.AuditKeys()
	k.must(err)
	read := func(text []byte) (*audit.Report, []string) {
		var entries []string
		r, err := audit.ReadArchive(bytes.NewReader(text), keys, nil, func(l audit.Leaf) {
			if e := l.Entry; e.Action != string(audit.PartsErased) {
				entries = append(entries, fmt.Sprint(e.Seq, e.Action, e.At, e.Records, string(e.Rules), string(e.Fields)))
			}
		})
		k.must(err)
		return r, entries
	}
	before, had := read(old)
	after, has := read(text)
	if before.Root != after.Root || before.Heads != after.Heads || !slices.Equal(had, has) {
		k.t.Errorf("%s is another one: %+v, was %+v", name, after, before)
	}
}

// spoilErased does to archives that were written anew what must be found.
func (k keptFirm) spoilErased(old archives) {
	k.t.Helper()
	for name, text := range k.folder {
		if bytes.Equal(text, old[name]) {
			continue
		}
		for what, bad := range map[string][]byte{
			"the old file":             old[name],
			"a flipped byte":           flipped(text, rand.IntN(len(text))),
			"no proof of the erasures": withoutProofs(text),
		} {
			k.folder[name] = bad
			if r := k.check(k.folder.open); !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return strings.Contains(f.String(), name) }) {
				k.t.Errorf("%s in %s was not found: %v", what, name, r.Findings)
			}
		}
		k.folder[name] = text
	}
	k.exec("UPDATE audit_archive_record SET records = " + k.db.pick("x'01'", "'\\x01'::bytea") + " WHERE kind = 'customer'")
	if r := k.check(k.folder.open); !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return f.Flaw == audit.Misindexed }) {
		k.t.Errorf("a list of other records was not found: %v", r.Findings)
	}
	k.exec("DELETE FROM audit_archive_record")
	for more := true; more; {
		var err error
		more, err = k.eraseArchived(k.folder.replace)
		k.must(err)
	}
}

func withoutProofs(text []byte) []byte {
	var out []byte
	for line := range bytes.Lines(text) {
		if !bytes.HasPrefix(line, []byte(`{"proof"`)) {
			out = append(out, line...)
		}
	}
	return out
}

// An archive that is away waits, keeps no other waiting, and is written anew once it is back; of one that an older
// version wrote nobody knows what it tells, and it is looked into.
func TestErasureWaitsForArchives(t *testing.T) {
	eachKept(t, func(t *testing.T, k keptFirm) {
		k.archivedGossip()
		k.exec("DELETE FROM audit_archive_record")
		all := len(k.folder)
		if done, err := k.browser("admin").in("").session.EraseAudit(context.Background(), "customer", 4711, "本人要求删除个人信息"); err != nil || done.Archives != all {
			t.Fatalf("%+v %v of %d archives", done, err, all)
		}
		away := k.holding(heard)[0]
		text := k.folder[away]
		delete(k.folder, away)
		for range 6 {
			if _, err := k.eraseArchived(k.folder.replace); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%v", err)
			}
			k.watch()
		}
		if left := k.holding(heard); len(left) != 0 || count(t, k.db, "SELECT count(*) FROM audit_archive_erasure") != 1 {
			t.Errorf("%v still tell", left)
		}
		k.folder[away] = text
		for range 4 {
			_, err := k.eraseArchived(k.folder.replace)
			k.must(err)
			k.watch()
		}
		if left := k.holding(heard); len(left) != 0 || count(t, k.db, "SELECT count(*) FROM audit_archive_erasure") != 0 {
			t.Errorf("%v still tell", left)
		}
		if r := k.check(k.folder.open); !r.Whole() {
			t.Errorf("%v", r.Findings)
		}
	})
}
