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
	// The index is by the newest key, and found by each that there is.
	turned, err := again.RotateIndex()
	must(err)
	b, _ := turned.Index("customer", "id_number", "x")
	if both, err := turned.Indexes("customer", "id_number", "x"); err != nil || b == a || !turned.Reindexing() || len(both) != 2 || both[0] != b || both[1] != a {
		t.Errorf("%v, %s after %s: %v", both, b, a, err)
	}
	turned, err = turned.RetireIndex()
	must(err)
	if both, err := turned.Indexes("customer", "id_number", "x"); err != nil || turned.Reindexing() || len(both) != 1 || both[0] != b {
		t.Errorf("%v: %v", both, err)
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
		in, err := k.OpenFile("a.csv", bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil || !in.Current {
			t.Fatal(err)
		}
		if in.Size != int64(n) {
			t.Errorf("%d bytes are said to be %d", n, in.Size)
		}
		if got, err := io.ReadAll(in); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes do not open: %v", n, err)
		}
		turned, err := k.RotateIndex()
		if err != nil {
			t.Fatal(err)
		}
		retired, err := turned.RetireIndex()
		if err != nil {
			t.Fatal(err)
		}
		old, err := turned.OpenFile("a.csv", bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil || old.Current {
			t.Fatalf("with a newer key beside its own: %v", err)
		}
		if got, err := io.ReadAll(old); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes do not open with a newer key beside their own: %v", n, err)
		}
		for what, open := range map[string]func() (*OpenedFile, error){
			"another name": func() (*OpenedFile, error) { return k.OpenFile("b.csv", bytes.NewReader(file.Bytes()), 0) },
			"its end gone": func() (*OpenedFile, error) {
				return k.OpenFile("a.csv", bytes.NewReader(file.Bytes()[:file.Len()-1]), 0)
			},
			"its key retired": func() (*OpenedFile, error) { return retired.OpenFile("a.csv", bytes.NewReader(file.Bytes()), 0) },
		} {
			in, err := open()
			if err == nil {
				_, err = io.ReadAll(in)
			}
			if err == nil {
				t.Errorf("%d bytes open with %s", n, what)
			}
		}
	}
	in, err := k.OpenFile("a.csv", bytes.NewReader([]byte("name\n")), 5)
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(in); in.Current || in.Size != 5 || string(text) != "name\n" {
		t.Errorf("an older file is read as %q", text)
	}
	// As the version before sealed: without the number of its key.
	c, err := k.fileCipher(k.FirstIndexNumber(), "a.csv")
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	file.WriteString(fileMarkOld)
	w, err := c.NewEncryptingWriter(&file, nil)
	if err == nil {
		_, err = io.WriteString(w, "sealed before")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	turned, err := k.RotateIndex()
	if err != nil {
		t.Fatal(err)
	}
	if in, err = turned.OpenFile("a.csv", &file, int64(file.Len())); err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(in); err != nil || in.Current || in.Size != 13 || string(text) != "sealed before" {
		t.Errorf("it is read as %q of %d, %v", text, in.Size, err)
	}
}
