package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"hash"
	"io"
	"io/fs"
	"maps"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// counting is a hash that knows how much it was given.
type counting struct {
	hash.Hash
	n int64
}

func (c *counting) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.Hash.Write(p)
}

// ArchivedSpan says that the oldest entries lie in archives.
type ArchivedSpan struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

// archivedSpan is the time of the entries that lie in archives; nil where that is none, or all of it is of
// before since.
func (t *rtx) archivedSpan(ctx context.Context, tenant policy.ID, since time.Time) (*ArchivedSpan, error) {
	var from, until *int64
	if err := t.row(ctx, "SELECT min(from_at), max(until_at) FROM audit_archive WHERE tenant_id = $1 AND removed_leaf > from_leaf", tenant).Scan(&from, &until); err != nil || from == nil {
		return nil, err
	}
	if out := (ArchivedSpan{*instant(from), *instant(until)}); since.IsZero() || !since.After(out.Until) {
		return &out, nil
	}
	return nil, nil
}

// archivedSince is the time up to which entries about a record lie in archives; nil where it is younger than these.
func (t *rtx) archivedSince(ctx context.Context, table string, tenant, id policy.ID) (*time.Time, error) {
	var until *int64
	err := t.row(ctx, "SELECT max(a.until_at) FROM audit_archive a JOIN "+table+" r ON r.tenant_id = a.tenant_id AND r.id = $2 WHERE a.tenant_id = $1 AND a.removed_leaf > a.from_leaf AND r.created_at <= a.until_at", tenant, id).Scan(&until)
	return instant(until), err
}

// checkArchives lists the archives in a report, and verifies those that open finds. Where they must be there, one
// that is not is a finding.
func (db *DB) checkArchives(ctx context.Context, tenant policy.ID, keys audit.PublicKeys, open OpenArchive, must bool, r *audit.Report) error {
	list, err := db.single().auditArchives(ctx, tenant)
	var noted map[int64]map[string][]byte
	if err == nil {
		noted, err = db.single().erasableLists(ctx, tenant)
	}
	if err != nil {
		return db.fault(err)
	}
	found := func(a AuditFolder, text string) {
		r.Findings = append(r.Findings, audit.Finding{Flaw: audit.Changed, Leaf: a.From, Until: a.Until, Text: "archive " + a.File + ": " + text})
	}
	var next int64
	for i := len(list) - 1; i >= 0; i-- {
		a := list[i]
		kept := audit.Kept{File: a.File, From: a.From, Until: a.Until}
		if a.From != next {
			found(a, "it does not go on where the one before ends")
		}
		next = a.Until
		if open != nil {
			read, report, err := openAndRead(a.File, keys, open)
			switch {
			case errors.Is(err, fs.ErrNotExist) && !must:
			case errors.Is(err, fs.ErrNotExist):
				r.Findings = append(r.Findings, audit.Finding{Flaw: audit.Dropped, Leaf: a.From, Until: a.Until, Text: "archive " + a.File + " is not there"})
			case err != nil:
				found(a, "it cannot be read: "+err.Error())
			default:
				kept.Checked = true
				for _, f := range report.Findings {
					f.Text = "archive " + a.File + ": " + f.Text
					r.Findings = append(r.Findings, f)
				}
				switch {
				case report.Origin != r.Origin:
					found(a, "it is of another log")
				case !report.Whole():
				case report.From != a.From || report.Size != a.Until:
					found(a, "it holds other leaves")
				case read.sum != a.SHA256 && (a.next == "" || read.sum != a.next):
					found(a, "it verifies, and is not the file that was written")
				case read.sum == a.SHA256 && noted[a.From] != nil && !maps.EqualFunc(noted[a.From], read.about.lists(), bytes.Equal):
					r.Findings = append(r.Findings, audit.Finding{Flaw: audit.Misindexed, Leaf: a.From, Until: a.Until, Text: "archive " + a.File + ": the list of the records of which it tells is not as it was noted"})
				}
			}
		}
		r.Archives = append(r.Archives, kept)
	}
	if r.Archived > next {
		r.Findings = append(r.Findings, audit.Finding{Flaw: audit.Dropped, Leaf: next, Until: r.Archived, Text: "the log says that the entries lie in an archive that the database does not name"})
	}
	return nil
}

func openAndRead(file string, keys audit.PublicKeys, open OpenArchive) (*archiveRead, *audit.Report, error) {
	in, err := open(file)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	read := &archiveRead{about: erasable{}}
	report, err := read.read(in, keys, func(*audit.Stored) {})
	return read, report, err
}

// erasableLists are the records about which each archive holds what could be erased, by its first leaf and the kind.
func (t *rtx) erasableLists(ctx context.Context, tenant policy.ID) (map[int64]map[string][]byte, error) {
	out := map[int64]map[string][]byte{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var from int64
		var kind string
		var list []byte
		err := rows.Scan(&from, &kind, &list)
		if out[from] == nil {
			out[from] = map[string][]byte{}
		}
		out[from][kind] = list
		return err
	}, "SELECT from_leaf, kind, records FROM audit_archive_record WHERE tenant_id = $1", tenant)
	return out, err
}

var noArchive = fault.New(fault.NotFound, "audit_archive", "there is no such archive")

// ReadAuditArchive opens an archive to be taken away, in plain: who verifies it elsewhere has no key of ours. It
// takes what WriteAuditArchive takes, and stands in the log before the first byte leaves. Faults: Denied, NotFound.
func (s *Session) ReadAuditArchive(ctx context.Context, from int64, open OpenArchive) (file string, in io.ReadCloser, err error) {
	var by []string
	err = s.oversee(ctx, "audit_archive", func(t *rtx, v *view) error {
		by = v.by
		if !v.seesKept() {
			return archiveTells
		}
		err := t.row(ctx, "SELECT file FROM audit_archive WHERE tenant_id = $1 AND from_leaf = $2", v.tenant, from).Scan(&file)
		if errors.Is(err, sql.ErrNoRows) {
			err = noArchive
		}
		return err
	}, "audit")
	if err = s.declined(ctx, "audit_archive", err); err != nil {
		return "", nil, err
	}
	if in, err = open(file); err != nil {
		return "", nil, noArchive.WithCause(err)
	}
	if err := s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Archived, Rules: by, Detail: map[string]any{"file": file, "from": from}}); err != nil {
		return "", nil, errors.Join(err, in.Close())
	}
	return file, in, nil
}

// AuditArchiveFiles are the names of the files of all archives. The jobs setup and retain may.
func (s *System) AuditArchiveFiles(ctx context.Context) ([]string, error) {
	if err := s.may(JobSetup, JobRetain); err != nil {
		return nil, err
	}
	names, err := s.db.single().archiveFiles(ctx, s.actor.Tenant)
	return names, s.db.fault(err)
}

// archiveFiles are the names of the files of all archives.
func (t *rtx) archiveFiles(ctx context.Context, tenant policy.ID) ([]string, error) {
	var names []string
	err := t.each(ctx, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	}, "SELECT file FROM audit_archive WHERE tenant_id = $1 ORDER BY from_leaf", tenant)
	return names, err
}
