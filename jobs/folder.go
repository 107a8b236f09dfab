package jobs

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"guan/fault"
)

// MaxUpload bounds the file of an import, in bytes.
const MaxUpload = 128 << 20

// fileAge is how long a file stays: a day after its work has ended, and the time that takes.
const fileAge = 26 * time.Hour

// Folder is where the files of jobs stand.
type Folder string

// FolderOf makes the folder below the data folder.
func FolderOf(data string) (Folder, error) {
	if data == "" {
		return "", fault.New(fault.Invalid, "data_dir", "exports and imports need a folder for their files: use --data DIR")
	}
	dir := filepath.Join(data, "jobs")
	return Folder(dir), os.MkdirAll(dir, 0o700)
}

// Path is a file of the folder. Names come from orders and have no folder in them.
func (f Folder) Path(name string) (string, error) {
	if name == "" || name != filepath.Base(name) || strings.HasPrefix(name, ".") {
		return "", fault.New(fault.Internal, "job_name", "the name of a job's file is wrong")
	}
	return filepath.Join(string(f), name), nil
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
	n, err := io.Copy(file, io.LimitReader(from, MaxUpload+1))
	if err == nil && n > MaxUpload {
		err = fault.Newf(fault.Invalid, "file_large", "the file is larger than %d MiB", MaxUpload>>20).With("limit", MaxUpload)
	}
	return err
}

// sweep removes files that nobody can fetch any more.
func (f Folder) sweep(now time.Time) error {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && !info.IsDir() && now.Sub(info.ModTime()) > fileAge {
			err = os.Remove(filepath.Join(string(f), e.Name()))
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
	file, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = fill(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(path + ".part")
		return err
	}
	return os.Rename(path+".part", path)
}
