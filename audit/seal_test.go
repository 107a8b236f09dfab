package audit_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"guan/audit"
)

func ptr[T any](v T) *T { return &v }

// example is the entry that docs/audit-log.md spells out byte by byte.
func example() (*audit.Stored, audit.Commitments) {
	e := &audit.Stored{Tenant: 1, Seq: 7, At: 1764000000000000, Actor: ptr(int64(42)), Action: "list", Kind: ptr("customer"), Channel: "web", Address: "203.0.113.7",
		Device: "desktop", RequestID: "r1", Session: ptr(int64(9)), Epoch: 3, Rules: json.RawMessage(`["sales/customer/own"]`), Fields: json.RawMessage(`["name"]`),
		Detail: json.RawMessage(`{"limit": 50, "filter": "x"}`), Records: audit.NewRecordList([]int64{1003, 1001, 1003})}
	var c audit.Commitments
	for i := range c {
		for j := range c[i].Salt {
			c[i].Salt[j] = byte(16*i + j)
		}
	}
	return e, c
}

// The leaf is what the documentation says that it is; a change of it would leave every log unverifiable.
func TestLeafIsAsDocumented(t *testing.T) {
	e, c := example()
	leaf, err := e.Leaf(c)
	if err != nil {
		t.Fatal(err)
	}
	// Worked out by a program of a few lines in another language, from the documentation alone.
	const want = "6775616e20617564697420656e74727920" + "01" + "0000000000000001" + "0000000000000007" + "0006445941624000" +
		"01000000000000002a" + "00" + "00" + "000000046c697374" + "0100000008637573746f6d6572" + "00" + "00000003776562" + "000000027231" +
		"010000000000000009" + "00" + "0000000000000003" +
		"5b00000001" + "220000001273616c65732f637573746f6d65722f6f776e" + "5b00000001" + "22000000046e616d65" +
		"00000002" + "00000000000003e9" + "00000000000003eb" +
		"f917b8258fcbd89589648fea4faab5d0b9ab57d6950af7db1bd96de0db85de2a" + "650feba06d39855d3e3ce68b5222c53434d67802836f3be4333ec32bd6dd4ac3" + "7e4daed76083a12ed110cd9019c4d2fd2d2badbf99c5aa51c9ec3f1ca97b699a"
	if got := hex.EncodeToString(leaf); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if hash, err := e.LeafHash(c); err != nil || hex.EncodeToString(hash[:]) != "1818c48f43a96bb53c12df8116b69030a4bdf3237f32c0c56085959413627230" {
		t.Errorf("%x %v", hash, err)
	}
}

// What a document says does not depend on how it is written; what could be understood in two ways is
// refused.
func TestDocumentsAreSealedByWhatTheySay(t *testing.T) {
	leaf := func(detail string) string {
		e, c := example()
		e.Detail = json.RawMessage(detail)
		hash, err := e.LeafHash(c)
		if err != nil {
			return "refused"
		}
		return hash.String()
	}
	for _, same := range [][]string{
		{`{"a":1,"b":[true,null]}`, `{ "b" : [true, null], "a" : 1.0 }`, `{"a":10e-1,"b":[true,null]}`},
		{`{"n":1e22}`, `{"n":10000000000000000000000}`},
		{`{"n":-0.0}`, `{"n":0}`, `{"n":0e99}`},
		{`{"s":"<>&é"}`, `{"s":"\u003c\u003e\u0026\u00e9"}`},
		{`{"n":9007199254740993}`, `{"n":9007199254740993.000}`},
	} {
		for _, other := range same[1:] {
			if leaf(same[0]) != leaf(other) {
				t.Errorf("%s and %s say the same", same[0], other)
			}
		}
	}
	for _, other := range [][2]string{{`{"n":9007199254740993}`, `{"n":9007199254740992}`}, {`{"a":"1"}`, `{"a":1}`}, {`{"a":[]}`, `{"a":{}}`}, {`{"a":[[1],2]}`, `{"a":[[1,2]]}`}, {`{"ab":"c"}`, `{"a":"bc"}`}, {`{"n":1}`, `{"n":-1}`}} {
		if leaf(other[0]) == leaf(other[1]) {
			t.Errorf("%s and %s say different things", other[0], other[1])
		}
	}
	for _, bad := range []string{`{"a":1,"a":2}`, `{"a":1}{}`, `{"a":`, ``, "{\"a\":\"\xff\"}", `{"n":1e99999999999999999999999999x}`} {
		if leaf(bad) != "refused" {
			t.Errorf("%q was sealed", bad)
		}
	}
}

// Without its salt nothing of an erased part is left, and the leaf is the same.
func TestErasedPartsVerify(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, _ := example()
		c, err := audit.NewCommitments(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		before, err := e.LeafHash(c)
		if err != nil {
			t.Fatal(err)
		}
		which := rapid.SliceOfNDistinct(rapid.IntRange(audit.PartAddress, audit.PartDetail), 1, 3, rapid.ID[int]).Draw(t, "parts")
		if err := c.Erase(e, which...); err != nil {
			t.Fatal(err)
		}
		again, err := audit.ParseCommitments(c.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		after, err := e.LeafHash(again)
		if err != nil || before != after {
			t.Fatalf("another leaf: %v", err)
		}
		for _, part := range which {
			if e.Says(part) || again[part].Salt != [16]byte{} || !slices.Contains(again.Erased(), audit.PartNames[part]) {
				t.Fatalf("%s is still told", audit.PartNames[part])
			}
		}
		if slices.Contains(which, audit.PartAddress) {
			e.Address = "forged"
			if _, err := e.LeafHash(again); err == nil {
				t.Fatal("a text was put where one was erased")
			}
		}
	})
}

// keysOf is a key of a log's own, made anew, and its public half.
func keysOf(t testing.TB) (audit.Keys, audit.PublicKeys) {
	t.Helper()
	secret, err := audit.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys, public, err := audit.ParseKeys(secret)
	if err != nil {
		t.Fatal(err)
	}
	return keys, public
}

// book is a log of n entries as an archive with heads after some of them.
func book(t testing.TB, keys audit.Keys, n int, every int) []byte {
	t.Helper()
	return stretch(t, keys, 0, n, every)
}

// stretch is an archive of the leaves of a log from one on.
func stretch(t testing.TB, keys audit.Keys, from, n int, every int) []byte {
	t.Helper()
	var out bytes.Buffer
	var w *audit.ArchiveWriter
	begin := func(p audit.Preface) {
		t.Helper()
		var err error
		p.Origin = "guan/audit/1/test"
		if w, err = audit.NewArchive(&out, p); err != nil {
			t.Fatal(err)
		}
	}
	if from == 0 {
		begin(audit.Preface{})
	}
	var edge audit.Edge
	for i := range int64(n) {
		e, c := example()
		e.Seq = i + 1
		hash, err := e.LeafHash(c)
		if err != nil {
			t.Fatal(err)
		}
		hashes := []tlog.Hash{hash}
		edge.Push(i, hash, func(node tlog.Hash) { hashes = append(hashes, node) })
		if (i+1)%int64(every) == 0 {
			signed, err := audit.Head{Origin: "guan/audit/1/test", Size: i + 1, Root: edge.Root(), At: time.Unix(i, 0).UTC()}.Sign(keys)
			if int(i)+1 == from && err == nil {
				begin(audit.Preface{From: i + 1, Until: int64(n), Head: signed, Edge: audit.JoinHashes(edge), Keys: public(t, keys)})
			}
			if err == nil && int(i) >= from {
				err = w.Head(signed)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if int(i) < from {
			continue
		}
		if err := w.Leaf(audit.Leaf{Index: i, Seq: e.Seq, Entry: e, Commitments: c, Hashes: hashes}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(int64(n)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever bit or line of an archive is altered, it does not verify any more.
func TestArchivesShowWhatIsDoneToThem(t *testing.T) {
	keys, public := keysOf(t)
	whole := book(t, keys, 24, 8)
	report, err := audit.VerifyArchive(bytes.NewReader(whole), public, nil)
	if err != nil || !report.Whole() || report.Size != 24 || report.Heads != 3 {
		t.Fatalf("%+v %v", report, err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	lines = lines[:len(lines)-1]
	rapid.Check(t, func(t *rapid.T) {
		changed := slices.Clone(lines)
		i := rapid.IntRange(1, len(lines)-1).Draw(t, "line")
		switch rapid.SampledFrom([]string{"drop", "twice", "swap", "flip", "cut"}).Draw(t, "how") {
		case "drop":
			changed = slices.Delete(changed, i, i+1)
			if bytes.HasPrefix(lines[i], []byte(`{"head"`)) && i < len(lines)-10 {
				return // a head between others says nothing that they do not
			}
		case "twice":
			changed = slices.Insert(changed, i, lines[i])
			if bytes.HasPrefix(lines[i], []byte(`{"head"`)) {
				return
			}
		case "swap":
			j := rapid.IntRange(1, len(lines)-1).Draw(t, "with")
			if bytes.Equal(lines[i], lines[j]) || bytes.HasPrefix(lines[i], []byte(`{"head"`)) || bytes.HasPrefix(lines[j], []byte(`{"head"`)) {
				return // where a head stands before its leaves makes no difference
			}
			changed[i], changed[j] = changed[j], changed[i]
		case "cut":
			changed = changed[:i]
		default:
			line := slices.Clone(lines[i])
			at := rapid.IntRange(0, len(line)-2).Draw(t, "byte")
			line[at] ^= 1 << rapid.IntRange(0, 6).Draw(t, "bit")
			var a, b any
			if json.Unmarshal(line, &b) == nil && json.Unmarshal(lines[i], &a) == nil && strings.EqualFold(fmt.Sprint(a), fmt.Sprint(b)) {
				return // it says the same
			}
			changed[i] = line
		}
		report, err := audit.VerifyArchive(bytes.NewReader(bytes.Join(changed, nil)), public, nil)
		if err == nil && report.Whole() {
			t.Fatalf("line %d: nothing was found", i)
		}
	})
}

// public are the texts of the public keys.
func public(t testing.TB, keys audit.Keys) (out []string) {
	t.Helper()
	for _, key := range keys {
		out = append(out, knownKeys[key.KeyHash()])
	}
	return out
}

var knownKeys = map[uint32]string{}

// Any byte of an archive of a stretch that is another is found, and its line or leaf is named.
func TestAnyByteOfAStretchIsFound(t *testing.T) {
	keys, known := keysOf(t)
	knownKeys[keys[0].KeyHash()] = known[0].Text
	whole := stretch(t, keys, 8, 24, 8)
	report, err := audit.VerifyArchive(bytes.NewReader(whole), known, nil)
	if err != nil || !report.Whole() || report.From != 8 || report.Size != 24 || report.Heads != 2 {
		t.Fatalf("%+v %v", report, err)
	}
	look := func(at int, bit uint) {
		changed := slices.Clone(whole)
		changed[at] ^= 1 << bit
		r, err := audit.VerifyArchive(bytes.NewReader(changed), known, nil)
		line := 1 + bytes.Count(whole[:at], []byte("\n"))
		if err != nil {
			if line > 1 {
				t.Errorf("byte %d, bit %d: %v", at, bit, err)
			}
			return
		}
		leaf := int64(-2) // of the line
		var said struct{ Leaf *int64 }
		if err := json.Unmarshal(bytes.Split(whole, []byte("\n"))[line-1], &said); err == nil && said.Leaf != nil {
			leaf = *said.Leaf
		}
		if r.Whole() || !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool {
			return f.Leaf == leaf || f.Leaf <= leaf && leaf < f.Until || strings.Contains(f.Text, fmt.Sprintf("line %d ", line)) || leaf == -2 && f.Flaw == audit.BadHead || leaf == -2 && f.Flaw == audit.Dropped
		}) {
			t.Errorf("byte %d, bit %d, line %d (%.40q) is not named: %v", at, bit, line, whole[max(0, at-20):min(at+20, len(whole))], r.Findings)
		}
	}
	first := bytes.IndexByte(whole, '\n')
	for at := range first + 2 {
		look(at, uint(at%7))
	}
	for at := first + 2; at < len(whole); at += 13 {
		look(at, uint(at%7))
	}
	look(len(whole)-1, 0)
}

// Archives of version 1 verify.
func TestOlderArchivesVerify(t *testing.T) {
	keys, known := keysOf(t)
	old := bytes.Replace(book(t, keys, 24, 8), []byte(`{"guan_audit":2,`), []byte(`{"guan_audit":1,"at":"2026-01-01T00:00:00Z",`), 1)
	old = bytes.Replace(old, []byte(`,"heads":3}`), []byte("}"), 1)
	if r, err := audit.VerifyArchive(bytes.NewReader(old), known, nil); err != nil || !r.Whole() || r.Size != 24 {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := audit.VerifyArchive(strings.NewReader(`{"guan_audit":3}`), known, nil); err == nil {
		t.Error("a newer format was read")
	}
}
