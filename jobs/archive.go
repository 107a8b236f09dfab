package jobs

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/store"
	"guan/vault"
)

// ArchiveFolder is where archives of the audit log lie: beside the files of jobs, and unlike them for good. They
// are sealed there as those are, for they hold what the log holds; one who takes an archive away gets it in plain.
type ArchiveFolder struct{ folder Folder }

// ArchivesOf makes the folder below the data folder.
func ArchivesOf(data string, keys func() (*vault.Keys, error)) (ArchiveFolder, error) {
	if data == "" {
		return ArchiveFolder{}, fault.New(fault.Invalid, "data_dir", "archives of the audit log need a folder for their files: use --data DIR")
	}
	dir := filepath.Join(data, "audit")
	return ArchiveFolder{Folder{dir, keys}}, os.MkdirAll(dir, 0o700)
}

// ArchivesIn are archives in a folder that is there already, such as one to which they were moved.
func ArchivesIn(dir string, db *store.DB, tenant policy.ID) ArchiveFolder {
	return ArchiveFolder{Folder{dir, fileKeys(db, tenant)}}
}

// Open opens an archive by its name, as it was written. Faults: those of os.Open.
func (f ArchiveFolder) Open(name string) (io.ReadCloser, error) {
	in, _, err := f.folder.Open(name)
	return in, err
}

// write writes an archive that is there whole, also after the machine has lost its power, or not at all.
func (f ArchiveFolder) write(name string, fill func(io.Writer) error) error {
	err := f.folder.write(name, func(to io.Writer) error { return f.folder.seal(name, to, fill) })
	if err != nil {
		return err
	}
	return f.sync()
}

// sync brings the names of the files to the disk; their content is there.
func (f ArchiveFolder) sync() error {
	dir, err := os.Open(f.folder.dir)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Replace writes an archive anew beside the one that is there, shows it to check as it was written, and puts it in
// the other's place only if nothing is wrong with it.
func (f ArchiveFolder) Replace(name string, fill func(io.Writer) error, check func(io.Reader) error) (err error) {
	path, err := f.folder.Path(name)
	if err != nil {
		return err
	}
	part, err := f.folder.writePart(name, func(to io.Writer) error { return f.folder.seal(name, to, fill) })
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(part)
		}
	}()
	file, opened, err := f.folder.open(name, part)
	if err != nil {
		return err
	}
	if err := errors.Join(check(opened), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return f.sync()
}

func (f ArchiveFolder) drop(name string) error {
	path, err := f.folder.Path(name)
	if err != nil {
		return err
	}
	return os.Remove(path)
}

// ArchivesOfData is the folder of the archives of a tenant. Faults: Invalid when there is no data folder.
func ArchivesOfData(db *store.DB, tenant policy.ID) (ArchiveFolder, error) {
	return ArchivesOf(db.DataDir(), fileKeys(db, tenant))
}

// Reseal seals the archives with the newest key. These must all be there: one that is not could never be opened
// again once the old key is gone. Faults: NotFound (archive_away).
func (f ArchiveFolder) Reseal(names []string) error {
	var errs []error
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(f.folder.dir, name)); errors.Is(err, os.ErrNotExist) {
			errs = append(errs, fault.Newf(fault.NotFound, "archive_away", "the archive %s is not in %s: put it back until its key is rotated, or nobody could open it any more", name, f.folder.dir).WithAt(name))
		}
	}
	if err := fault.Collect(fault.NotFound, "archive_away", "archives of the audit log are not in their folder", errs...); err != nil {
		return err
	}
	// Also when all were sealed with it already: who sealed them may have died before they were on the disk,
	// and with the old key gone nobody could open what would be there instead.
	return errors.Join(f.folder.Reseal(), f.sync())
}

// sweep removes what was left half written.
func (f ArchiveFolder) sweep(now time.Time) error {
	parts, err := filepath.Glob(filepath.Join(f.folder.dir, "*.part"))
	errs := []error{err}
	for _, path := range parts {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > fileAge {
			errs = append(errs, os.Remove(path))
		}
	}
	return errors.Join(errs...)
}

// archiveName is what the file of an archive is called: its tenant, stretch and what was drawn.
var archiveName = regexp.MustCompile(`^audit-([0-9]+)-[0-9]+-[0-9]+-[a-z0-9]{8}\.jsonl$`)

// strayAge is how long a file may have no row: while it is read back, before it is noted, it has none.
const strayAge = time.Hour

// strays are the files of archives of a tenant that are in the folder and not among the names.
func (f ArchiveFolder) strays(tenant policy.ID, names []string, now time.Time) ([]string, error) {
	entries, err := os.ReadDir(f.folder.dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		said := archiveName.FindStringSubmatch(e.Name())
		if said == nil || said[1] != tenant.String() || slices.Contains(names, e.Name()) {
			continue
		}
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > strayAge {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// SpareOnce removes files of archives that no row names and of which everything stands elsewhere. Others stay; of
// each it is logged once why.
func (r *Runner) SpareOnce(ctx context.Context) error {
	names, err := r.keeper.AuditArchiveFiles(ctx)
	if err != nil {
		return err
	}
	strays, err := r.archives.strays(r.tenant, names, time.Now())
	errs := []error{err}
	for _, name := range strays {
		if r.stays[name] {
			continue
		}
		why, err := r.keeper.SpareArchive(ctx, name, r.archives.Open, r.archives.drop)
		switch {
		case err != nil:
			errs = append(errs, err)
		case why != nil:
			r.stays[name] = true
			r.log.Warn("an archive of the audit log that the database does not name stays: it may be the only copy, as when the database was restored from a backup", slog.String("file", name), slog.Any("why", why))
		default:
			r.log.Info("an archive of the audit log that the database does not name was removed: its entries stand elsewhere", slog.String("file", name))
		}
	}
	return errors.Join(errs...)
}

// retain puts old stretches of the audit log into archives, as long as there are any.
func (r *Runner) retain(ctx context.Context) {
	if err := r.SpareOnce(ctx); err != nil && ctx.Err() == nil {
		r.log.Error("archives of the audit log that the database does not name could not be looked into", slog.Any("error", err))
	}
	r.goOn(ctx, r.keeper, archiving, r.RetainOnce)
}

// eraseInArchives takes out of archives what was erased, as long as there is something that can be done.
func (r *Runner) eraseInArchives(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := r.EraseOnce(ctx)
		r.went(ctx, r.keeper, erasing, err)
		if !more { // an archive that cannot be read keeps no other waiting
			return
		}
	}
}

// EraseOnce does a step in each archive out of which something has to be erased, and reports whether one was done. An
// archive that cannot be read keeps no other waiting.
func (r *Runner) EraseOnce(ctx context.Context) (bool, error) {
	list, err := r.keeper.NextErasures(ctx)
	errs := []error{err}
	more := false
	for _, e := range list {
		done, err := r.keeper.EraseInArchive(ctx, e, r.archives.Open, r.archives.Replace)
		if errors.Is(err, store.ErrStretchElsewhere) {
			err = nil // another process is at it
		}
		more = more || done && err == nil
		errs = append(errs, err)
	}
	return more, errors.Join(errs...)
}

// RetainOnce archives one stretch, or removes what is left of one that is archived, and reports whether there was
// any.
func (r *Runner) RetainOnce(ctx context.Context) (bool, error) {
	st, err := r.keeper.NextStretch(ctx)
	if err != nil || st == nil {
		return false, err
	}
	if !st.Kept() {
		if err := r.archives.write(st.File, func(to io.Writer) error { return r.keeper.WriteStretch(ctx, st, to) }); err != nil {
			return false, err
		}
		if err := r.keeper.KeepStretch(ctx, st, r.archives.Open); err != nil {
			if errors.Is(err, store.ErrStretchElsewhere) {
				return true, r.archives.drop(st.File)
			}
			return false, err // the file stays: whether the note of it was committed may be unknown
		}
	}
	for {
		more, err := r.keeper.RemoveStretch(ctx, st, r.archives.Open)
		if errors.Is(err, store.ErrStretchElsewhere) {
			return true, nil
		}
		if err != nil || !more {
			return true, err
		}
	}
}
