package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"testing"
)

// A file that no row names goes only where every entry of it stands elsewhere. Where it does not, as in a database that
// was restored from a backup, the file is the only copy, and stays.
func TestSpareArchives(t *testing.T) {
	eachKept(t, func(t *testing.T, k keptFirm) {
		ctx := context.Background()
		k.term(200)
		k.days(20)
		k.clock.advance(195 * day)
		k.watch()
		spare := func(file string) error {
			t.Helper()
			stays, err := k.keeper().SpareArchive(ctx, file, k.folder.open, func(file string) error {
				delete(k.folder, file)
				return nil
			})
			k.must(err)
			return stays
		}
		goes := func(when, file string) {
			t.Helper()
			const said = "SELECT count(*) FROM audit_entry WHERE action = 'audit_spared'"
			before := count(t, k.db, said)
			if stays := spare(file); stays != nil || k.folder[file] != nil || count(t, k.db, said) != before+1 {
				t.Errorf("%s it stays, or no entry says that it went: %v", when, stays)
			}
		}
		stays := func(when, file string, why error) {
			t.Helper()
			if is := spare(file); is == nil || why != nil && !errors.Is(is, why) || k.folder[file] == nil {
				t.Errorf("%s: %v, want %v", when, is, why)
			}
		}

		// The process died before the note. Of one that is still at it the file is gone then, and it notes nothing.
		st := k.next()
		k.write(st)
		text := k.folder[st.File]
		goes("before the note", st.File)
		if err := k.keeper().KeepStretch(ctx, st, k.folder.open); err == nil || count(t, k.db, "SELECT count(*) FROM audit_archive") != 0 {
			t.Errorf("a file that is gone was noted: %v", err)
		}
		gone := archives{st.File: text}
		first := true
		if err := k.keeper().KeepStretch(ctx, st, func(name string) (in io.ReadCloser, err error) {
			if in, err = gone.open(name); first {
				first = false
				delete(gone, name) // between the reading back and the note
			}
			return in, err
		}); !errors.Is(err, fs.ErrNotExist) || count(t, k.db, "SELECT count(*) FROM audit_archive") != 0 {
			t.Errorf("a file that went meanwhile was noted: %v", err)
		}

		// What is not whole, or not what the database has, tells nothing of what stands elsewhere.
		k.folder[st.File] = flipped(text, len(text)/2)
		stays("not whole", st.File, nil)
		k.folder[st.File] = text
		entry := count(t, k.db, "SELECT seq FROM audit_leaf WHERE leaf = 5")
		k.exec("UPDATE audit_entry SET channel = 'x' || channel WHERE seq = $1", entry)
		stays("of other entries", st.File, errStrayOnly)
		k.exec("UPDATE audit_entry SET channel = substr(channel, 2) WHERE seq = $1", entry)
		goes("once the entry is back", st.File)

		// Another copy of what lies in an archive goes; without the row of it, it stays.
		k.archive()
		var named string
		for named = range k.folder {
		}
		if is := spare(named); is != nil || k.folder[named] == nil {
			t.Errorf("a file with a row: %v", is)
		}
		twin := "audit-1-0-1-twintwin.jsonl"
		k.folder[twin] = k.folder[named]
		goes("of a copy", twin)
		k.folder[twin] = k.folder[named]
		held := k.folder[named]
		k.folder[named] = flipped(held, len(held)/3)
		stays("where the archive is broken", twin, errStrayOnly)
		k.folder[named] = held
		k.exec("DELETE FROM audit_archive")
		stays("in a restored database", named, errStrayOnly)
		stays("in a restored database", twin, errStrayOnly)
	})
}
