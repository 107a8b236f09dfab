package jobs

import (
	"io"
	"testing"

	"guan/fault"
	"guan/vault"
)

// Archives open with the newest key before the old one goes, and none is forgotten: one that is missing would never
// open again.
func TestArchivesAreSealedAnew(t *testing.T) {
	keys, err := testKeys(t)()
	if err != nil {
		t.Fatal(err)
	}
	archives, err := ArchivesOf(t.TempDir(), func() (*vault.Keys, error) { return keys, nil })
	if err != nil {
		t.Fatal(err)
	}
	const line = `{"leaf":0}`
	err = archives.write("0-99.jsonl", func(to io.Writer) error {
		_, err := io.WriteString(to, line)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	opens := func(when string) {
		t.Helper()
		in, err := archives.Open("0-99.jsonl")
		if err != nil {
			t.Fatalf("%s: %v", when, err)
		}
		defer in.Close()
		if text, err := io.ReadAll(in); err != nil || string(text) != line {
			t.Errorf("%s it is %q, %v", when, text, err)
		}
	}
	if keys, err = keys.RotateIndex(); err != nil {
		t.Fatal(err)
	}
	err = archives.Reseal([]string{"0-99.jsonl", "100-199.jsonl"})
	if f := fault.From(err); f.Code != "archive_away" || len(f.Items) != 1 || f.Items[0].At != "100-199.jsonl" {
		t.Errorf("an archive is away: %v", err)
	}
	opens("with both keys")
	if err := archives.Reseal([]string{"0-99.jsonl"}); err != nil {
		t.Fatal(err)
	}
	if keys, err = keys.RetireIndex(); err != nil {
		t.Fatal(err)
	}
	opens("with the new key")
}
