package vault

import (
	"bytes"
	"crypto/rand"
	"io"
	"testing"

	"guan/fault"
)

// A value opens where it was sealed and nowhere else, also after its key was rotated and as long as it is kept.
func TestValuesAreBoundToTheirPlace(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	k, err := New(1)
	must(err)
	at := Place{"customer", "id_number", 7}
	sealed, err := k.Seal(at, "secret")
	must(err)
	if SealedWith(sealed) != k.Primary() {
		t.Error("it does not say which key sealed it")
	}
	rotated, err := k.Rotate()
	must(err)
	w, err := Secrets(NewSecret(), "a test")
	must(err)
	kept, err := rotated.Wrap(w)
	must(err)
	again, err := Unwrap(w, 1, kept)
	must(err)
	if text, err := again.Open(at, sealed); err != nil || text != "secret" {
		t.Errorf("%q %v", text, err)
	}
	a, _ := k.Index("customer", "id_number", "x")
	if b, _ := again.Index("customer", "id_number", "x"); a != b {
		t.Error("the index is another after a rotation")
	}
	for _, other := range []string{"contact", "customer"} {
		if b, _ := k.Index(other, "other", "x"); a == b {
			t.Error("two fields have one index")
		}
	}
	for _, wrong := range []Place{{"contact", "id_number", 7}, {"customer", "passport_number", 7}, {"customer", "id_number", 8}} {
		if _, err := k.Open(wrong, sealed); !fault.Is(err, fault.Internal) || fault.From(err).At != wrong.Field {
			t.Errorf("it opens at %v: %v", wrong, err)
		}
	}
	retired, err := again.Retire()
	must(err)
	if _, err := retired.Open(at, sealed); err == nil {
		t.Error("a key that is thrown away opens")
	}
	if _, err := Unwrap(w, 2, kept); fault.From(err).Code != "key_wrong" {
		t.Errorf("another company's keysets open: %v", err)
	}
	stranger, err := Secrets(NewSecret(), "a test")
	must(err)
	if _, err := Unwrap(stranger, 1, kept); fault.From(err).Code != "key_missing" {
		t.Errorf("without its key: %v", err)
	}
}

// A file opens under its name, whole or not at all, and its size is known before.
func TestFilesAreSealed(t *testing.T) {
	k, err := New(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 4000, fileSegment - 56, fileSegment - 55, fileSegment, 3*fileSegment + 17, 5 * (fileSegment - fileTag)} {
		plain := make([]byte, n)
		rand.Read(plain)
		var file bytes.Buffer
		w, err := k.SealFile("a.csv", &file)
		if err == nil {
			_, err = w.Write(plain)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := k.PlainSize(int64(file.Len())); got != int64(n) {
			t.Errorf("%d bytes are said to be %d", n, got)
		}
		in, sealed, err := k.OpenFile("a.csv", bytes.NewReader(file.Bytes()))
		if err != nil || !sealed {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(in); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes do not open: %v", n, err)
		}
		for what, open := range map[string]func() (io.Reader, bool, error){
			"another name": func() (io.Reader, bool, error) { return k.OpenFile("b.csv", bytes.NewReader(file.Bytes())) },
			"its end gone": func() (io.Reader, bool, error) {
				return k.OpenFile("a.csv", bytes.NewReader(file.Bytes()[:file.Len()-1]))
			},
		} {
			in, _, err := open()
			if err == nil {
				_, err = io.ReadAll(in)
			}
			if err == nil {
				t.Errorf("%d bytes open with %s", n, what)
			}
		}
	}
	in, sealed, err := k.OpenFile("a.csv", bytes.NewReader([]byte("name\n")))
	if text, _ := io.ReadAll(in); err != nil || sealed || string(text) != "name\n" {
		t.Errorf("an older file is read as %q, %v", text, err)
	}
}
