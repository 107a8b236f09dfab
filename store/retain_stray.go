package store

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"guan/audit"
	"guan/fault"
	"guan/records"
)

// A process that dies between the file of an archive and the note of it leaves a file that no row names. So does a
// database that was restored from a backup, and there the file may be all that is left of what it holds. The file
// itself says which it is: it verifies without us.

var (
	errStrayLog  = errors.New("it is of another log")
	errStrayOnly = errors.New("it holds entries that stand nowhere else")
)

// SpareArchive removes a file that no row names, where every entry in it stands in the database, or in an archive that
// a row names; else it says why the file has to stay. Only the job retain may.
func (s *System) SpareArchive(ctx context.Context, file string, open OpenArchive, remove func(file string) error) (stays, err error) {
	if err := s.may(JobRetain); err != nil {
		return nil, err
	}
	from, hashes, stays := s.readStray(ctx, file, open)
	if stays != nil {
		return stays, nil
	}
	stands, err := s.stands(ctx, from, hashes, open)
	if err != nil {
		return nil, err
	}
	if !stands {
		return errStrayOnly, nil
	}
	return nil, s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		// Who notes an archive holds the log, and looks whether its file is there.
		if err := t.holdLog(ctx); err != nil {
			return err
		}
		names, err := t.archiveFiles(ctx, s.actor.Tenant)
		if err != nil || slices.Contains(names, file) {
			return err
		}
		if err := t.audit(ctx, audit.Entry{Action: audit.ArchiveSpared, Kind: records.System, Detail: map[string]any{"file": file, "from": from, "until": from + int64(len(hashes))}}); err != nil {
			return err
		}
		return remove(file)
	})
}

// readStray verifies a file, and returns its first leaf and the hashes of its leaves.
func (s *System) readStray(ctx context.Context, file string, open OpenArchive) (from int64, hashes []tlog.Hash, stays error) {
	log, err := s.db.single().sealedLog(ctx, s.actor.Tenant)
	if err != nil {
		return 0, nil, err
	}
	keys, err := s.db.AuditKeys()
	if err != nil {
		return 0, nil, err
	}
	in, err := open(file)
	if err != nil {
		return 0, nil, err
	}
	defer in.Close()
	report, err := audit.ReadArchive(in, keys, nil, func(l audit.Leaf) {
		if l.Index >= 0 {
			hash, _ := l.Entry.LeafHash(l.Commitments) // one that cannot be computed is a finding
			hashes = append(hashes, hash)
		}
	})
	switch {
	case err != nil:
		return 0, nil, err
	case !report.Whole():
		return 0, nil, errors.New(report.Findings[0].String())
	case report.Origin != log.origin:
		return 0, nil, errStrayLog
	case int64(len(hashes)) != report.Size-report.From:
		return 0, nil, errStrayOnly // it has leaves without entries
	}
	return report.From, hashes, nil
}

// stands reports whether leaves have their entries in the database, or in archives that rows name.
func (s *System) stands(ctx context.Context, from int64, hashes []tlog.Hash, open OpenArchive) (bool, error) {
	missing := map[int64]tlog.Hash{}
	for i, hash := range hashes {
		missing[from+int64(i)] = hash
	}
	see := func(l audit.Leaf) {
		if want, is := missing[l.Index]; is && l.Entry != nil && l.Broken == "" {
			if hash, err := l.Entry.LeafHash(l.Commitments); err == nil && hash == want {
				delete(missing, l.Index)
			}
		}
	}
	tenant, until := s.actor.Tenant, from+int64(len(hashes))
	err := s.db.walkLog(ctx, tenant, from, until, func(_ *rtx, _ []keptHead, leaves []audit.Leaf) error {
		for _, l := range leaves {
			see(l)
		}
		return nil
	}, func(*rtx) error { return nil })
	if err != nil || len(missing) == 0 {
		return err == nil, err
	}
	archives, err := s.db.single().auditArchives(ctx, tenant)
	if err != nil {
		return false, s.db.fault(err)
	}
	keys, err := s.db.AuditKeys()
	if err != nil {
		return false, err
	}
	for _, a := range archives {
		if a.Until <= from || a.From >= until {
			continue
		}
		if err := seeWhole(a.File, keys, open, see); err != nil {
			return false, nil // what cannot be read holds nothing
		}
	}
	return len(missing) == 0, nil
}

// seeWhole shows the leaves of an archive that verifies.
func seeWhole(file string, keys audit.PublicKeys, open OpenArchive, see func(audit.Leaf)) error {
	in, err := open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	report, err := audit.ReadArchive(in, keys, nil, see)
	if err == nil && !report.Whole() {
		err = badArchive
	}
	return err
}

var archiveAway = fault.New(fault.Internal, "audit_archive", "the file of an archive is gone before it was noted; nothing was removed")

// stillThere reports whether the file of a stretch is there.
func stillThere(file string, open OpenArchive) error {
	in, err := open(file)
	if err != nil {
		return archiveAway.WithAt(file).WithCause(err)
	}
	return in.Close()
}
