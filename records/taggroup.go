package records

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/fault"
	"guan/policy"
)

// TagGroup makes a custom field of choices a group of tags: its choices are the tags, its class says
// who may see and set them, as of every field. With rules the store alone keeps the tags: one stands on
// a record exactly while a rule of it holds.
type TagGroup struct {
	Colour string    `json:"colour"`
	Rules  []TagRule `json:"rules,omitempty"`
	// Tells are classes of fields at which rules look though the group is not of them: whoever sees the
	// tags is told something of these fields, which somebody said they want.
	Tells []policy.Class `json:"tells,omitempty"`
}

// TagColours are the colours of groups.
var TagColours = []string{"blue", "green", "gold", "red", "purple", "cyan", "grey"}

// ByRule reports whether the store keeps the group's tags.
func (g *TagGroup) ByRule() bool { return g != nil && len(g.Rules) > 0 }

// TagRule says on which records a tag stands: those of which the condition and all terms hold. Of a
// group that is one choice the first rule that holds gives the tag.
type TagRule struct {
	Tag   string       `json:"tag"`
	When  *policy.Cond `json:"when,omitempty"`
	Terms []TagTerm    `json:"terms,omitempty"`
}

// TagTerm compares what a record's relations add up to, or asks when the last of them or a date of its
// own is. It is computed over all records, whoever may read them.
type TagTerm struct {
	// Relation leads to many records, which are counted, or of which Sum is added up, or of which the
	// Last lies in the window; empty: the Date of the record itself does.
	Relation string       `json:"relation,omitempty"`
	Where    *policy.Cond `json:"where,omitempty"`    // which of them, by their own fields
	Last     bool         `json:"last,omitempty"`     // of who has any: that with the latest Date
	Sum      string       `json:"sum,omitempty"`      // a number or an amount
	Currency string       `json:"currency,omitempty"` // of an amount: only those in it are added up
	Date     string       `json:"date,omitempty"`     // the field by which they stand in the window; created_at when empty
	Window   *TagWindow   `json:"window,omitempty"`
	Op       policy.Op    `json:"op,omitempty"`    // eq gt ge lt le
	Value    string       `json:"value,omitempty"` // a decimal number
}

// TagWindow is a span of days around today. A day ends at midnight in the time of the company.
type TagWindow struct {
	// Mode is this (the calendar unit that today is in), past (the To units before it), each (each of
	// them by itself), ago (at least From and less than To units before today, which is 0 ago) or ahead
	// (at least From and less than To units after today). An ago without To is however long ago.
	Mode string `json:"mode"`
	Unit string `json:"unit"` // day month quarter year; of ago and ahead: day month year
	From int    `json:"from,omitempty"`
	To   int    `json:"to,omitempty"`
}

// The modes and units of windows.
const (
	WindowThis  = "this"
	WindowPast  = "past"
	WindowEach  = "each"
	WindowAgo   = "ago"
	WindowAhead = "ahead"
)

// DaySpan is the days from From on and before Until, each as midnight UTC.
type DaySpan struct{ From, Until time.Time }

// Spans gives the spans of a window as of a day (midnight UTC): one, or those of each.
func (w *TagWindow) Spans(today time.Time) []DaySpan {
	switch w.Mode {
	case WindowAgo:
		if w.To == 0 {
			return []DaySpan{{time.Time{}, shift(today, w.Unit, -w.From).AddDate(0, 0, 1)}}
		}
		return []DaySpan{{shift(today, w.Unit, -w.To).AddDate(0, 0, 1), shift(today, w.Unit, -w.From).AddDate(0, 0, 1)}}
	case WindowAhead:
		return []DaySpan{{shift(today, w.Unit, w.From), shift(today, w.Unit, w.To)}}
	}
	begin := beginOf(today, w.Unit)
	switch w.Mode {
	case WindowPast:
		return []DaySpan{{shift(begin, w.Unit, -w.To), begin}}
	case WindowEach:
		var spans []DaySpan
		for i := w.To; i > 0; i-- {
			spans = append(spans, DaySpan{shift(begin, w.Unit, -i), shift(begin, w.Unit, 1-i)})
		}
		return spans
	}
	return []DaySpan{{begin, shift(begin, w.Unit, 1)}}
}

// beginOf is the first day of the calendar unit that a day is in.
func beginOf(day time.Time, unit string) time.Time {
	y, m, d := day.Date()
	switch unit {
	case "month":
		d = 1
	case "quarter":
		m, d = m-(m-1)%3, 1
	case "year":
		m, d = time.January, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// shift moves a day by units; where a month is too short for the day it is its last.
func shift(day time.Time, unit string, n int) time.Time {
	switch unit {
	case "day":
		return day.AddDate(0, 0, n)
	case "quarter":
		n *= 3
	case "year":
		n *= 12
	}
	y, m, d := day.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, min(d, last.Day())-last.Day())
}

const (
	tagRulesMax = 50
	tagTermsMax = 10
	windowMax   = 3660 // units; each: 60
	eachMax     = 60
)

// checkGroup says what is wrong with a group's colour and what it is of; its rules need the catalog.
func checkGroup(d *CustomField, bad func(part, code, detail string)) {
	g := d.Group
	if g == nil {
		return
	}
	if d.Type != "choice" && d.Type != "choices" {
		bad("group", "group_type", "a group of tags is a choice, or choices")
	}
	if !slices.Contains(TagColours, g.Colour) {
		bad("group.colour", "colour", "a colour is one of "+strings.Join(TagColours, ", "))
	}
	if d.Required && g.ByRule() {
		bad("required", "group_required", "nobody can fill in what rules keep")
	}
	for _, class := range g.Tells {
		if !slices.Contains(policy.Classes, class) {
			bad("group.tells", "class", "a class is one of "+classNames())
		}
	}
}

// takeRules checks the rules of groups and tells each kind which tags the store keeps on it, and whose
// tags look at its records.
func (c *Catalog) takeRules(custom []CustomField) error {
	all := fault.New(fault.Invalid, "custom_fields", "some custom fields are wrong")
	for i := range custom {
		d := &custom[i]
		if !d.Group.ByRule() {
			continue
		}
		c.checkRules(d, func(part, code, detail string) {
			all = all.WithItems(fault.Item{At: fmt.Sprintf("custom_fields[%d].%s", i, part), Code: code, Detail: detail})
		})
		if len(all.Items) > 0 {
			continue
		}
		k := c.byName[d.Kind]
		k.Derived = append(k.Derived, k.Field(d.Key))
		for _, r := range d.Group.Rules {
			for _, t := range r.Terms {
				if relation, ok := k.Relation(t.Relation); ok {
					c.feed(relation.Kind, Feed{Field: relation.Field, Kind: d.Kind})
				}
			}
		}
	}
	if len(all.Items) > 0 {
		return all
	}
	return nil
}

// Feed says that tags of the records of Kind look at the records that point at them by Field.
type Feed struct {
	Field string
	Kind  policy.Kind
}

func (c *Catalog) feed(name policy.Kind, f Feed) {
	k := c.byName[name]
	if builtinKind(name) == k { // shared by all tenants
		other := *k
		k = &other
		c.byName[name] = k
		c.kinds[slices.IndexFunc(c.kinds, func(o *Kind) bool { return o.Name == name })] = k
	}
	if !slices.Contains(k.Feeds, f) {
		k.Feeds = append(k.Feeds, f)
	}
}

// Looked is a field at which a rule looks.
type Looked struct {
	Kind  policy.Kind
	Field *Field
}

// checkRules says what is wrong with the rules of a group, in a catalog that holds otherwise.
func (c *Catalog) checkRules(d *CustomField, bad func(part, code, detail string)) {
	if len(d.Group.Rules) > tagRulesMax {
		bad("group.rules", "too_many", fmt.Sprintf("a group has at most %d rules", tagRulesMax))
		return
	}
	seen := map[string]bool{}
	for i := range d.Group.Rules {
		r := &d.Group.Rules[i]
		at := fmt.Sprintf("group.rules[%d]", i)
		x, known := c.byName[d.Kind].Field(d.Key).Choice(r.Tag)
		switch {
		case !known || x.Retired:
			bad(at+".tag", "tag", "the group has no such tag, or it is retired")
		case seen[r.Tag] && d.Type == "choices":
			bad(at+".tag", "double", "the tag has a rule already")
		}
		seen[r.Tag] = true
		if problem := c.CheckTagRule(d.Kind, r); problem != nil {
			bad(at+"."+problem.At, problem.Code, problem.Detail)
			continue
		}
		if left := c.untold(d, r); len(left) > 0 {
			names := make([]string, len(left))
			for j, l := range left {
				names[j] = string(l.Kind) + "." + l.Field.Name + " (" + string(l.Field.Class) + ")"
			}
			bad(at, "tag_tells", "the tag would tell whoever sees it something of "+strings.Join(names, ", ")+": give the group that class, or say that it may tell of it")
		}
	}
}

// untold are the fields at which a rule looks and of which the group tells people who need not see
// them: of another class than general, the group's own and those that it is said to tell of.
func (c *Catalog) untold(d *CustomField, r *TagRule) []Looked {
	return slices.DeleteFunc(c.LooksAt(d.Kind, r), func(l Looked) bool {
		return l.Field.Class == policy.General || l.Field.Class == d.Class || slices.Contains(d.Group.Tells, l.Field.Class)
	})
}

// LooksAt lists the fields at which a checked rule looks, each once.
func (c *Catalog) LooksAt(kind policy.Kind, r *TagRule) []Looked {
	var out []Looked
	add := func(kind policy.Kind, name string) {
		f := c.byName[kind].Field(name)
		if f != nil && !slices.ContainsFunc(out, func(l Looked) bool { return l.Kind == kind && l.Field == f }) {
			out = append(out, Looked{kind, f})
		}
	}
	cond := func(kind policy.Kind, when *policy.Cond) {
		if when == nil {
			return
		}
		for _, name := range policy.FieldsOf(c.schema, kind, when) {
			add(kind, name[strings.LastIndexByte(name, '.')+1:])
		}
	}
	cond(kind, r.When)
	for _, t := range r.Terms {
		on := kind
		if t.Relation != "" {
			relation, _ := c.byName[kind].Relation(t.Relation)
			on = relation.Kind
			add(on, relation.Field)
		}
		cond(on, t.Where)
		for _, name := range []string{t.Sum, t.Date} {
			if name != "" {
				add(on, name)
			}
		}
	}
	return out
}

// CheckTagRule says what is wrong with one rule, and where in it; nil when it stands.
func (c *Catalog) CheckTagRule(kind policy.Kind, r *TagRule) *policy.Problem {
	if r.When == nil && len(r.Terms) == 0 {
		return &policy.Problem{Code: "tag_rule", At: "when", Detail: "a rule needs a condition or a term"}
	}
	if len(r.Terms) > tagTermsMax {
		return &policy.Problem{Code: "too_many", At: "terms", Detail: fmt.Sprintf("a rule has at most %d terms", tagTermsMax)}
	}
	if r.When != nil {
		if p := c.checkOwn(kind, r.When); p != nil {
			p.At = strings.TrimSuffix("when."+p.At, ".")
			return p
		}
	}
	for i := range r.Terms {
		if p := c.checkTerm(c.byName[kind], &r.Terms[i]); p != nil {
			p.At = strings.TrimSuffix(fmt.Sprintf("terms[%d].%s", i, p.At), ".")
			return p
		}
	}
	return nil
}

// checkOwn checks a condition that speaks of the record's own fields and nothing else: what it says
// changes only with the record.
func (c *Catalog) checkOwn(kind policy.Kind, when *policy.Cond) *policy.Problem {
	if problems := policy.CondProblems(c.schema, kind, when); len(problems) > 0 {
		return problems[0]
	}
	if p := policy.KeepsValue(c.schema, kind, when); p != nil {
		return p
	}
	if at, reaches := policy.ReachesOut(when); reaches {
		return &policy.Problem{Code: "tag_reach", At: at, Detail: "the condition of a tag speaks of the record's own fields: what is said of related records is a term"}
	}
	if policy.AsksKnown(when) {
		return &policy.Problem{Code: "tag_known", Detail: "a tag is the same for everybody at any time of a day: its condition speaks of nobody and of no instant"}
	}
	for _, name := range policy.FieldsOf(c.schema, kind, when) {
		if p := derivedFrom(c.byName[kind].Field(name[strings.LastIndexByte(name, '.')+1:]), ""); p != nil {
			return p
		}
	}
	return nil
}

// derivedFrom refuses what is itself kept by rules: the order in which tags are derived would matter.
func derivedFrom(f *Field, at string) *policy.Problem {
	if f != nil && f.Group.ByRule() {
		return &policy.Problem{Code: "tag_derived", At: at, Detail: "the rule of a tag does not look at tags that are kept by rules"}
	}
	return nil
}

func (c *Catalog) checkTerm(kind *Kind, t *TagTerm) *policy.Problem {
	wrong := func(at, code, detail string) *policy.Problem {
		return &policy.Problem{Code: code, At: at, Detail: detail}
	}
	if p := t.Window.problem(); p != nil {
		return p
	}
	on := kind
	if t.Relation == "" {
		switch {
		case t.Where != nil || t.Last || t.Sum != "" || t.Currency != "" || t.Op != "" || t.Value != "":
			return wrong("relation", "tag_relation", "only related records are counted and added up")
		case t.Date == "" || t.Window == nil || t.Window.Mode == WindowEach:
			return wrong("date", "tag_date", "a term of the record itself names a date and its window")
		}
	} else {
		relation, known := kind.Relation(t.Relation)
		if !known || !relation.Many || c.byName[relation.Kind] == nil {
			return wrong("relation", "relation", "there is no such relation to many records")
		}
		on = c.byName[relation.Kind]
	}
	if t.Date != "" {
		f := on.Field(t.Date)
		if f == nil || f.Type != Date && f.Type != Time {
			return wrong("date", "field", "this is no date")
		}
		if t.Window == nil {
			return wrong("window", "window", "a date needs a window in which it lies")
		}
	}
	if t.Relation == "" {
		return nil
	}
	if t.Where != nil {
		if p := c.checkOwn(on.Name, t.Where); p != nil {
			p.At = strings.TrimSuffix("where."+p.At, ".")
			return p
		}
	}
	if t.Last {
		switch {
		case t.Sum != "" || t.Currency != "" || t.Op != "" || t.Value != "":
			return wrong("last", "tag_last", "of the last one only the date is asked for")
		case t.Window == nil || t.Window.Mode == WindowEach:
			return wrong("window", "window", "the last date lies in one window")
		}
		return nil
	}
	if !slices.Contains([]policy.Op{policy.OpEq, policy.OpGt, policy.OpGe, policy.OpLt, policy.OpLe}, t.Op) {
		return wrong("op", "op", "a count or sum is compared by eq, gt, ge, lt or le")
	}
	sum := on.Field(t.Sum)
	money := sum != nil && sum.Type == Money
	switch {
	case t.Sum != "" && (sum == nil || !money && sum.Type != Int && sum.Type != Number):
		return wrong("sum", "field", "this is no number and no amount")
	case money != (t.Currency != ""):
		return wrong("currency", "currency", "amounts are added up in one currency, and nothing else has one")
	case money:
		if _, known := on.Field("currency").Choice(t.Currency); !known {
			return wrong("currency", "currency", "there is no such currency")
		}
	}
	if _, err := t.Against(on); err != nil {
		return wrong("value", "value", "the value is a decimal number, of a count a whole one")
	}
	return nil
}

// Against is the value with which the count or sum of a term is compared: whole for a count, in
// 1/10,000 for an amount.
func (t *TagTerm) Against(on *Kind) (policy.Value, error) {
	sum := on.Field(t.Sum)
	if sum != nil && sum.Type == Money {
		n, err := policy.ParseMoney(t.Value)
		return policy.MoneyOf(n), err
	}
	n, err := policy.ParseMoney(t.Value)
	if err != nil {
		return policy.Value{}, err
	}
	if sum != nil && sum.Type == Number {
		return policy.NumberOf(float64(n) / 10_000), nil
	}
	if n%10_000 != 0 {
		return policy.Value{}, fmt.Errorf("records: not a whole number")
	}
	return policy.IntOf(n / 10_000), nil
}

func (w *TagWindow) problem() *policy.Problem {
	if w == nil {
		return nil
	}
	bad := func(detail string) *policy.Problem {
		return &policy.Problem{Code: "window", At: "window", Detail: detail}
	}
	rolls := w.Mode == WindowAgo || w.Mode == WindowAhead
	most := windowMax
	if w.Mode == WindowEach {
		most = eachMax
	}
	switch {
	case !slices.Contains([]string{WindowThis, WindowPast, WindowEach, WindowAgo, WindowAhead}, w.Mode):
		return bad("a window is this, past, each, ago or ahead")
	case !slices.Contains([]string{"day", "month", "quarter", "year"}, w.Unit) || rolls && w.Unit == "quarter":
		return bad("a window counts days, months, quarters or years")
	case w.Mode == WindowThis && (w.From != 0 || w.To != 0):
		return bad("the unit that today is in has no ends to choose")
	case w.Mode == WindowAgo && w.To == 0:
		if w.From < 1 || w.From > most {
			return bad(fmt.Sprintf("a window that is open begins 1 to %d units ago", most))
		}
	case w.Mode != WindowThis && (w.To < 1 || w.To > most || w.From < 0 || w.From >= w.To) || !rolls && w.From != 0:
		return bad(fmt.Sprintf("a window ends after it begins and has at most %d units", most))
	}
	return nil
}
