package jobs

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"guan/fault"
	"guan/vault"
)

// MaxUpload bounds the file of an import, in bytes.
const MaxUpload = 128 << 20

// fileAge is how long a file stays: a day after its work has ended, and the time that takes.
const fileAge = 26 * time.Hour

// partial ends the name of a file that is not whole yet.
const partial = ".part"

// Folder is where the files of jobs stand. What was sent and what is handed out is sealed there: it holds what is
// encrypted everywhere else.
type Folder struct {
	dir  string
	keys func() (*vault.Keys, error) // as they are now: they are rotated while the program runs
}

// FolderOf makes the folder below the data folder.
func FolderOf(data string, keys func() (*vault.Keys, error)) (Folder, error) {
	if data == "" {
		return Folder{}, fault.New(fault.Invalid, "data_dir", "exports and imports need a folder for their files: use --data DIR")
	}
	dir := filepath.Join(data, "jobs")
	return Folder{dir, keys}, os.MkdirAll(dir, 0o700)
}

// Path is a file of the folder. Names come from orders and have no folder in them.
func (f Folder) Path(name string) (string, error) {
	if name == "" || name != filepath.Base(name) || strings.HasPrefix(name, ".") {
		return "", fault.New(fault.Internal, "job_name", "the name of a job's file is wrong")
	}
	return filepath.Join(f.dir, name), nil
}

// Take writes an upload into the folder under a name and bounds it. A file that could not be
// written whole is not left behind.
func (f Folder) Take(name string, from io.Reader) (err error) {
	path, err := f.Path(name)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			os.Remove(path)
		}
	}()
	var n int64
	err = f.seal(name, file, func(to io.Writer) (err error) {
		n, err = io.Copy(to, io.LimitReader(from, MaxUpload+1))
		return err
	})
	if err == nil && n > MaxUpload {
		err = fault.Newf(fault.Invalid, "file_large", "the file is larger than %d MiB", MaxUpload>>20).With("limit", MaxUpload)
	}
	return err
}

// sweep removes files that nobody can fetch any more.
func (f Folder) sweep(now time.Time) error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && !info.IsDir() && now.Sub(info.ModTime()) > fileAge {
			err = os.Remove(filepath.Join(f.dir, e.Name()))
		}
		if !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// write makes a file whole or not at all: it gets its name when fill is done.
func (f Folder) write(name string, fill func(io.Writer) error) error {
	path, err := f.Path(name)
	if err != nil {
		return err
	}
	part, err := f.writePart(name, fill)
	if err != nil {
		return err
	}
	return os.Rename(part, path)
}

// writePart writes a file beside its place: two processes may be at the same one.
func (f Folder) writePart(name string, fill func(io.Writer) error) (path string, err error) {
	file, err := os.CreateTemp(f.dir, name+".*"+partial) // mode 0600
	if err != nil {
		return "", err
	}
	err = fill(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// seal lets fill write into a file of that name, sealed.
func (f Folder) seal(name string, to io.Writer, fill func(io.Writer) error) error {
	keys, err := f.keys()
	if err != nil {
		return err
	}
	sealed, err := keys.SealFile(name, to)
	if err == nil {
		err = fill(sealed)
	}
	if err == nil {
		err = sealed.Close() // of a file that will not be used the end is of no interest
	}
	return err
}

// Open reads a file of the folder, and tells how many bytes it holds. Faults: those of os.Open.
func (f Folder) Open(name string) (in io.ReadCloser, size int64, err error) {
	path, err := f.Path(name)
	if err != nil {
		return nil, 0, err
	}
	file, opened, err := f.open(name, path)
	if err != nil {
		return nil, 0, err
	}
	return struct {
		io.Reader
		io.Closer
	}{opened, file}, opened.Size, nil
}

// open opens what was sealed under a name.
func (f Folder) open(name, path string) (*os.File, *vault.OpenedFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	var keys *vault.Keys
	if err == nil {
		keys, err = f.keys()
	}
	var opened *vault.OpenedFile
	if err == nil {
		opened, err = keys.OpenFile(name, file, info.Size())
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, opened, nil
}

// Reseal seals with the newest key what was sealed with another one or, by an older version, not at all. What is
// being written at this moment is left: it has the newest key.
func (f Folder) Reseal() error {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if info, err := e.Info(); err == nil && !info.IsDir() && info.Size() > 0 && !strings.HasSuffix(e.Name(), partial) {
			errs = append(errs, f.reseal(e.Name(), info.ModTime()))
		}
	}
	return errors.Join(errs...)
}

// same reports whether an open file is still the one at a path.
func same(file *os.File, path string) bool {
	is, err := file.Stat()
	there, missing := os.Stat(path)
	return err == nil && missing == nil && os.SameFile(is, there)
}

func (f Folder) reseal(name string, written time.Time) error {
	path, err := f.Path(name)
	if err != nil {
		return err
	}
	file, opened, err := f.open(name, path)
	if errors.Is(err, os.ErrNotExist) || fault.Is(err, fault.NotFound) {
		return nil // it is gone, or nobody can read it any more
	}
	if err != nil {
		return err
	}
	defer file.Close()
	if opened.Current {
		return nil
	}
	part, err := f.writePart(name, func(to io.Writer) error {
		return f.seal(name, to, func(to io.Writer) error { _, err := io.Copy(to, opened); return err })
	})
	if err != nil {
		return err
	}
	if !same(file, path) {
		return os.Remove(part) // it was written anew meanwhile: what was in it must not come back
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return os.Chtimes(path, written, written) // it is swept when it would have been
}

// Plain gives a file of the folder to something that wants a path. It lies opened among the system's temporary
// files, not in the data folder, until use returns; what use has open by then it can go on reading.
func (f Folder) Plain(name string, use func(path string) error) error {
	in, _, err := f.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	opened, err := os.CreateTemp("", "guan-import-") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(opened.Name())
	_, err = io.Copy(opened, in)
	if err = errors.Join(err, opened.Close()); err != nil {
		return err
	}
	return use(opened.Name())
}
