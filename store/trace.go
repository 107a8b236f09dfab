package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/mark"
	"guan/policy"
)

// To trace a table is to recognise its records by the values that were exported, to find the copies that
// held some of them, and to weigh the table against each. A copy is named when the weight is so great that
// all copies there are, were they innocent, would reach it with a probability of at most falseMost.

// falseMost is the probability with which a trace may name an innocent copy.
const falseMost = 1e-6

// Tracing is what a trace came to.
type Tracing struct {
	Name       string        `json:"name,omitempty"`
	Hash       string        `json:"hash,omitempty"` // SHA-256 of what was handed in
	Rows       int           `json:"rows"`           // in the table
	Looked     int           `json:"looked"`         // of them
	Recognised int           `json:"recognised"`     // of those, as rows of records that were exported at some time
	Sites      int           `json:"sites"`          // choices that could be compared
	Copies     int64         `json:"copies"`         // exports that there are
	Candidates int           `json:"candidates"`     // of them, those with some of the rows
	Most       float64       `json:"most"`           // the probability with which somebody innocent may be named
	Named      []TracedCopy  `json:"named"`          // by the marks, the weightiest first
	Stated     []TracedCopy  `json:"stated"`         // by a code that stands in the file, which anybody can write there
	Invented   []TracedCopy  `json:"invented"`       // by rows that were invented for that copy alone: certain
	Unknown    []string      `json:"unknown"`        // codes in the file that no export has
	Nearest    *float64      `json:"nearest,omitempty"`
	Took       time.Duration `json:"-"`
	Millis     int64         `json:"millis"`
}

// TracedCopy is an export, and what speaks for its being the source.
type TracedCopy struct {
	Code     string        `json:"code"`
	Kind     policy.Kind   `json:"kind"`
	Person   *Name         `json:"person,omitempty"`
	Login    string        `json:"login,omitempty"`
	At       time.Time     `json:"at"`
	Rows     int64         `json:"rows"`
	Format   string        `json:"format"`
	Purpose  string        `json:"purpose,omitempty"`
	Job      policy.ID     `json:"job,omitempty"`
	Session  policy.ID     `json:"session,omitempty"`
	Token    policy.ID     `json:"token,omitempty"`
	Channel  string        `json:"channel"`
	Device   string        `json:"device"` // desktop, phone or unknown
	DeviceAs string        `json:"device_label,omitempty"`
	Address  string        `json:"address,omitempty"`
	Sealed   *SealedCopy   `json:"sealed,omitempty"`   // what the sealed log says of it; none: the database has no such entry
	Exponent float64       `json:"exponent,omitempty"` // an innocent export agrees so well in at most one of 10 to the power of this
	Held     int           `json:"held"`               // recognised rows that are in it
	Whole    int           `json:"whole"`              // of those, with every choice as in it
	Agree    int           `json:"agree"`              // choices as in it
	Compared int           `json:"compared"`           // of these
	ByForm   []FormTally   `json:"by_form"`
	Evidence []Evidence    `json:"evidence"` // some of the cells
	Canaries []InventedRow `json:"canaries,omitempty"`

	id policy.ID
}

// FormTally is how far the choices of one form agree.
type FormTally struct {
	Form     string `json:"form"`
	Agree    int    `json:"agree"`
	Compared int    `json:"compared"`
}

// Evidence is one cell of the table.
type Evidence struct {
	Row    int    `json:"row"`
	Text   string `json:"text"`
	Form   string `json:"form"`
	Agrees bool   `json:"agrees"`
}

const (
	evidenceMost = 40
	namedMost    = 20
	// sharedMost is up to how many records may have a value for it to be a clue.
	sharedMost = 50
	// alikeMost is up to how many records a row may stand for.
	alikeMost = 3
	// firstLook is how many values of a candidate are compared before it is asked whether there is any use.
	firstLook = 240
)

// Trace finds out whose copy a table is. It takes the right audit, and is in the audit log before its
// answer leaves. Faults: Denied.
func (s *Session) Trace(ctx context.Context, l *Leak) (*Tracing, error) {
	return s.traced(ctx, "trace", func() (*Tracing, error) { return s.db.trace(ctx, s.actor.Tenant, l) })
}

// TraceCode finds the export that has a code, as it is typed from a photo or a printed page. It takes the
// right audit. Faults: Denied, Invalid (code), NotFound.
func (s *Session) TraceCode(ctx context.Context, typed string) (*Tracing, error) {
	return s.traced(ctx, "trace_code", func() (*Tracing, error) { return s.db.traceCode(ctx, s.actor.Tenant, typed) })
}

// MayTrace asks for the right alone, before a file is taken. Faults: Denied.
func (s *Session) MayTrace(ctx context.Context) error {
	_, err := s.overseer(ctx, "trace", "audit")
	return err
}

func (s *Session) traced(ctx context.Context, operation string, find func() (*Tracing, error)) (*Tracing, error) {
	by, err := s.overseer(ctx, operation, "audit")
	if err != nil {
		return nil, err
	}
	began := s.db.Now()
	out, err := find()
	if err != nil {
		return nil, s.db.fault(err)
	}
	out.Took = s.db.Now().Sub(began)
	out.Millis = out.Took.Milliseconds()
	named := func(list []TracedCopy) []string {
		codes := []string{}
		for _, c := range list {
			codes = append(codes, c.Code)
		}
		return codes
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Traced, Rules: by, Detail: map[string]any{"file": out.Name, "sha256": out.Hash, "rows": out.Rows, "recognised": out.Recognised,
		"named": named(out.Named), "stated": named(out.Stated), "invented": named(out.Invented)}})
}

var (
	noCode  = fault.New(fault.Invalid, "trace_code", "this is no code of an export, or a character of it is wrong: it has ten, as ABCD-EFGH-JK")
	noTrace = fault.New(fault.NotFound, "trace_code", "no export has this code")
)

func (db *DB) traceCode(ctx context.Context, tenant policy.ID, typed string) (*Tracing, error) {
	code, ok := mark.ParseCode(typed)
	if !ok {
		return nil, noCode.WithAt("code")
	}
	out := newTracing()
	t := db.single()
	if err := t.row(ctx, "SELECT count(*) FROM export_copy WHERE tenant_id = $1", tenant).Scan(&out.Copies); err != nil {
		return nil, err
	}
	if err := t.stated(ctx, tenant, out, []string{code}); err != nil {
		return nil, err
	}
	if len(out.Stated) == 0 {
		return nil, noTrace.WithAt("code")
	}
	return out, nil
}

func newTracing() *Tracing {
	return &Tracing{Most: falseMost, Named: []TracedCopy{}, Stated: []TracedCopy{}, Invented: []TracedCopy{}, Unknown: []string{}}
}

// stated looks up the codes that stand in a file.
func (t *rtx) stated(ctx context.Context, tenant policy.ID, out *Tracing, codes []string) error {
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		c, err := t.tracedCopy(ctx, tenant, "c.code = $2", code)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			out.Unknown = append(out.Unknown, code)
		case err != nil:
			return err
		default:
			out.Stated = append(out.Stated, *c)
		}
	}
	return nil
}

func (t *rtx) tracedCopy(ctx context.Context, tenant policy.ID, where string, arg any) (*TracedCopy, error) {
	c := &TracedCopy{ByForm: []FormTally{}, Evidence: []Evidence{}}
	var at int64
	var person policy.ID
	var name, login, label sql.NullString
	err := t.row(ctx, `SELECT c.id, c.code, c.kind, c.person_id, p.name, p.login, c.at, c.rows, c.format, c.purpose, c.job_id, c.session_id, c.token_id, c.channel, c.device, d.label, c.address
		FROM export_copy c LEFT JOIN person p ON p.tenant_id = c.tenant_id AND p.id = c.person_id LEFT JOIN device d ON d.tenant_id = c.tenant_id AND d.id = c.device_id
		WHERE c.tenant_id = $1 AND `+where, tenant, arg).
		Scan(&c.id, &c.Code, &c.Kind, &person, &name, &login, &at, &c.Rows, &c.Format, &c.Purpose, &c.Job, &c.Session, &c.Token, &c.Channel, &c.Device, &label, &c.Address)
	if person != 0 {
		c.Person = &Name{ID: person, Name: name.String}
	}
	c.Login, c.DeviceAs, c.At = login.String, label.String, time.UnixMicro(at).UTC()
	if err == nil {
		c.Sealed, err = t.sealedCopy(ctx, tenant, c)
	}
	return c, err
}

// leakRow is a recognised row as it is weighed, with where its cells stand.
type leakRow struct {
	mark.Row
	place map[leakCell]Evidence
}

type leakCell struct {
	means uint64
	form  mark.Form
}

func (db *DB) trace(ctx context.Context, tenant policy.ID, l *Leak) (*Tracing, error) {
	out := newTracing()
	out.Name, out.Hash, out.Rows, out.Looked = l.Name, l.Hash, l.Total, len(l.Lines)
	t := db.single()
	if err := t.row(ctx, "SELECT count(*) FROM export_copy WHERE tenant_id = $1", tenant).Scan(&out.Copies); err != nil {
		return nil, err
	}
	if err := t.stated(ctx, tenant, out, l.Codes); err != nil {
		return nil, err
	}
	if err := t.invented(ctx, tenant, l, out); err != nil {
		return nil, err
	}
	key, err := t.markKey(ctx, tenant)
	if errors.Is(err, sql.ErrNoRows) {
		return out, nil // nothing was exported yet
	}
	if err != nil {
		return nil, err
	}
	rows, order, err := t.recognise(ctx, tenant, key, l, out)
	if err != nil || len(rows) == 0 {
		return out, err
	}
	w := &weighing{key: key, rows: rows, order: order, limit: math.Log(float64(max(out.Copies, 1)) / falseMost), out: out}
	if err := w.run(ctx, t, tenant); err != nil {
		return nil, err
	}
	for _, f := range w.found[:min(len(w.found), namedMost)] {
		c, err := t.tracedCopy(ctx, tenant, "c.id = $2", f.id)
		if err != nil {
			return nil, err
		}
		w.tell(c, f)
		out.Named = append(out.Named, *c)
	}
	return out, nil
}

// recognise finds the records of a table by the values that were exported, and tells in which order they stand
// in it, as far as a row stands for one record alone.
func (t *rtx) recognise(ctx context.Context, tenant policy.ID, key mark.Key, l *Leak, out *Tracing) (rows []leakRow, order []int64, err error) {
	hashes := map[string]int64{}
	for _, line := range l.Lines {
		for _, c := range line.Cells {
			if c.Means != "" && hashes[c.Means] == 0 {
				hashes[c.Means] = key.Value(c.Means)
			}
		}
	}
	asked := make([]int64, 0, len(hashes))
	for _, h := range hashes {
		asked = append(asked, h)
	}
	slices.Sort(asked) // so that the index is read in its order
	have := map[int64][]int64{}
	for chunk := range slices.Chunk(asked, 5000) {
		list, err := jsonText(chunk)
		if err != nil {
			return nil, nil, err
		}
		err = t.each(ctx, func(rows *sql.Rows) error {
			var hash, record int64
			err := rows.Scan(&hash, &record)
			have[hash] = append(have[hash], record)
			return err
		}, "SELECT hash, record_id FROM export_value WHERE tenant_id = $1 AND hash IN ("+t.pick(
			"SELECT value FROM json_each($2)", "SELECT value::bigint FROM json_array_elements_text($2::json)")+")", tenant, list)
		if err != nil {
			return nil, nil, err
		}
	}
	slices.SortFunc(l.Lines, func(a, b LeakLine) int { return a.Number - b.Number })
	var table mark.Table
	places := map[int64]map[leakCell]Evidence{}
	for _, line := range l.Lines {
		records := recordsOf(line, hashes, have)
		if len(records) > 0 {
			out.Recognised++
		}
		if len(records) == 1 && places[records[0]] == nil {
			order = append(order, records[0])
		}
		for _, record := range records {
			table.Add(record, line.Cells)
			if places[record] == nil {
				places[record] = map[leakCell]Evidence{}
			}
			for i, c := range line.Cells {
				for _, s := range c.Sites {
					places[record][leakCell{c.Hash(), s.Form}] = Evidence{Row: line.Number, Text: line.Texts[i], Form: s.Form.String()}
				}
			}
		}
	}
	for _, r := range table.Rows() {
		for _, v := range r.Values {
			out.Sites += len(v.Sites)
		}
		rows = append(rows, leakRow{r, places[r.Record]})
	}
	return rows, order, nil
}

// recordsOf are the records for which a row may stand: those that most of its values speak for, a value the
// more the fewer records have it.
func recordsOf(line LeakLine, hashes map[string]int64, have map[int64][]int64) []int64 {
	votes, voted := map[int64]float64{}, map[string]bool{}
	for _, c := range line.Cells {
		of := have[hashes[c.Means]]
		if c.Means == "" || voted[c.Means] || len(of) > sharedMost {
			continue
		}
		voted[c.Means] = true
		for _, record := range of {
			votes[record] += 1 / float64(len(of))
		}
	}
	most := 0.0
	for _, n := range votes {
		most = max(most, n)
	}
	var best []int64
	for record, n := range votes {
		if n > most-1e-9 {
			best = append(best, record)
		}
	}
	if len(best) > alikeMost {
		return nil
	}
	slices.Sort(best)
	return best
}

// weighing compares the rows of a table with every copy that held some of them.
type weighing struct {
	key   mark.Key
	rows  []leakRow
	order []int64 // records, as their rows stand in the table
	limit float64 // the weight from which on a copy is named
	out   *Tracing

	behind  []int // the other row of a pair, by the place of the one before it; -1 for none
	at      map[policy.ID]int
	maybe   [sieve / 64]uint64 // a bit for each id modulo a power of two: most ids of a copy are not in the table
	mu      sync.Mutex
	nearest float64
	found   []weighed
}

type weighed struct {
	id     policy.ID
	weight float64
	rows   []int // of weighing.rows
}

func (w *weighing) run(ctx context.Context, t *rtx, tenant policy.ID) error {
	w.at = make(map[policy.ID]int, len(w.rows))
	for i, r := range w.rows {
		w.at[policy.ID(r.Record)] = i
		w.maybe[r.Record%sieve/64] |= 1 << (r.Record % 64)
	}
	// No row is in two pairs: then what chance does to one says nothing of another.
	w.behind = slices.Repeat([]int{-1}, len(w.rows))
	for i := 0; i+1 < len(w.order); i += 2 {
		w.behind[w.at[policy.ID(w.order[i])]] = w.at[policy.ID(w.order[i+1])]
	}
	w.nearest = math.Inf(-1)
	// One reads, the others unpack and weigh: what is read is packed, some hundred copies at a time.
	todo, empty := make(chan *packedCopies, 4), make(chan *packedCopies, 8)
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for copies := range todo {
				w.unpack(copies)
				select {
				case empty <- copies:
				default:
				}
			}
		})
	}
	now := new(packedCopies)
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var packed sql.RawBytes
		if err := rows.Scan(&id, &packed); err != nil {
			return err
		}
		if len(now.bytes) >= handedOver && id != now.parts[len(now.parts)-1].of {
			todo <- now
			select {
			case now = <-empty:
				now.parts, now.bytes = now.parts[:0], now.bytes[:0]
			default:
				now = new(packedCopies)
			}
		}
		now.bytes = append(now.bytes, packed...) // they are the driver's until the next row
		now.parts = append(now.parts, packedPart{id, len(now.bytes)})
		return nil
	}, "SELECT copy_id, records FROM export_copy_part WHERE tenant_id = $1 ORDER BY copy_id, part", tenant)
	todo <- now
	close(todo)
	all.Wait()
	if err != nil {
		return err
	}
	slices.SortFunc(w.found, func(a, b weighed) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return int(a.id - b.id)
	})
	if !math.IsInf(w.nearest, 0) {
		n := w.exponent(w.nearest)
		w.out.Nearest = &n
	}
	return nil
}

// sieve is how many bits tell that an id is not in the table.
const sieve = 1 << 16

// handedOver is how many bytes a worker gets at a time, at least: a copy is never divided.
const handedOver = 64 << 10

// packedCopies are whole copies as the database has them.
type packedCopies struct {
	parts []packedPart
	bytes []byte
}

type packedPart struct {
	of  policy.ID
	end int // in the bytes
}

// unpack weighs those of some copies that held rows of the table.
func (w *weighing) unpack(copies *packedCopies) {
	var now weighed
	candidates := 0
	weigh := func() {
		if len(now.rows) > 0 {
			candidates++
			w.weigh(now)
		}
		now = weighed{}
	}
	from := 0
	for _, part := range copies.parts {
		if part.of != now.id {
			weigh()
			now.id = part.of
		}
		eachPacked(copies.bytes[from:part.end], func(record policy.ID) {
			if w.maybe[record%sieve/64]>>(record%64)&1 == 1 {
				if i, ok := w.at[record]; ok {
					now.rows = append(now.rows, i)
				}
			}
		})
		from = part.end
	}
	weigh()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out.Candidates += candidates
}

// exponent is what a weight is for all copies together: 6 for one in a million.
func (w *weighing) exponent(weight float64) float64 {
	return math.Round(10*(weight-math.Log(float64(max(w.out.Copies, 1))))/math.Ln10) / 10
}

// weigh compares one copy. Rows that it did not hold say nothing against it: it is asked for what it could
// be the source of.
func (w *weighing) weigh(c weighed) {
	bits := w.key.Copy(int64(c.id))
	agreements := make([]mark.Agreement, 0, len(c.rows))
	values, looked := 0, false
	slices.Sort(c.rows)
	c.rows = slices.Compact(c.rows)
	// Rows from all over the table first, where there are many.
	step := 1
	for step*step < len(c.rows) {
		step++
	}
	for first := range step {
		for i := first; i < len(c.rows); i += step {
			row := w.rows[c.rows[i]].Row
			agreements = append(agreements, bits.Agrees(row, nil))
			values += len(row.Values)
		}
		if !looked && values > firstLook {
			looked = true
			if mark.Weigh(agreements) < 0 {
				return
			}
		}
	}
	c.weight = mark.Weigh(agreements) + mark.WeighOrder(w.ordered(bits, c.rows))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.nearest = max(w.nearest, c.weight)
	if c.weight >= w.limit {
		w.found = append(w.found, c)
	}
}

// ordered counts the pairs of rows that a copy held, and those of them that stand in its order.
func (w *weighing) ordered(bits *mark.Copy, rows []int) (pairs, agree int) {
	for _, i := range rows {
		other := w.behind[i]
		if other < 0 {
			continue
		}
		if _, held := slices.BinarySearch(rows, other); !held {
			continue
		}
		if pairs++; bits.Rank(w.rows[i].Record) < bits.Rank(w.rows[other].Record) {
			agree++
		}
	}
	return pairs, agree
}

// tell fills in what speaks for a copy.
func (w *weighing) tell(c *TracedCopy, f weighed) {
	bits := w.key.Copy(int64(f.id))
	forms := map[mark.Form]*FormTally{}
	c.Exponent, c.Held = w.exponent(f.weight), len(f.rows)
	for _, i := range f.rows {
		row := w.rows[i]
		a := bits.Agrees(row.Row, func(v mark.Value, s mark.Site, agrees bool) {
			if forms[s.Form] == nil {
				forms[s.Form] = &FormTally{Form: s.Form.String()}
			}
			if forms[s.Form].Compared++; agrees {
				forms[s.Form].Agree++
			}
			if e, ok := row.place[leakCell{v.Hash, s.Form}]; ok && len(c.Evidence) < evidenceMost {
				if e.Agrees = agrees; len(c.Evidence) == 0 || c.Evidence[len(c.Evidence)-1] != e {
					c.Evidence = append(c.Evidence, e)
				}
			}
		})
		c.Compared += a.Sites
		if c.Agree += a.Agree; a.Sites > 0 && a.Agree == a.Sites {
			c.Whole++
		}
	}
	for _, form := range mark.Forms {
		if forms[form] != nil {
			c.ByForm = append(c.ByForm, *forms[form])
		}
	}
	if pairs, agree := w.ordered(bits, f.rows); pairs > 0 {
		c.ByForm = append(c.ByForm, FormTally{Form: "order", Agree: agree, Compared: pairs})
	}
}
