package jobs

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/vault"
)

func testKeys(t *testing.T) func() (*vault.Keys, error) {
	t.Helper()
	keys, err := vault.New(1)
	return func() (*vault.Keys, error) { return keys, err }
}

// Files are sealed anew when the key is, as are those that were never sealed; they open all the time, stay as old as
// they were, and need the retired key no longer.
func TestFilesAreSealedAnew(t *testing.T) {
	keys, err := testKeys(t)()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := FolderOf(t.TempDir(), func() (*vault.Keys, error) { return keys, nil })
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	check := func(when string) {
		t.Helper()
		for _, name := range []string{"sealed.csv", "plain.csv"} {
			in, size, err := folder.Open(name)
			if err != nil {
				t.Fatalf("%s: %v", when, err)
			}
			text, err := io.ReadAll(in)
			if in.Close(); err != nil || string(text) != "6222020903001483077" || size != 19 {
				t.Errorf("%s %s is %q of %d, %v", when, name, text, size, err)
			}
		}
	}
	if err := folder.Take("sealed.csv", strings.NewReader("6222020903001483077")); err != nil {
		t.Fatal(err)
	}
	path, err := folder.Path("plain.csv")
	if err == nil {
		err = os.WriteFile(path, []byte("6222020903001483077"), 0o600)
	}
	if err == nil {
		err = os.Chtimes(path, old, old)
	}
	if err != nil {
		t.Fatal(err)
	}
	check("before")
	if keys, err = keys.RotateIndex(); err != nil {
		t.Fatal(err)
	}
	check("in between")
	for range 2 {
		if err := folder.Reseal(); err != nil {
			t.Fatal(err)
		}
	}
	if keys, err = keys.RetireIndex(); err != nil {
		t.Fatal(err)
	}
	check("after")
	info, err := os.Stat(path)
	if err != nil || !info.ModTime().Equal(old) {
		t.Errorf("it is of %v, %v", info.ModTime(), err)
	}
	if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "62220209") {
		t.Errorf("it lies in plain: %v", err)
	}
}

func TestFolderKeepsToItself(t *testing.T) {
	folder, err := FolderOf(t.TempDir(), testKeys(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", ".", "..", "../guan.db", "a/b", "/etc/passwd", ".hidden"} {
		if path, err := folder.Path(name); err == nil {
			t.Errorf("%q is %s", name, path)
		}
	}
	if err := folder.Take("a.in", strings.NewReader("text")); err != nil {
		t.Error(err)
	}
	if err := folder.Take("a.in", strings.NewReader("other")); err == nil {
		t.Error("an upload was written over another")
	}
	path, err := folder.Path("a.in")
	if err != nil {
		t.Fatal(err)
	}
	if lies, err := os.ReadFile(path); err != nil || strings.Contains(string(lies), "text") {
		t.Errorf("an upload lies there as it was sent: %q, %v", lies, err)
	}
	in, size, err := folder.Open("a.in")
	if err != nil || size != 4 {
		t.Fatalf("%d bytes, %v", size, err)
	}
	if got, err := io.ReadAll(in); err != nil || string(got) != "text" {
		t.Errorf("it is read as %q, %v", got, err)
	}
	in.Close()
	opened := ""
	if err := folder.Plain("a.in", func(path string) error {
		opened = path
		got, err := os.ReadFile(path)
		if string(got) != "text" || strings.HasPrefix(path, folder.dir) {
			t.Errorf("%s has %q", path, got)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(opened); !os.IsNotExist(err) {
		t.Errorf("what was opened stays: %v", err)
	}
	if _, err := FolderOf("", nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("no data folder: %v", err)
	}
}

// endless never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestUploadsAreBounded(t *testing.T) {
	folder, err := FolderOf(t.TempDir(), testKeys(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Take("big.in", endless{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an endless upload: %v", err)
	}
	if err := folder.Take("cut.in", io.MultiReader(strings.NewReader("half"), failing{})); err == nil {
		t.Error("half an upload was taken")
	}
	left, err := os.ReadDir(folder.dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the line broke") }

// A result appears whole or not at all, and old ones go.
func TestResults(t *testing.T) {
	folder, err := FolderOf(t.TempDir(), testKeys(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.write("bad.csv", func(w io.Writer) error {
		io.WriteString(w, "half")
		return errors.New("no more")
	}); err == nil {
		t.Error("half a result was written")
	}
	for _, name := range []string{"old.csv", "new.csv"} {
		if err := folder.write(name, func(w io.Writer) error { _, err := io.WriteString(w, name); return err }); err != nil {
			t.Fatal(err)
		}
	}
	path, err := folder.Path("old.csv")
	if err != nil {
		t.Fatal(err)
	}
	past := time.Now().Add(-fileAge - time.Hour)
	if err := os.Chtimes(path, past, past); err != nil {
		t.Fatal(err)
	}
	if err := folder.sweep(time.Now()); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(folder.dir)
	if err != nil || len(left) != 1 || left[0].Name() != "new.csv" {
		t.Errorf("left: %v %v", left, err)
	}
}
