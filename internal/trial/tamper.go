package trial

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/audit"
)

// Tampers is a trial of the sealed audit log. Somebody with every right on the database changes it past the
// program; a stranger who holds a head that was published and the public key has `guan audit verify` look at the
// database, and at an archive without it.
type Tampers struct {
	Bin   string
	Where Where
	Each  int // attempts of each sort
	Seed  uint64

	db      *sql.DB
	random  *mathrand.Rand
	dir     string   // of the stranger
	trusted []string // flags: the public key, and the published head
	entries []int64  // numbers of the entries, by leaf
}

// Tampered is what came of it.
type Tampered struct {
	Entries, Heads int
	Sorts          []TamperedSort
	Missed         []string // each a line that says what was not found, or not where it is
}

// TamperedSort counts the attempts of one sort.
type TamperedSort struct {
	Name                 string
	Tried, Found, Placed int
}

// Lines are a table of the attempts.
func (t *Tampered) Lines() []string {
	out := []string{"| what was done | tried | found | its place named |", "|---|---|---|---|"}
	for _, s := range t.Sorts {
		out = append(out, fmt.Sprintf("| %s | %d | %d | %d |", s.Name, s.Tried, s.Found, s.Placed))
	}
	return out
}

// place is where a change was made: a leaf, an entry, or, when both are absent, the log as such.
type place struct {
	leaf int64 // -1: none
	seq  int64 // 0: none
}

var anywhere = place{leaf: -1}

// tampering is one sort of attempt. Of a file it changes the archive and not the database.
type tampering struct {
	name string
	do   func(x *Tampers, ctx context.Context) (place, error)
	file func(x *Tampers, text []byte) ([]byte, place)
}

var tamperings = []tampering{
	{name: "one value of an entry is another", do: (*Tampers).changeValue},
	{name: "an entry is dropped", do: (*Tampers).dropEntry},
	{name: "an entry is inserted", do: (*Tampers).insertEntry},
	{name: "two entries change their numbers", do: (*Tampers).swapEntries},
	{name: "two leaves change their places", do: (*Tampers).swapLeaves},
	{name: "a leaf is dropped", do: (*Tampers).dropLeaf},
	{name: "one bit of a hash or a salt is flipped", do: (*Tampers).flipBit},
	{name: "one byte of a signed head is another", do: (*Tampers).changeHead},
	{name: "a head is dropped from between others", do: (*Tampers).dropHead},
	{name: "a head is signed with another key", do: (*Tampers).forgeHead},
	{name: "the end is cut off, as if it had not been", do: (*Tampers).cutEnd},
	{name: "the index of records forgets or invents a reader", do: (*Tampers).changeIndex},
	{name: "archive: one byte is another", file: (*Tampers).changeByte},
	{name: "archive: a line is dropped", file: (*Tampers).dropLine},
	{name: "archive: two lines change their places", file: (*Tampers).swapLines},
}

// tamperedTables are all that can be written of the log.
var tamperedTables = []string{"audit_entry", "audit_record", "audit_pending", "audit_leaf", "audit_head", "audit_log"}

// Run does the trial.
func (x Tampers) Run(ctx context.Context) (*Tampered, error) {
	x.random = mathrand.New(mathrand.NewPCG(x.Seed, 31))
	if err := x.work(ctx); err != nil {
		return nil, err
	}
	var err error
	if x.dir, err = os.MkdirTemp("", "guan-stranger-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(x.dir)
	if x.db, err = x.Where.open(); err != nil {
		return nil, err
	}
	defer x.db.Close()
	out := &Tampered{}
	if err := x.trust(ctx, out); err != nil {
		return nil, err
	}
	archive, err := x.archive()
	if err != nil {
		return nil, err
	}
	for _, table := range tamperedTables {
		if err := x.exec(ctx, "CREATE TABLE kept_"+table+" AS SELECT * FROM "+table); err != nil {
			return nil, err
		}
	}
	for _, of := range tamperings {
		sort := TamperedSort{Name: of.name}
		for range x.Each {
			at, said, err := x.attempt(ctx, of, archive)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", of.name, err)
			}
			sort.Tried++
			switch {
			case said == "":
				out.Missed = append(out.Missed, fmt.Sprintf("%s (leaf %d, entry %d): not found", of.name, at.leaf, at.seq))
			case !at.namedIn(said):
				sort.Found++
				out.Missed = append(out.Missed, fmt.Sprintf("%s (leaf %d, entry %d): said is %s", of.name, at.leaf, at.seq, said))
			default:
				sort.Found++
				sort.Placed++
			}
		}
		out.Sorts = append(out.Sorts, sort)
	}
	if said, err := x.verify(); err != nil || said != "" {
		return nil, fmt.Errorf("put back, the log does not verify: %s %w", said, err)
	}
	return out, nil
}

// work fills the log: somebody makes, reads, lists and changes customers, for long enough that there are heads.
func (x *Tampers) work(ctx context.Context) error {
	server, err := Start(x.Bin, x.Where)
	if err != nil {
		return err
	}
	defer server.Kill()
	person, err := SignIn(ctx, server.URL, Seller)
	if err != nil {
		return err
	}
	db, err := x.Where.open()
	if err != nil {
		return err
	}
	defer db.Close()
	base := server.URL + "/api/v1/records/customer"
	for i := range 24 {
		var item Item
		name := fmt.Sprintf("行车记录 %d", i)
		if err := person.Call(ctx, "POST", base, nil, map[string]any{"fields": map[string]any{"name": name, "phone": "13800138000"}}, &item); err != nil {
			return err
		}
		for _, call := range []struct {
			method, path string
			body         any
		}{
			{"GET", "/" + item.ID, nil},
			{"PATCH", "/" + item.ID, map[string]any{"fields": map[string]any{"code": strconv.Itoa(i)}}},
			{"GET", "?limit=3", nil},
		} {
			if err := person.Call(ctx, call.method, base+call.path, map[string]string{"If-Match": `"1"`}, call.body, nil); err != nil {
				return fmt.Errorf("%s %s: %w", call.method, call.path, err)
			}
		}
		if i%4 == 3 {
			if err := sealedAgain(ctx, db); err != nil {
				return err
			}
		}
	}
	return server.Stop()
}

// sealedAgain waits until all that waits now is sealed, under a head of its own.
func sealedAgain(ctx context.Context, db *sql.DB) error {
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		var waits int
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM audit_pending").Scan(&waits); err != nil || waits == 0 {
			return err
		}
		if time.Since(began) > longest {
			return fmt.Errorf("%d entries are not sealed", waits)
		}
	}
}

// trust keeps what a stranger holds: the public key and the last head, which was published.
func (x *Tampers) trust(ctx context.Context, out *Tampered) error {
	keys, err := run(x.Bin, append([]string{"audit", "key"}, x.Where.Args()...)...)
	if err != nil {
		return fmt.Errorf("the public key: %s: %w", keys, err)
	}
	for _, key := range strings.Fields(keys) {
		x.trusted = append(x.trusted, "--key", key)
	}
	var note string
	if err := x.db.QueryRowContext(ctx, "SELECT note FROM audit_head ORDER BY size DESC LIMIT 1").Scan(&note); err != nil {
		return err
	}
	line, err := audit.HeadLine(note)
	if err != nil {
		return err
	}
	published := filepath.Join(x.dir, "heads.jsonl")
	if err := os.WriteFile(published, line, 0o600); err != nil {
		return err
	}
	x.trusted = append(x.trusted, "--heads", published)
	rows, err := x.db.QueryContext(ctx, "SELECT seq FROM audit_leaf ORDER BY leaf")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return err
		}
		x.entries = append(x.entries, seq)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	out.Entries = len(x.entries)
	if err := x.db.QueryRowContext(ctx, "SELECT count(*) FROM audit_head").Scan(&out.Heads); err != nil {
		return err
	}
	if out.Heads < 3 {
		return fmt.Errorf("the log has %d heads: there is too little to change", out.Heads)
	}
	if said, err := x.verify(); err != nil || said != "" {
		return fmt.Errorf("untouched, the log does not verify: %s %w", said, err)
	}
	return nil
}

// archive writes the log into an archive, and wants it verified.
func (x *Tampers) archive() ([]byte, error) {
	path := filepath.Join(x.dir, "log.jsonl")
	if said, err := run(x.Bin, append([]string{"audit", "export", path}, x.Where.Args()...)...); err != nil {
		return nil, fmt.Errorf("the archive: %s: %w", said, err)
	}
	if said, err := x.verifyFile(path); err != nil || said != "" {
		return nil, fmt.Errorf("untouched, the archive does not verify: %s %w", said, err)
	}
	return os.ReadFile(path)
}

// attempt does one thing, has it looked for, and puts everything back.
func (x *Tampers) attempt(ctx context.Context, of tampering, archive []byte) (at place, said string, err error) {
	if of.file != nil {
		text, at := of.file(x, bytes.Clone(archive))
		path := filepath.Join(x.dir, "changed.jsonl")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			return at, "", err
		}
		said, err = x.verifyFile(path)
		return at, said, err
	}
	if at, err = of.do(x, ctx); err != nil {
		return at, "", err
	}
	if said, err = x.verify(); err != nil {
		return at, "", err
	}
	for _, table := range tamperedTables {
		if err := x.exec(ctx, "DELETE FROM "+table); err != nil {
			return at, "", err
		}
		if err := x.exec(ctx, "INSERT INTO "+table+" SELECT * FROM kept_"+table); err != nil {
			return at, "", err
		}
	}
	return at, said, nil
}

// verify has the database verified; what is said is empty when nothing is found.
func (x *Tampers) verify() (said string, err error) {
	return verdict(run(x.Bin, append(append([]string{"audit", "verify"}, x.trusted...), x.Where.Args()...)...))
}

// verifyFile has an archive verified, without the database.
func (x *Tampers) verifyFile(path string) (said string, err error) {
	return verdict(run(x.Bin, append([]string{"audit", "verify", path}, x.trusted...)...))
}

func verdict(said string, err error) (string, error) {
	switch {
	case err == nil:
		return "", nil
	case strings.TrimSpace(said) == "":
		return "", err
	}
	return said, nil
}

var (
	saysLeaves = regexp.MustCompile(`(?m)^lea(?:f|ves) (\d+)(?: to (\d+))?(?:, entry (\d+))?: `)
	saysEntry  = regexp.MustCompile(`(?m)^entry (\d+): `)
)

// namedIn reports whether one of the findings names the place.
func (p place) namedIn(said string) bool {
	if p == anywhere {
		return true
	}
	number := func(text string) int64 {
		n, _ := strconv.ParseInt(text, 10, 64) // the pattern takes digits alone
		return n
	}
	for _, m := range saysLeaves.FindAllStringSubmatch(said, -1) {
		from, until := number(m[1]), number(m[1])
		if m[2] != "" {
			until = number(m[2])
		}
		if p.leaf >= from && p.leaf <= until || m[3] != "" && number(m[3]) == p.seq {
			return true
		}
	}
	for _, m := range saysEntry.FindAllStringSubmatch(said, -1) {
		if number(m[1]) == p.seq {
			return true
		}
	}
	return false
}

func (x *Tampers) exec(ctx context.Context, text string, args ...any) error {
	if _, err := x.db.ExecContext(ctx, text, args...); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}

// one picks a leaf with its entry.
func (x *Tampers) one() place {
	leaf := x.random.IntN(len(x.entries))
	return place{int64(leaf), x.entries[leaf]}
}

// two picks two of them, the first before the second.
func (x *Tampers) two() (place, place) {
	for {
		a, b := x.one(), x.one()
		if a.leaf < b.leaf {
			return a, b
		}
	}
}

func (x *Tampers) changeValue(ctx context.Context) (place, error) {
	changes := []string{"at = at - 1", "actor_id = coalesce(actor_id, 0) + 1", "on_behalf = 9", "action = action || '2'", "kind = coalesce(kind, '') || 'x'", "record_id = coalesce(record_id, 0) + 1", "channel = 'agent' || channel",
		"address = address || '1'", "device = device || ' '", "request_id = 'z' || request_id", "session_id = coalesce(session_id, 0) + 1", "epoch = epoch + 1", `rules = '["another"]'`, `fields = '["another"]'`, `detail = '{"another": 1}'`}
	p := x.one()
	return p, x.exec(ctx, "UPDATE audit_entry SET "+changes[x.random.IntN(len(changes))]+" WHERE seq = $1", p.seq)
}

func (x *Tampers) dropEntry(ctx context.Context) (place, error) {
	p := x.one()
	if err := x.exec(ctx, "DELETE FROM audit_record WHERE seq = $1", p.seq); err != nil {
		return p, err
	}
	return p, x.exec(ctx, "DELETE FROM audit_entry WHERE seq = $1", p.seq)
}

func (x *Tampers) insertEntry(ctx context.Context) (place, error) {
	p := place{leaf: -1, seq: x.entries[len(x.entries)-1] + 1000}
	return p, x.exec(ctx, `INSERT INTO audit_entry (tenant_id, seq, at, actor_id, action, kind, record_id, channel, address, device, request_id, session_id, epoch, rules, fields, detail)
		SELECT tenant_id, $1, at, actor_id, action, kind, record_id, channel, address, device, request_id, session_id, epoch, rules, fields, detail FROM audit_entry WHERE seq = $2`, p.seq, x.one().seq)
}

func (x *Tampers) swapEntries(ctx context.Context) (place, error) {
	a, b := x.two()
	for _, step := range [][2]int64{{a.seq, -1}, {b.seq, a.seq}, {-1, b.seq}} {
		if err := x.exec(ctx, "UPDATE audit_entry SET seq = $1 WHERE seq = $2", step[1], step[0]); err != nil {
			return a, err
		}
	}
	return a, nil
}

func (x *Tampers) swapLeaves(ctx context.Context) (place, error) {
	a, b := x.two()
	for _, step := range [][2]int64{{a.leaf, -1}, {b.leaf, a.leaf}, {-1, b.leaf}} {
		if err := x.exec(ctx, "UPDATE audit_leaf SET leaf = $1 WHERE leaf = $2", step[1], step[0]); err != nil {
			return a, err
		}
	}
	return a, nil
}

func (x *Tampers) dropLeaf(ctx context.Context) (place, error) {
	p := x.one()
	return p, x.exec(ctx, "DELETE FROM audit_leaf WHERE leaf = $1", p.leaf)
}

func (x *Tampers) flipBit(ctx context.Context) (place, error) {
	p := x.one()
	column := []string{"hashes", "salts"}[x.random.IntN(2)]
	var kept []byte
	if err := x.db.QueryRowContext(ctx, "SELECT "+column+" FROM audit_leaf WHERE leaf = $1", p.leaf).Scan(&kept); err != nil {
		return p, err
	}
	kept[x.random.IntN(len(kept))] ^= 1 << x.random.IntN(8)
	return p, x.exec(ctx, "UPDATE audit_leaf SET "+column+" = $1 WHERE leaf = $2", kept, p.leaf)
}

// head picks a head.
func (x *Tampers) head(ctx context.Context) (size int64, note string, err error) {
	var heads int
	if err := x.db.QueryRowContext(ctx, "SELECT count(*) FROM audit_head").Scan(&heads); err != nil {
		return 0, "", err
	}
	err = x.db.QueryRowContext(ctx, "SELECT size, note FROM audit_head ORDER BY size LIMIT 1 OFFSET $1", x.random.IntN(heads)).Scan(&size, &note)
	return size, note, err
}

func (x *Tampers) changeHead(ctx context.Context) (place, error) {
	size, note, err := x.head(ctx)
	if err != nil {
		return anywhere, err
	}
	text := []byte(note)
	another(x.random, text)
	return anywhere, x.exec(ctx, "UPDATE audit_head SET note = $1 WHERE size = $2", string(text), size)
}

// dropHead takes out a head that has another behind it.
func (x *Tampers) dropHead(ctx context.Context) (place, error) {
	var heads int
	if err := x.db.QueryRowContext(ctx, "SELECT count(*) FROM audit_head").Scan(&heads); err != nil {
		return anywhere, err
	}
	var size int64
	if err := x.db.QueryRowContext(ctx, "SELECT size FROM audit_head ORDER BY size LIMIT 1 OFFSET $1", x.random.IntN(heads-1)).Scan(&size); err != nil {
		return anywhere, err
	}
	return place{leaf: size - 1}, x.exec(ctx, "DELETE FROM audit_head WHERE size = $1", size)
}

func (x *Tampers) forgeHead(ctx context.Context) (place, error) {
	size, note, err := x.head(ctx)
	if err != nil {
		return anywhere, err
	}
	head, err := audit.Unverified(note)
	if err != nil {
		return anywhere, err
	}
	own, err := audit.NewKey(rand.Reader)
	if err != nil {
		return anywhere, err
	}
	keys, _, err := audit.ParseKeys(own)
	if err != nil {
		return anywhere, err
	}
	forged, err := head.Sign(keys)
	if err != nil {
		return anywhere, err
	}
	return anywhere, x.exec(ctx, "UPDATE audit_head SET note = $1 WHERE size = $2", forged, size)
}

func (x *Tampers) cutEnd(ctx context.Context) (place, error) {
	p := x.one()
	for _, text := range []string{
		"DELETE FROM audit_entry WHERE seq IN (SELECT seq FROM audit_leaf WHERE leaf >= $1)",
		"DELETE FROM audit_record WHERE seq IN (SELECT seq FROM audit_leaf WHERE leaf >= $1)",
		"DELETE FROM audit_leaf WHERE leaf >= $1",
		"DELETE FROM audit_head WHERE size > $1",
		"UPDATE audit_log SET size = $1",
	} {
		if err := x.exec(ctx, text, p.leaf); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (x *Tampers) changeIndex(ctx context.Context) (place, error) {
	p := anywhere
	var rows int
	if err := x.db.QueryRowContext(ctx, "SELECT count(*) FROM audit_record").Scan(&rows); err != nil {
		return p, err
	}
	if err := x.db.QueryRowContext(ctx, "SELECT seq FROM audit_record ORDER BY seq LIMIT 1 OFFSET $1", x.random.IntN(rows)).Scan(&p.seq); err != nil {
		return p, err
	}
	text := []string{
		"DELETE FROM audit_record WHERE seq = $1",
		"INSERT INTO audit_record (tenant_id, kind, record_id, seq) VALUES (1, 'customer', 424242, $1)",
		"UPDATE audit_record SET record_id = record_id + 500000 WHERE seq = $1",
	}[x.random.IntN(3)]
	return p, x.exec(ctx, text, p.seq)
}

func (x *Tampers) changeByte(text []byte) ([]byte, place) {
	another(x.random, text)
	return text, anywhere
}

// another puts another character in place of one, whichever; what lies between the lines stays.
func another(random *mathrand.Rand, text []byte) {
	for {
		if i := random.IntN(len(text)); text[i] > ' ' && text[i] < 0x7f {
			if text[i]++; text[i] == 0x7f {
				text[i] = '!'
			}
			return
		}
	}
}

// leaves splits an archive into lines, and gives two of those that hold leaves, the first before the second.
func (x *Tampers) leaves(text []byte) (lines [][]byte, i, j int) {
	lines = bytes.SplitAfter(text, []byte("\n"))
	var of []int
	for i, line := range lines {
		if bytes.HasPrefix(line, []byte(`{"leaf":`)) {
			of = append(of, i)
		}
	}
	a := x.random.IntN(len(of) - 1)
	return lines, of[a], of[a+1+x.random.IntN(len(of)-1-a)]
}

// leafOf is the leaf that a line holds.
func leafOf(line []byte) place {
	var l struct{ Leaf int64 }
	if err := json.Unmarshal(line, &l); err != nil {
		return anywhere
	}
	return place{leaf: l.Leaf}
}

func (x *Tampers) dropLine(text []byte) ([]byte, place) {
	lines, i, _ := x.leaves(text)
	at := leafOf(lines[i])
	return bytes.Join(slices.Delete(lines, i, i+1), nil), at
}

func (x *Tampers) swapLines(text []byte) ([]byte, place) {
	lines, i, j := x.leaves(text)
	at := leafOf(lines[i])
	lines[i], lines[j] = lines[j], lines[i]
	return bytes.Join(lines, nil), at
}
