package audit_test

import (
	"bytes"
	"encoding/json"
	"io"
	mathrand "math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"guan/audit"
)

// headsOf are the heads in an archive, as lines of a file of published heads.
func headsOf(t testing.TB, archive []byte) (lines [][]byte) {
	t.Helper()
	for line := range bytes.Lines(archive) {
		var l struct{ Head string }
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		if l.Head == "" {
			continue
		}
		text, err := audit.HeadLine(l.Head)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, text)
	}
	return lines
}

// A file of published heads may be cut at any byte, and be gone on with on a new line or on the same one: that is no
// finding, hides no head that is whole, and what is left of the log is still held against these.
func TestTornHeadsHideNothing(t *testing.T) {
	keys, public := keysOf(t)
	whole := book(t, keys, 6, 2) // heads of two, four and six leaves
	older := book(t, keys, 3, 1) // the same log as it was
	lines := headsOf(t, whole)
	if len(lines) != 3 {
		t.Fatalf("%d heads", len(lines))
	}
	check := func(archive, file []byte) *audit.Report {
		t.Helper()
		r, err := audit.VerifyArchive(bytes.NewReader(archive), public, audit.ReadHeads(bytes.NewReader(file)))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, second, last := lines[0], lines[1], lines[2]
	signed := len(second) - len("\\n\"}\n") // from here on everything signed is there
	for cut := range len(second) {
		part := second[:cut]
		files := []struct {
			how  string
			text []byte
		}{
			{"the last line", slices.Concat(first, part)},
			{"after a new line", slices.Concat(first, part, []byte("\n"), last)},
			{"on the same line", slices.Concat(first, part, last)},
			{"twice", slices.Concat(first, part, []byte("\n"), part, last)},
			{"with zeros", slices.Concat(first, part, make([]byte, 30), []byte("\n"), last)},
			{"behind the torn is none", slices.Concat(part, []byte("\n"), part)},
		}
		if cut > len(`{"head":"guan`) && cut < signed-1 { // one cut inside of a text is as another
			files = files[cut%len(files):][:1]
		}
		for _, file := range files {
			how := file.how
			reach := int64(6)
			switch {
			case how == "the last line" && cut < signed:
				reach = 2
			case how == "the last line", how == "behind the torn is none" && cut >= signed:
				reach = 4
			case how == "behind the torn is none":
				reach = 0
			}
			if r := check(whole, file.text); !r.Whole() || r.Published.Size != reach {
				t.Fatalf("cut at byte %d, %s: up to %d leaves, want %d: %v", cut, how, r.Published.Size, reach, r.Findings)
			}
			// The log without its end, which its own heads know nothing of.
			if r := check(older, file.text); r.Whole() != (reach <= 3) {
				t.Fatalf("cut at byte %d, %s: the end is cut off, heads are of up to %d leaves: %v", cut, how, reach, r.Findings)
			}
		}
	}
}

// A line that is whole and was altered is a finding, whichever byte of it is another: unless the change leaves it
// without its end, which counts as far as it is signed.
func TestAlteredHeadsAreFound(t *testing.T) {
	keys, public := keysOf(t)
	whole := book(t, keys, 2, 1)
	file := bytes.Join(headsOf(t, whole), nil)
	end := bytes.IndexByte(file, '\n')
	for at := range end {
		for _, by := range []byte{1, 0x20, file[at] ^ '"', file[at] ^ '\\'} {
			changed := bytes.Clone(file)
			if changed[at] ^= by; by == 0 {
				continue
			}
			r, err := audit.VerifyArchive(bytes.NewReader(whole), public, audit.ReadHeads(bytes.NewReader(changed)))
			if err != nil {
				t.Fatal(err)
			}
			torn := false
			for line, err := range audit.ReadHeads(bytes.NewReader(changed)) {
				if err != nil {
					t.Fatal(err)
				}
				torn = torn || line.Torn
			}
			if r.Whole() && !torn && !strings.EqualFold(string(changed), string(file)) {
				t.Errorf("byte %d is %q: nothing was found", at, changed[at])
			}
			if torn && at < end-2 {
				t.Errorf("byte %d is %q: the line is taken for a torn one", at, changed[at])
			}
			if r.Published.Size != 2 {
				t.Errorf("byte %d is %q: the other lines are not looked at", at, changed[at])
			}
		}
	}
}

// manyHeads is a log with a head behind each of its leaves, every second of them published, in no order.
func manyHeads(t testing.TB, n int64) (check func(t testing.TB)) {
	t.Helper()
	keys, public := keysOf(t)
	var heads, published []string
	var edge audit.Edge
	hashes := make([][]tlog.Hash, n)
	for i := range n {
		leaf := tlog.RecordHash([]byte(strconv.FormatInt(i, 10)))
		hashes[i] = []tlog.Hash{leaf}
		edge.Push(i, leaf, func(node tlog.Hash) { hashes[i] = append(hashes[i], node) })
		signed, err := audit.Head{Origin: "guan/audit/1/test", Size: i + 1, Root: edge.Root(), At: time.Unix(i, 0).UTC()}.Sign(keys)
		if err != nil {
			t.Fatal(err)
		}
		if heads = append(heads, signed); i%2 == 0 {
			published = append(published, signed)
		}
	}
	mathrand.New(mathrand.NewPCG(1, uint64(n))).Shuffle(len(published), func(i, j int) { published[i], published[j] = published[j], published[i] })
	return func(t testing.TB) {
		t.Helper()
		c := audit.NewChecker("guan/audit/1/test", public)
		if err := c.Published(audit.PublishedHeads(published...)); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			c.Head(heads[i], "in the database")
			c.Leaf(audit.Leaf{Index: i, Seq: i + 1, Hashes: hashes[i]})
		}
		// The entries lie elsewhere: of leaves alone nothing else may be said.
		r := c.Finish()
		if r.Heads != int(n) || r.Size != n || r.Published.Size != n-1+n%2 || len(r.Findings) != 1 || r.Findings[0].Flaw != audit.Dropped || r.Findings[0].Until != n {
			t.Fatalf("%+v", r)
		}
	}
}

// Heads that were published, in whatever order, and those of the log itself are each held against it once.
func TestPublishedHeadsAndTheLogsOwn(t *testing.T) {
	manyHeads(t, 100)(t)
}

// headsFile is a file of so many heads.
func headsFile(t testing.TB, keys audit.Keys, n int64) []byte {
	t.Helper()
	var file []byte
	var edge audit.Edge
	for i := range n {
		edge.Push(i, tlog.RecordHash([]byte(strconv.FormatInt(i, 10))), nil)
		signed, err := audit.Head{Origin: "guan/audit/1/test", Size: i + 1, Root: edge.Root(), At: time.Unix(i, 0).UTC()}.Sign(keys)
		if err != nil {
			t.Fatal(err)
		}
		line, err := audit.HeadLine(signed)
		if err != nil {
			t.Fatal(err)
		}
		file = append(file, line...)
	}
	return file
}

// heap is what is kept in memory.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// watchedReader calls at once so much was read.
type watchedReader struct {
	io.Reader
	left int
	at   func()
}

func (r *watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if r.left -= n; r.left <= 0 && r.at != nil {
		r.at()
		r.at = nil
	}
	return n, err
}

// perHead bounds what is kept of a head, and twice that while they are read: its text has more than 200 bytes.
const perHead = 80

// Published heads are read line by line: what is kept of them is their sizes, roots and times, each once, however often
// the file says them, and nothing of lines that are none, however long.
func TestPublishedHeadsAreNotKeptAsText(t *testing.T) {
	const n, rounds = 4_000, 2
	keys, public := keysOf(t)
	file := headsFile(t, keys, n)
	if len(file) < 200*n {
		t.Fatalf("the heads have %d bytes each", len(file)/n)
	}
	before := heap()
	holds := func(when string, most int64) {
		t.Helper()
		if kept := heap() - before; kept > most {
			t.Errorf("%s %d bytes are kept, not %d", when, kept, most)
		}
	}
	var again []io.Reader
	for range rounds {
		again = append(again, bytes.NewReader(file))
	}
	c := audit.NewChecker("guan/audit/1/test", public)
	from := &watchedReader{io.MultiReader(again...), rounds*len(file) - len(file)/10, func() { holds("on the way", 2*perHead*n) }}
	if err := c.Published(audit.ReadHeads(from)); err != nil {
		t.Fatal(err)
	}
	holds("at the end", perHead*n)
	runtime.KeepAlive(file)
	if c.Heads != n || c.Report.Published.Size != n || from.at != nil {
		t.Errorf("%d heads up to %d leaves", c.Heads, c.Report.Published.Size)
	}

	// Nothing behind nothing, and a line without an end: a head behind them is found.
	end := bytes.LastIndexByte(file[:len(file)-1], '\n') + 1
	for _, long := range []struct {
		begin string
		then  byte
		found int
	}{{"", 0, 0}, {"x", 'x', 1}, {`{"head":"`, 'x', 0}} {
		c := audit.NewChecker("guan/audit/1/test", public)
		const most = 32 << 20
		text := &watchedReader{io.MultiReader(strings.NewReader(long.begin), io.LimitReader(endless(long.then), most), bytes.NewReader(file[end:])), most / 2, func() { holds("in a line without an end", most/8) }}
		if err := c.Published(audit.ReadHeads(text)); err != nil {
			t.Fatal(err)
		}
		if c.Report.Published.Size != n || text.at != nil || len(c.Findings) != long.found {
			t.Errorf("behind a line of %q there are %d leaves: %v", long.then, c.Report.Published.Size, c.Findings)
		}
	}
}

// endless is a byte again and again.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

// BenchmarkHeadsFile reads files of heads, as they grow in some days: what is kept of each does not grow.
func BenchmarkHeadsFile(b *testing.B) {
	keys, public := keysOf(b)
	for _, n := range []int64{2_000, 20_000} {
		file := headsFile(b, keys, n)
		b.Run(strconv.FormatInt(n, 10), func(b *testing.B) {
			for b.Loop() {
				before := heap()
				c := audit.NewChecker("guan/audit/1/test", public)
				if err := c.Published(audit.ReadHeads(bytes.NewReader(file))); err != nil || c.Heads != int(n) {
					b.Fatal(c.Heads, err)
				}
				b.ReportMetric(float64(heap()-before)/float64(n), "B/head")
				runtime.KeepAlive(c)
			}
			b.ReportMetric(float64(len(file))/float64(n), "B/line")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/head")
		})
	}
}

// BenchmarkPublishedHeads verifies logs of a head a leaf, every second one published: with ten times as many, each
// takes as long.
func BenchmarkPublishedHeads(b *testing.B) {
	for _, n := range []int64{10_000, 100_000} {
		check := manyHeads(b, n)
		b.Run(strconv.FormatInt(n, 10), func(b *testing.B) {
			for b.Loop() {
				check(b)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/head")
		})
	}
}
