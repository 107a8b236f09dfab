package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// FiguresQuery asks for counts and sums over a list, cut into groups.
type FiguresQuery struct {
	Kind    policy.Kind
	Filter  string // as of a list
	Search  string
	Group   string // a choice, yes or no, a reference to a person, unit or pool; day, month, quarter or year of a date: month(created_at); empty: all together
	Measure string // empty or count: how many; sum:amount: also the sum of a number or money field
}

// Figures are counts and sums. Only records count on which the field of the group, and the
// measured field with its currency, are plain for the caller.
type Figures struct {
	Kind    policy.Kind  `json:"kind"`
	Group   string       `json:"group,omitempty"`
	Measure string       `json:"measure"`
	Groups  []FigureBar  `json:"groups"`
	Other   *FigureOther `json:"other,omitempty"` // the groups beyond the first 200
	Epoch   int64        `json:"epoch"`
}

// FigureBar is one group.
type FigureBar struct {
	Key   string `json:"key"`             // a code, an id, true or false, 2026-03; empty: the field is missing
	Title string `json:"title,omitempty"` // of a person, unit or pool
	Figure
}

// Figure is what was counted.
type Figure struct {
	Count int64             `json:"count"`
	Sum   map[string]string `json:"sum,omitempty"` // by currency; by "" of plain numbers
}

// FigureOther is what stands for many groups.
type FigureOther struct {
	Groups int `json:"groups"`
	Figure
}

const (
	figureGroups = 200
	figureTime   = 10 * time.Second
)

var (
	noGroup     = fault.New(fault.Invalid, "group", "figures cannot be grouped by this").WithAt("group")
	noMeasure   = fault.New(fault.Invalid, "measure", "a measure is count, or sum: with a number or money field").WithAt("measure")
	figuresSlow = fault.New(fault.Locked, "figures_slow", "this would take too long: narrow the filter")
)

// Figures counts and sums over what the actor may read of a kind. A record on which one of the
// fields concerned is masked or hidden counts nowhere, so that no figure, and no difference of two,
// tells a value that no list would. Faults: those of List; Invalid (group, measure); Locked where
// the question takes too long.
func (s *Session) Figures(ctx context.Context, q FiguresQuery) (*Figures, error) {
	ctx, enough := context.WithTimeout(ctx, figureTime)
	defer enough()
	var out *Figures
	var entry audit.Entry
	err := s.db.look(ctx, s.actor, func(v *view) error {
		l, err := v.prepare(ListQuery{Kind: q.Kind, Filter: q.Filter, Search: q.Search})
		if err != nil {
			return err
		}
		f := &figuring{listing: l}
		if err := f.prepare(q); err != nil {
			return err
		}
		t := s.db.reading(l)
		if out, err = f.read(ctx, t); err != nil {
			return err
		}
		entry = l.entry(nil)
		entry.Action = audit.Count
		l.detailOfQuestion(entry.Detail)
		entry.Detail["group"], entry.Detail["measure"] = q.Group, out.Measure
		return f.titles(ctx, t, out)
	})
	if err != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			err = figuresSlow
		}
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, entry)
}

// figuring is a FiguresQuery bound to the actor.
type figuring struct {
	*listing
	cut     sqlgen.Cut
	field   *records.Field // of the cut; nil: none
	span    string         // day, month, quarter or year
	measure *policy.Field
	unit    *policy.Field // the currency of the measure
	out     *Figures
}

var spanned = regexp.MustCompile(`^(day|month|quarter|year)\(([a-z][a-z0-9_]*)\)$`)

func (f *figuring) prepare(q FiguresQuery) error {
	f.out = &Figures{Kind: q.Kind, Group: q.Group, Measure: cmp.Or(q.Measure, "count"), Groups: []FigureBar{}, Epoch: f.v.epoch}
	known := f.v.knownFields(f.kind)
	if f.v.bound.Reduce(policy.Read, f.kind.Name).None() {
		known = f.v.productFields(f.kind)
	}
	if q.Group != "" {
		name := q.Group
		if m := spanned.FindStringSubmatch(q.Group); m != nil {
			f.span, name = m[1], m[2]
		}
		if f.cut.Field = known[name]; f.cut.Field == nil || !f.cuttable(f.kind.Field(name)) {
			return noGroup
		}
		f.field = f.kind.Field(name)
	}
	name, sum := cutPrefix(f.out.Measure, "sum:")
	if !sum && f.out.Measure != "count" {
		return noMeasure
	}
	if sum {
		if f.measure = known[name]; f.measure == nil || f.measure.Type != policy.Money && f.measure.Type != policy.Number && f.measure.Type != policy.Int {
			return noMeasure
		}
		if f.measure.Type == policy.Money {
			f.unit = f.schema.Field("currency")
		}
	}
	return nil
}

func cutPrefix(text, prefix string) (string, bool) {
	if len(text) > len(prefix) && text[:len(prefix)] == prefix {
		return text[len(prefix):], true
	}
	return "", false
}

// cuttable admits fields with few values: the statement gives a row for each.
func (f *figuring) cuttable(field *records.Field) bool {
	switch field.Type {
	case records.Date, records.Time:
		f.cut.Days = true
		if field.Type == records.Time {
			_, east := time.Time{}.In(chinaTime).Zone()
			f.cut.Shift = int64(east) * 1_000_000
		}
		return f.span != ""
	case records.OneOf, records.Bool:
		return f.span == ""
	case records.Ref:
		return f.span == "" && field.Name != "id" && (field.Ref == records.RefPerson || field.Ref == records.RefUnit || field.Ref == records.RefPool)
	}
	return f.span == "" && field.Name == "stage"
}

// tallied is a group under way.
type tallied struct {
	key   string
	count int64
	sums  map[string]*sumUnderWay
}

type sumUnderWay struct {
	exact big.Int
	float float64
}

func (f *figuring) read(ctx context.Context, t *rtx) (*Figures, error) {
	groups := map[string]*tallied{}
	current := false
	stmt := t.db.sqlDialect().Figures(f.totals(), f.cut, f.measure, f.unit)
	err := t.each(ctx, func(rows *sql.Rows) error {
		var epoch int64
		var key, currency, high, low sql.NullString
		var n sql.NullInt64
		if err := rows.Scan(&epoch, &key, &currency, &high, &low, &n); err != nil {
			return err
		}
		if epoch != f.v.epoch {
			return errEpoch
		}
		current = true
		if !n.Valid {
			return nil
		}
		name, err := f.name(key)
		if err != nil {
			return err
		}
		g := groups[name]
		if g == nil {
			g = &tallied{key: name, sums: map[string]*sumUnderWay{}}
			groups[name] = g
		}
		g.count += n.Int64
		if f.measure == nil {
			return nil
		}
		return g.add(f.measure.Type, currency.String, high.String, low.String)
	}, stmt.SQL, stmt.Args...)
	if err == nil && !current {
		err = errEpoch
	}
	if err != nil {
		return nil, err
	}
	f.fill(groups)
	return f.out, nil
}

// name is the key of a group on the wire.
func (f *figuring) name(key sql.NullString) (string, error) {
	switch {
	case !key.Valid:
		return "", nil
	case f.cut.Days:
		days, err := strconv.ParseInt(key.String, 10, 64)
		return spanOf(f.span, time.Unix(days*86_400, 0).UTC()), err
	case f.field != nil && f.field.Type == records.Bool:
		return strconv.FormatBool(key.String == "1"), nil
	}
	return key.String, nil
}

func spanOf(span string, day time.Time) string {
	switch span {
	case "year":
		return fmt.Sprintf("%04d", day.Year())
	case "quarter":
		return fmt.Sprintf("%04d-Q%d", day.Year(), (int(day.Month())+2)/3)
	case "month":
		return fmt.Sprintf("%04d-%02d", day.Year(), day.Month())
	}
	return day.Format(time.DateOnly)
}

func (g *tallied) add(t policy.Type, currency, high, low string) error {
	s := g.sums[currency]
	if s == nil {
		s = &sumUnderWay{}
		g.sums[currency] = s
	}
	if t == policy.Number {
		x, err := strconv.ParseFloat(high, 64)
		s.float += x
		return err
	}
	h, okHigh := new(big.Int).SetString(high, 10)
	l, okLow := new(big.Int).SetString(low, 10)
	if !okHigh || !okLow {
		return fmt.Errorf("store: the database gave a sum of %q and %q", high, low)
	}
	s.exact.Add(&s.exact, h.Mul(h, big.NewInt(1_000_000_000)).Add(h, l))
	return nil
}

// figure writes a group as it stands on the wire.
func (g *tallied) figure(measure *policy.Field) Figure {
	out := Figure{Count: g.count}
	if measure == nil {
		return out
	}
	out.Sum = map[string]string{}
	for currency, s := range g.sums {
		switch {
		case measure.Type == policy.Number:
			out.Sum[currency] = strconv.FormatFloat(s.float, 'f', -1, 64)
		case measure.Type == policy.Int:
			out.Sum[currency] = s.exact.String()
		case s.exact.IsInt64():
			out.Sum[currency] = policy.FormatMoney(s.exact.Int64())
		default:
			out.Sum[currency] = new(big.Int).Quo(&s.exact, big.NewInt(10_000)).String() + ".00"
		}
	}
	return out
}

// fill puts the groups in order: days and months by time, choices as the kind names them, the
// others by how many records they hold; those beyond the first 200 become one.
func (f *figuring) fill(groups map[string]*tallied) {
	list := make([]*tallied, 0, len(groups))
	for _, g := range groups {
		list = append(list, g)
	}
	place := func(g *tallied) int {
		if g.key == "" {
			return len(f.out.Groups) + 1<<20 // the missing last
		}
		choices := f.choices()
		return slices.IndexFunc(choices, func(c records.Choice) bool { return c.Code == g.key })
	}
	slices.SortFunc(list, func(a, b *tallied) int {
		switch {
		case f.cut.Days:
			return cmp.Or(boolCompare(a.key == "", b.key == ""), cmp.Compare(a.key, b.key))
		case f.choices() != nil:
			return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.key, b.key))
		}
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.key, b.key))
	})
	shown := list[:min(len(list), figureGroups)]
	for _, g := range shown {
		f.out.Groups = append(f.out.Groups, FigureBar{Key: g.key, Figure: g.figure(f.measure)})
	}
	rest := list[len(shown):]
	if len(rest) == 0 {
		return
	}
	other := &tallied{sums: map[string]*sumUnderWay{}}
	for _, g := range rest {
		other.count += g.count
		for currency, s := range g.sums {
			into := other.sums[currency]
			if into == nil {
				into = &sumUnderWay{}
				other.sums[currency] = into
			}
			into.float += s.float
			into.exact.Add(&into.exact, &s.exact)
		}
	}
	f.out.Other = &FigureOther{Groups: len(rest), Figure: other.figure(f.measure)}
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// choices are the values of the field of the cut in their order; nil where it has none.
func (f *figuring) choices() []records.Choice {
	switch {
	case f.field == nil:
		return nil
	case f.field.Name == "stage":
		return f.kind.Stages
	}
	return f.field.Choices
}

// titles names people, units and pools as link does beside a record.
func (f *figuring) titles(ctx context.Context, t *rtx, out *Figures) error {
	if f.field == nil || f.field.Type != records.Ref {
		return nil
	}
	var ids []policy.ID
	for _, g := range out.Groups {
		if id, err := policy.ParseID(g.Key); err == nil {
			ids = append(ids, id)
		}
	}
	names, err := t.titles(ctx, f.v, f.field.Ref, ids)
	for i, g := range out.Groups {
		if id, err := policy.ParseID(g.Key); err == nil {
			out.Groups[i].Title = names[id]
		}
	}
	return err
}
