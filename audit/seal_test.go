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

// book is a log of n entries as an archive with heads after some of them.
func book(t testing.TB, keys audit.Keys, n int, every int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := audit.NewArchive(&out, audit.Preface{Origin: "guan/audit/1/test", At: time.Unix(1, 0).UTC()})
	if err != nil {
		t.Fatal(err)
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
			if err == nil {
				err = w.Head(signed)
			}
			if err != nil {
				t.Fatal(err)
			}
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
	secret, err := audit.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys, public, err := audit.ParseKeys(secret)
	if err != nil {
		t.Fatal(err)
	}
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
