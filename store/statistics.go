package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/statistics"
)

// StatisticsQuery asks for figures of records that one need not see. There is no filter: what may be
// asked is closed, see docs/adr/0034-figures-only.md.
type StatisticsQuery struct {
	Kind    policy.Kind
	Group   string // of StatisticsKind.Groups; empty: all together
	Measure string // empty or count; sum: and one of StatisticsKind.Measures
}

// Statistics are figures as of a release, never of fewer than Least records each.
type Statistics struct {
	Kind    policy.Kind `json:"kind"`
	Group   string      `json:"group,omitempty"`
	Measure string      `json:"measure"`
	At      time.Time   `json:"at"`  // when what is told was put together
	Day     string      `json:"day"` // of the company, on which it was; empty when there is none yet
	// Making is how far the release of today is, while what is told is of an earlier day, or nothing yet.
	Making *StatisticsMaking `json:"making,omitempty"`
	Least  int               `json:"least"` // of how many records a figure is at least
	Base   int64             `json:"base"`  // counts are told to this
	Groups []StatisticsBar   `json:"groups"`
	Left   int               `json:"left"` // how many questions may be asked yet today
	Epoch  int64             `json:"epoch"`
}

// StatisticsBar is one group. One that is not shown has few records, or none, or would give such a
// one away: which of these it is is not told.
type StatisticsBar struct {
	Key     string            `json:"key"`
	Title   string            `json:"title,omitempty"`
	Shown   bool              `json:"shown"`
	Count   int64             `json:"count,omitempty"`   // of a sum: of the records that have a value
	Sum     map[string]string `json:"sum,omitempty"`     // by currency; by "" of plain numbers
	Average map[string]string `json:"average,omitempty"` // where it is of twice Least at least
}

var (
	noStatistics = fault.New(fault.Denied, "figures", "you may not have statistics of records of this kind")
	notYet       = fault.New(fault.Locked, "figures_later", "your statistics are not in what was put together today: ask again tomorrow")
	askedEnough  = fault.New(fault.Locked, "figures_budget", "you have asked as many questions as may be asked in a day")
)

// Statistics counts and sums records for who has the right figures, from the release of the day and
// from nothing else. While that is being made the answer is from the one before it and says so, or tells
// nothing yet. Faults: NotFound (kind), Denied (figures), Invalid (group, measure), Locked (figures_later,
// figures_budget, figures_populations).
func (s *Session) Statistics(ctx context.Context, q StatisticsQuery) (*Statistics, error) {
	for range patience {
		out, err := s.statistics(ctx, q, nil)
		if !errors.Is(err, errOld) {
			return out, s.refusedStatistics(ctx, q.Kind, err)
		}
		making, err := s.wanted(ctx, q.Kind)
		if err != nil {
			return nil, err
		}
		if making == nil {
			continue
		}
		if out, err = s.statistics(ctx, q, making); !errors.Is(err, errOld) {
			return out, s.refusedStatistics(ctx, q.Kind, err)
		}
		return &Statistics{Kind: q.Kind, Group: q.Group, Measure: cmp.Or(q.Measure, "count"), Groups: []StatisticsBar{}, Making: making}, nil
	}
	return nil, s.refusedStatistics(ctx, q.Kind, notYet)
}

func (s *Session) refusedStatistics(ctx context.Context, kind policy.Kind, err error) error {
	if err == nil {
		return nil
	}
	return s.refused(ctx, kind, 0, policy.Figures, err)
}

// errOld says that the release at hand is not of today, or was made before somebody got the right.
var errOld = errors.New("store: a release has to be made")

// statistics answers from the release at hand: of today, or of an earlier day while today's is being made.
func (s *Session) statistics(ctx context.Context, q StatisticsQuery, making *StatisticsMaking) (*Statistics, error) {
	var out *Statistics
	err := s.db.write(ctx, s.actor, op{name: "statistics"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		a, err := v.statisticsAsk(q)
		if err != nil {
			return err
		}
		settings, _, err := t.statisticsSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		r, err := t.released(ctx, v.tenant, q.Kind)
		if err != nil {
			return err
		}
		if r == nil || r.Day != statisticsDay(t.now) && making == nil {
			return errOld
		}
		population := v.populationThen(t.actor, q.Kind, r.At)
		if population == "" || !slices.Contains(r.Populations, population) {
			if r.Epoch == v.epoch && r.Day == statisticsDay(t.now) {
				return notYet
			}
			return errOld
		}
		if _, err := t.exec(ctx, "UPDATE statistics_run SET asked_at = $1 WHERE tenant_id = $2 AND kind = $3 AND asked_at < $4",
			t.nowMicros(), v.tenant, string(q.Kind), t.now.Add(-makingNoticed).UnixMicro()); err != nil {
			return err
		}
		asked, err := t.countQuestion(ctx, v.tenant, settings.Budget)
		if err != nil {
			return err
		}
		out = &Statistics{Kind: q.Kind, Group: q.Group, Measure: cmp.Or(q.Measure, "count"), At: r.At, Day: r.Day, Least: r.Least, Making: making,
			Base: (&statistics.Guard{Least: r.Least}).Base(), Left: settings.Budget - asked, Epoch: v.epoch}
		out.Groups = a.bars(r.Ask(population, r.source(), a.by, a.measure), r.Least)
		if err := a.titles(ctx, &t.rtx, v, out); err != nil {
			return err
		}
		shown := 0
		for _, g := range out.Groups {
			if g.Shown {
				shown++
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Figures), Kind: q.Kind, Epoch: v.epoch, Rules: v.rulesOf(a.read), Fields: a.fields(),
			Detail: map[string]any{"group": q.Group, "measure": out.Measure, "population": population, "release": r.At, "shown": shown, "withheld": len(out.Groups) - shown, "question": asked}})
	})
	return out, err
}

// rulesOf are the ids of the rules that open a reduction.
func (v *view) rulesOf(r *policy.Reduction) []string { return v.ruleIDs(rulesIn(r)) }

func rulesIn(r *policy.Reduction) []int {
	list := slices.Clone(r.Covered)
	for _, b := range r.Branches {
		list = append(list, b.Rules...)
	}
	for _, b := range slices.Concat(r.Bars, r.Guards) {
		list = append(list, b.Rules...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// statisticsDay is the day of the company, on which one release is made of a kind.
func statisticsDay(now time.Time) string { return now.In(chinaTime).Format(time.DateOnly) }

// countQuestion counts a question of today, and refuses the one that is too many.
func (t *tx) countQuestion(ctx context.Context, tenant policy.ID, budget int) (int, error) {
	var n int
	day := statisticsDay(t.now)
	err := t.row(ctx, `INSERT INTO statistics_asked (tenant_id, person_id, day, questions) VALUES ($1, $2, $3, 1)
		ON CONFLICT (tenant_id, person_id) DO UPDATE SET day = excluded.day,
			questions = CASE WHEN statistics_asked.day = excluded.day THEN statistics_asked.questions + 1 ELSE 1 END
		RETURNING questions`, tenant, t.actor.Person, day).Scan(&n)
	if err == nil && n > budget {
		err = askedEnough.With("max", budget)
	}
	return n, err
}

// statisticsAsking is a StatisticsQuery checked against what may be asked.
type statisticsAsking struct {
	kind        *records.Kind
	read        *policy.Reduction // of figures
	by, measure string            // as a release knows them
	field       *records.Field    // of the group
	sum         *records.Field    // of the measure
}

// statisticsAsk checks a question. A field that is plain in no figures is like one that is not there.
func (v *view) statisticsAsk(q StatisticsQuery) (*statisticsAsking, error) {
	kind := v.catalog.Kind(q.Kind)
	if kind == nil {
		return nil, noKind
	}
	a := &statisticsAsking{kind: kind, read: v.bound.Reduce(policy.Figures, kind.Name)}
	if a.read.None() {
		return nil, noStatistics
	}
	offer := v.offered(kind, a.read)
	if q.Group != "" {
		i := slices.IndexFunc(offer.Groups, func(g StatisticsField) bool { return g.Ask == q.Group })
		if i < 0 {
			return nil, noGroup
		}
		a.by, a.field = q.Group, kind.Field(offer.Groups[i].Field)
	}
	if q.Measure == "" || q.Measure == "count" {
		return a, nil
	}
	i := slices.IndexFunc(offer.Measures, func(g StatisticsField) bool { return g.Ask == q.Measure })
	if i < 0 {
		return nil, noMeasure
	}
	a.measure, a.sum = offer.Measures[i].Field, kind.Field(offer.Measures[i].Field)
	return a, nil
}

func (a *statisticsAsking) fields() []string {
	var out []string
	for _, f := range []*records.Field{a.field, a.sum} {
		if f != nil && !slices.Contains(out, f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

// bars puts what is told into the order of charts. Of a choice every value stands there, shown or not,
// also one of which there is no record at all.
func (a *statisticsAsking) bars(told map[string]*statistics.Figure, least int) []StatisticsBar {
	out := []StatisticsBar{}
	add := func(key string) {
		b := StatisticsBar{Key: key}
		if f := told[key]; f != nil {
			b.Shown, b.Count = true, f.Count
			if a.sum != nil {
				b.Sum, b.Average = map[string]string{}, map[string]string{}
				for unit, x := range f.Sums {
					b.Sum[unit] = a.amount(x)
					if n := f.Of[unit]; n >= int64(2*least) {
						b.Average[unit] = a.amount(statistics.Rounded(x / float64(n)))
					}
				}
			}
		}
		out = append(out, b)
	}
	var keys []string
	switch {
	case a.field == nil:
		keys = []string{""}
	case a.field.Name == "stage":
		keys = codes(a.kind.Stages)
	case a.field.Type == records.OneOf:
		keys = codes(a.field.Choices)
	case a.field.Type == records.Bool:
		keys = []string{"true", "false"}
	}
	for _, key := range keys {
		add(key)
	}
	rest := slices.DeleteFunc(slices.Sorted(maps.Keys(told)), func(key string) bool { return slices.Contains(keys, key) })
	if a.field != nil && a.field.Type == records.Ref {
		slices.SortStableFunc(rest, func(x, y string) int { return cmp.Compare(told[y].Count, told[x].Count) })
	}
	slices.SortStableFunc(rest, func(x, y string) int { return boolCompare(x == "", y == "") }) // the missing last
	for _, key := range rest {
		add(key)
	}
	return out
}

func codes(list []records.Choice) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.Code
	}
	return out
}

// amount writes a sum as the wire has numbers of the field's type.
func (a *statisticsAsking) amount(x float64) string {
	if a.sum.Type == records.Money && math.Abs(x) < 9e14 {
		return policy.FormatMoney(int64(math.Round(x * 10_000)))
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func (a *statisticsAsking) titles(ctx context.Context, t *rtx, v *view, out *Statistics) error {
	if a.field == nil || a.field.Type != records.Ref {
		return nil
	}
	var ids []policy.ID
	for _, g := range out.Groups {
		if id, err := policy.ParseID(g.Key); err == nil {
			ids = append(ids, id)
		}
	}
	names, err := t.titles(ctx, v, a.field.Ref, ids)
	for i, g := range out.Groups {
		if id, err := policy.ParseID(g.Key); err == nil {
			out.Groups[i].Title = names[id]
		}
	}
	return err
}

// StatisticsOffer is what somebody may ask.
type StatisticsOffer struct {
	Kinds []StatisticsKind `json:"kinds"`
	Least int              `json:"least"`
}

// StatisticsKind is what may be asked of a kind.
type StatisticsKind struct {
	Kind     policy.Kind       `json:"kind"`
	Label    records.Label     `json:"label"`
	Groups   []StatisticsField `json:"groups"`
	Measures []StatisticsField `json:"measures"`
	// Making is how far the release is that is being made, if one is: asking for it is no question.
	Making *StatisticsMaking `json:"making,omitempty"`
}

// StatisticsField is a field by which figures are grouped, or of which they are.
type StatisticsField struct {
	Ask     string           `json:"ask"` // as Statistics wants it
	Field   string           `json:"field"`
	Label   records.Label    `json:"label"`
	Type    records.Type     `json:"type"`
	Choices []records.Choice `json:"choices,omitempty"`
}

// StatisticsOffer says what the actor may ask, nothing where they have no right to figures.
func (s *Session) StatisticsOffer(ctx context.Context) (*StatisticsOffer, error) {
	out := &StatisticsOffer{Kinds: []StatisticsKind{}}
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		out.Kinds = []StatisticsKind{}
		settings, _, err := t.statisticsSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		out.Least = settings.Least
		making, err := t.statisticsMaking(ctx, v.tenant)
		if err != nil {
			return err
		}
		for _, kind := range v.catalog.Kinds() {
			if read := v.bound.Reduce(policy.Figures, kind.Name); !read.None() {
				offer := v.offered(kind, read)
				offer.Making = making[kind.Name]
				out.Kinds = append(out.Kinds, offer)
			}
		}
		return nil
	})
	return out, err
}

// offered is what may be asked of a kind under a reduction.
func (v *view) offered(kind *records.Kind, read *policy.Reduction) StatisticsKind {
	out := StatisticsKind{Kind: kind.Name, Label: kind.Label, Groups: []StatisticsField{}, Measures: []StatisticsField{}}
	plan := planOf(kind)
	plain := func(name string) bool {
		return read.Reach(v.catalog.Schema().Kind(kind.Name).Field(name)) == policy.Plain
	}
	for _, d := range plan.dimensions {
		if plain(d.field.Name) {
			f := StatisticsField{Ask: d.ask, Field: d.field.Name, Label: d.field.Label, Type: d.field.Type, Choices: d.field.Choices}
			if d.field.Name == "stage" {
				f.Choices = kind.Stages
			}
			out.Groups = append(out.Groups, f)
		}
	}
	for _, m := range plan.measures {
		if plain(m.Field) && (m.Unit == "" || plain(m.Unit)) {
			f := kind.Field(m.Field)
			out.Measures = append(out.Measures, StatisticsField{Ask: "sum:" + m.Field, Field: m.Field, Label: f.Label, Type: f.Type})
		}
	}
	return out
}

// statisticsPlan is what a kind can be cut by, and what of it can be summed.
type statisticsPlan struct {
	dimensions []statisticsDimension
	measures   []statistics.Measure
}

type statisticsDimension struct {
	ask   string
	field *records.Field
	month bool
}

// planOf names the fields with few values, the months of days, and the numbers of a kind.
func planOf(kind *records.Kind) statisticsPlan {
	var p statisticsPlan
	for _, f := range kind.Fields {
		switch {
		case f.Type == records.OneOf, f.Type == records.Bool, f.Name == "stage",
			f.Type == records.Ref && (f.Ref == records.RefUnit || f.Ref == records.RefPool || f.Ref == records.RefPerson && f.Name == kind.Owner):
			if f.Name != "currency" && f.Name != "id" {
				p.dimensions = append(p.dimensions, statisticsDimension{ask: f.Name, field: f})
			}
		case f.Type == records.Date, f.Name == "created_at":
			p.dimensions = append(p.dimensions, statisticsDimension{ask: "month(" + f.Name + ")", field: f, month: true})
		case f.Type == records.Money:
			p.measures = append(p.measures, statistics.Measure{Field: f.Name, Unit: "currency"})
		case f.Type == records.Int, f.Type == records.Number:
			p.measures = append(p.measures, statistics.Measure{Field: f.Name})
		}
	}
	return p
}

// key is the group of a value. A month that is not over is open yet.
func (d *statisticsDimension) key(value policy.Value, now time.Time) string {
	if value.Missing() {
		return ""
	}
	switch {
	case d.month:
		day := value.Time().UTC()
		if d.field.Type == records.Time {
			day = value.Time().In(chinaTime)
		}
		if month := day.Format("2006-01"); month < now.In(chinaTime).Format("2006-01") {
			return month
		}
		return statistics.Open
	case d.field.Type == records.Bool:
		return strconv.FormatBool(value.Bool())
	case d.field.Type == records.Ref:
		return value.ID().String()
	}
	return value.Text()
}

// populationKey is the same for two reductions that give the same records with the same fields.
func populationKey(r *policy.Reduction) string {
	if r.None() {
		return ""
	}
	level := func(levels []policy.Level) string {
		var b strings.Builder
		for _, l := range levels {
			b.WriteString(strconv.Itoa(int(l)))
			b.WriteByte('.')
		}
		return b.String()
	}
	var parts []string
	for _, b := range r.Branches {
		parts = append(parts, "branch "+b.Key()+" "+level(b.Levels))
	}
	for _, b := range r.Bars {
		parts = append(parts, "bar "+b.Key())
	}
	for _, b := range r.Guards {
		parts = append(parts, "guard "+b.Key()+" "+level(b.Caps))
	}
	slices.Sort(parts)
	return secret{text: strings.Join(parts, "\n")}.hash()[:32]
}
