package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// ListQuery asks for a page of a kind. Texts come as the caller wrote them and are checked here.
type ListQuery struct {
	Kind   policy.Kind
	Filter string   // CEL over r, p and ctx; empty: none
	Search string   // words to find; empty: no search
	Sort   string   // a field name, with - in front to descend; empty: -updated_at
	Limit  int      // 1 to 200; 0: 50
	Cursor string   // Page.Next of the page before; empty: from the beginning
	Fields []string // nil: all
	Count  bool     // count up to CountCap
	Sums   []string // number and money fields to sum
}

// Page is a part of a list.
type Page struct {
	Items []Item                       `json:"items"`
	Next  string                       `json:"next,omitempty"` // empty on the last page
	Total *Total                       `json:"total,omitempty"`
	Sums  map[string]map[string]string `json:"sums,omitempty"` // by field, by currency ("" for plain numbers)
	Epoch int64                        `json:"epoch"`
}

// Total is how many records the list has, at most CountCap.
type Total struct {
	Count  int  `json:"count"`
	Capped bool `json:"capped"` // there are more
}

// CountCap bounds counts: an exact count of very many costs more than anybody gains by it.
const CountCap = 10_000

const (
	defaultLimit = 50
	maxLimit     = 200
	searchMax    = 200 // characters
)

// List shows a page of what the actor may read of a kind. Filter, search, sort and sums touch a
// record only where the field is plain on it; elsewhere the field counts as missing. Faults:
// Invalid; NotFound for a kind that does not exist. A kind of which nothing may be read is an
// empty list: which kinds the product has is no secret.
func (s *Session) List(ctx context.Context, q ListQuery) (*Page, error) {
	var page *Page
	var entries []audit.Entry
	err := s.db.lookAs(ctx, s.actor, func(v *view) error {
		if err := v.checkViewAs(q); err != nil {
			return err
		}
		l, err := v.prepare(q)
		if err != nil {
			return err
		}
		page, err = s.db.reading(l).page(ctx, l)
		entries = v.with(l.entry(page))
		if page != nil {
			entries = append(entries, usesOf("listed", q.Kind, page.Items)...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.db.auditRead(ctx, s.actor, entries...); err != nil {
		return nil, err
	}
	return page, nil
}

// listing is a ListQuery checked against the schema and bound to the actor.
type listing struct {
	*shape
	query  ListQuery
	filter *policy.Pred
	asked  []*policy.Field // those the filter names
	sort   *policy.Field
	desc   bool
	limit  int
	at     cursor
	sums   []*policy.Field
	held   *policy.Reduction // of an export: what it would be with approval
}

var noKind = fault.New(fault.NotFound, "kind", "there is no such kind of record")

func (v *view) prepare(q ListQuery) (*listing, error) {
	kind := v.catalog.Kind(q.Kind)
	if kind == nil {
		return nil, noKind
	}
	l := &listing{query: q, limit: q.Limit}
	if l.limit == 0 {
		l.limit = defaultLimit
	}
	if l.limit < 1 || l.limit > maxLimit {
		return nil, fault.New(fault.Invalid, "limit", "a limit is a number from 1 to 200").WithAt("limit")
	}
	known := v.knownFields(kind)
	if v.bound.Reduce(policy.Read, kind.Name).None() {
		known = v.productFields(kind) // the list is empty whatever is asked of it
	}
	for _, name := range q.Fields {
		if known[name] == nil {
			return nil, noField("fields")
		}
	}
	l.shape = v.shape(kind, q.Fields)
	for _, name := range q.Sums {
		f := known[name]
		if f == nil || f.Type != policy.Money && f.Type != policy.Number && f.Type != policy.Int || slices.Contains(l.sums, f) {
			// Each sum reads the whole list: naming one a thousand times must not cost a thousand reads.
			return nil, fault.New(fault.Invalid, "sum", "there is no such number or money field, or it stands twice").WithAt("sum")
		}
		l.sums = append(l.sums, f)
	}
	if err := l.prepareSort(known); err != nil {
		return nil, err
	}
	return l, l.prepareFilter(known)
}

// knownFields are the fields that the actor may know of: those some permit shows at least
// masked. The others do not exist for the actor, in filters and errors as in answers.
func (v *view) knownFields(kind *records.Kind) map[string]*policy.Field {
	read := v.bound.Reduce(policy.Read, kind.Name)
	out := map[string]*policy.Field{}
	for _, f := range v.catalog.Schema().Kind(kind.Name).Fields {
		if read.Reach(f) > policy.Hidden {
			out[f.Name] = f
		}
	}
	return out
}

// productFields are the fields that come with the product: words that everybody has.
func (v *view) productFields(kind *records.Kind) map[string]*policy.Field {
	out := map[string]*policy.Field{}
	for _, f := range v.catalog.Schema().Kind(kind.Name).Fields {
		if !f.Custom {
			out[f.Name] = f
		}
	}
	return out
}

// knownCatalog is the catalog as the actor may know it: a field that the company added and that the
// actor can see and write on no record does not exist for them, in errors as in answers. That the
// product has its own fields is no secret.
func (v *view) knownCatalog() *records.Catalog {
	return v.catalog.Without(func(kind policy.Kind, f *records.Field) bool {
		e := v.catalog.Schema().Kind(kind).Field(f.Name)
		return v.bound.Reduce(policy.Read, kind).Reach(e) == policy.Hidden &&
			!mayWrite(v.bound.Reduce(policy.Create, kind), e) && !mayWrite(v.bound.Reduce(policy.Edit, kind), e)
	})
}

func noField(at string) error {
	return fault.New(fault.Invalid, "field", "there is no such field").WithAt(at)
}

func (l *listing) prepareSort(known map[string]*policy.Field) error {
	name, desc := strings.CutPrefix(l.query.Sort, "-")
	if l.query.Sort == "" {
		name, desc = "updated_at", true
	}
	l.sort, l.desc = known[name], desc
	if l.blindSort() {
		return l.byID()
	}
	if l.sort == nil && l.query.Sort == "" {
		l.sort = l.schema.Field(name) // hidden from the actor: the rest part, by id
	}
	if l.sort == nil || !l.kind.Field(name).Sort {
		return fault.New(fault.Invalid, "sort", "the list cannot be sorted by this").WithAt("sort")
	}
	if !slices.Contains(l.columns, l.sort) && l.read.Reach(l.sort) > policy.Hidden {
		l.columns = append(slices.Clone(l.columns), l.sort)
	}
	if l.query.Cursor == "" {
		l.at = cursor{Sort: l.sortText(), Start: true}
		return nil
	}
	at, err := parseCursor(l.query.Cursor, l.sortText())
	if err == nil {
		_, err = at.position(l.sort)
	}
	l.at = at
	return err
}

// byID sorts by what is told of every record anyway.
func (l *listing) byID() (err error) {
	l.sort, l.desc = l.schema.Field("id"), true
	if !slices.Contains(l.columns, l.sort) {
		l.columns = append(slices.Clone(l.columns), l.sort)
	}
	if l.at = (cursor{Sort: l.sortText(), Start: true}); l.query.Cursor != "" {
		l.at, err = parseCursor(l.query.Cursor, l.sortText())
	}
	if err == nil {
		_, err = l.at.position(l.sort)
	}
	return err
}

func (l *listing) sortText() string {
	if l.desc {
		return "-" + l.sort.Name
	}
	return l.sort.Name
}

func (l *listing) prepareFilter(known map[string]*policy.Field) error {
	if l.query.Filter != "" {
		cond, err := policy.ParseCEL(l.v.knownCatalog().Schema(), l.kind.Name, l.query.Filter)
		if err == nil {
			err = unknownIn(cond, known)
		}
		if err == nil {
			l.asked = l.fieldsOf(cond, nil)
			cond, err = l.v.indexed(l.kind, cond)
		}
		if err == nil {
			l.filter, err = l.v.bound.BindFilter(l.kind.Name, cond)
		}
		if err != nil {
			return faultAt("filter", err)
		}
	}
	if l.query.Search == "" {
		return nil
	}
	if len([]rune(l.query.Search)) > searchMax {
		return fault.New(fault.Invalid, "search", "a search has at most 200 characters").WithAt("q")
	}
	l.filter = policy.And(l.filter, searchPred(l.kind, l.schema, l.query.Search))
	return nil
}

// unknownIn refuses fields that the actor may not know of in the words for fields that do not
// exist.
func unknownIn(c *policy.Cond, known map[string]*policy.Field) error {
	names := []string{c.Field}
	if c.Value != nil {
		names = append(names, c.Value.Field)
	}
	for _, name := range names {
		if name != "" && !strings.Contains(name, ".") && known[name] == nil {
			return &policy.Problem{Code: "field", Detail: "there is no such field"}
		}
	}
	for i := range c.Args {
		if err := unknownIn(&c.Args[i], known); err != nil {
			return err
		}
	}
	return nil
}

// faultAt makes the engine's problem a fault at a place of the request.
func faultAt(part string, err error) error {
	f := fault.From(err)
	if p := problemOf(err); p != nil {
		f = faultOf(p)
	}
	return f.WithAt(strings.TrimSuffix(part+" "+f.At, " "))
}

// reading picks the pool: text search wants a plan for its words.
func (db *DB) reading(l *listing) *rtx {
	if l.query.Search != "" {
		return db.searching(l.v)
	}
	return db.through(l.v)
}

func (db *DB) searching(v *view) *rtx {
	if v.snapshot == nil {
		return db.singleSearch()
	}
	return db.through(v)
}

func (t *rtx) page(ctx context.Context, l *listing) (*Page, error) {
	page := &Page{Items: []Item{}, Epoch: l.v.epoch}
	rows, next, err := t.rows(ctx, l)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		page.Items = append(page.Items, l.item(row))
	}
	page.Next = next
	if err := t.link(ctx, l.v, l.kind, page.Items); err != nil {
		return nil, err
	}
	if err := t.cover(ctx, l.v, l.kind, page.Items); err != nil {
		return nil, err
	}
	if l.query.Count {
		if page.Total, err = t.count(ctx, l); err != nil {
			return nil, err
		}
	}
	if len(l.sums) > 0 {
		if page.Sums, err = t.sums(ctx, l); err != nil {
			return nil, err
		}
	}
	return page, nil
}

// rows reads one page: from the part with known sort values, then from the rest.
func (t *rtx) rows(ctx context.Context, l *listing) ([]fetched, string, error) {
	var rows []fetched
	at := l.at
	plan, err := t.plan(ctx, l)
	if err != nil {
		return nil, "", err
	}
	for {
		q := l.list(l.limit + 1 - len(rows))
		q.Filter, q.Sort, q.Desc, q.Plan = l.filter, l.sort, l.desc, plan
		if at.Rest {
			q.Part = sqlgen.Rest
		}
		if q.After, err = at.position(l.sort); err != nil {
			return nil, "", err
		}
		more, err := t.fetch(ctx, q)
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, more...)
		if len(rows) > l.limit {
			// The row beyond the page tells that there is a next one; it begins after the last shown.
			kept := rows[:l.limit]
			last := kept[l.limit-1]
			if at.Rest && len(more) == 1 {
				// The page was full of known values: the next begins with the rest.
				return kept, cursor{Sort: at.Sort, Rest: true, Start: true}.String(), nil
			}
			return kept, l.after(at, last).String(), nil
		}
		if at.Rest || l.onlyKnown() {
			return rows, "", nil
		}
		at = cursor{Sort: at.Sort, Rest: true, Start: true}
	}
}

func (l *listing) after(at cursor, last fetched) cursor {
	c := cursor{Sort: at.Sort, Rest: at.Rest, ID: last.id}
	if !at.Rest {
		c.Value = wireSort(last.values[l.sort.Name])
	}
	return c
}

// onlyKnown reports whether no row can be in the rest: the sort field is always there and plain
// whichever way one came.
func (l *listing) onlyKnown() bool {
	if !l.sort.NotNull {
		return false
	}
	for _, b := range l.read.Branches {
		if b.Levels[l.sort.Index()] != policy.Plain {
			return false
		}
	}
	for _, g := range l.read.Guards {
		if g.Caps[l.sort.Index()] != policy.Plain {
			return false
		}
	}
	return true
}

func (l *listing) totals() *sqlgen.List {
	q := l.list(0)
	q.Filter = l.filter
	return q
}

func (t *rtx) count(ctx context.Context, l *listing) (*Total, error) {
	stmt := t.db.sqlDialect().Count(l.totals(), CountCap)
	var epoch int64
	var n sql.NullInt64
	if err := t.row(ctx, stmt.SQL, stmt.Args...).Scan(&epoch, &n); err != nil {
		return nil, err
	}
	if epoch != l.v.epoch || !n.Valid {
		return nil, errEpoch
	}
	return &Total{Count: int(min(n.Int64, CountCap)), Capped: n.Int64 > CountCap}, nil
}
