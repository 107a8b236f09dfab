package policy

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ruleWords are the words for the parts of a rule. The holes of a path are the records (0), what
// they depend on (1) and the relation (2).
type ruleWords struct {
	stop, parts                           string
	permit, forbid, limit                 string // who, actions, records
	everyone, nobody, holders, except     string
	inUnit, inBelow                       string // unit
	holderIn, holderBelow                 string // unit, position
	actions                               map[Action]string
	paths                                 map[PathKind]string
	any                                   string // all records, where a rule forbids
	units, unitsBelow                     string // records, units
	linkedMany, linkedOne, where          string
	condition                             string
	levels                                map[Level]string
	editable, locked                      string
	everything, others, noField           string
	classes                               map[Class]string
	approval, oneApproval                 string
	secondFactor, reason, watermark, then string
	packHolders                           string
	approvers                             map[string]string
	from, until, fromUntil, scene         string
}

// RuleParts are the answers a rule gives, each in words; what a rule does not say is empty.
type RuleParts struct {
	Who       string // 谁
	Actions   string // 能做什么
	Records   string // 哪些数据
	Condition string // 什么条件
	Fields    string // 哪些字段
	Duty      string // 须做什么
	Window    string // 多久
	Scene     string // 为什么
}

// PartsOf says the parts of a rule in Chinese or English.
func PartsOf(schema *Schema, names Names, rule *Rule, lang string) RuleParts {
	s := speakerOf(schema, names, lang)
	parts := RuleParts{
		Who:     s.who(rule.Who),
		Actions: s.actions(rule),
		Records: s.records(rule.Kind, &rule.Where),
		Fields:  s.fields(rule),
		Duty:    s.duty(rule.Duty),
		Window:  s.window(rule.From, rule.Until),
		Scene:   rule.Scene,
	}
	if rule.Effect == Forbid && rule.Where.Path == PathAll {
		parts.Records = fill(s.rule.any, s.kinds(rule.Kind))
	}
	if rule.When != nil {
		parts.Condition = CondSentence(schema, names, rule.Kind, rule.When, lang)
	}
	parts.Who, parts.Records, parts.Fields = s.polish(parts.Who), s.polish(parts.Records), s.polish(parts.Fields)
	parts.Duty, parts.Window = s.polish(parts.Duty), s.polish(parts.Window)
	return parts
}

// RuleSentence says a whole rule in one sentence.
func RuleSentence(schema *Schema, names Names, rule *Rule, lang string) string {
	return speakerOf(schema, names, lang).whole(rule, PartsOf(schema, names, rule, lang))
}

// TemplateSentence says a rule of a pack, which speaks of whoever holds the pack.
func TemplateSentence(schema *Schema, names Names, rule *Rule, lang string) string {
	s := speakerOf(schema, names, lang)
	p := PartsOf(schema, names, rule, lang)
	p.Who = s.rule.holders
	return s.whole(rule, p)
}

// whole joins the parts of a rule.
func (s *speaker) whole(rule *Rule, p RuleParts) string {
	head := s.rule.permit
	switch {
	case rule.Effect == Forbid && len(rule.Fields) > 0:
		head = s.rule.limit
	case rule.Effect == Forbid:
		head = s.rule.forbid
	}
	clauses := []string{fill(head, p.Who, p.Actions, p.Records)}
	if p.Condition != "" {
		clauses = append(clauses, fill(s.rule.condition, p.Condition))
	}
	for _, part := range []string{p.Fields, p.Duty, p.Window} {
		if part != "" {
			clauses = append(clauses, part)
		}
	}
	if p.Scene != "" {
		clauses = append(clauses, fill(s.rule.scene, p.Scene))
	}
	return capitalized(strings.Join(clauses, s.rule.parts), s.lang) + s.rule.stop
}

// capitalized begins an English sentence with a capital letter.
func capitalized(text, lang string) string {
	if lang == "zh" || text == "" {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// WhoSentence says whom a rule speaks of.
func WhoSentence(schema *Schema, names Names, who Who, lang string) string {
	s := speakerOf(schema, names, lang)
	return s.polish(s.who(who))
}

// PathSentence says which records of a kind an access path reaches.
func PathSentence(schema *Schema, names Names, kind Kind, path *Path, lang string) string {
	s := speakerOf(schema, names, lang)
	return s.polish(s.records(kind, path))
}

// WindowSentence says a window [from, until); empty when both sides are open.
func WindowSentence(from, until *time.Time, lang string) string {
	s := speakerOf(nil, nil, lang)
	return s.polish(s.window(from, until))
}

func (s *speaker) who(who Who) string {
	if len(who.Any) == 0 {
		return s.rule.nobody
	}
	all := s.clauses(who.Any)
	if len(who.Except) == 0 {
		return all
	}
	return fill(s.rule.except, all, s.clauses(who.Except))
}

func (s *speaker) clauses(clauses []Clause) string {
	said := make([]string, len(clauses))
	for i, c := range clauses {
		said[i] = s.clause(c)
	}
	return s.list(said, s.last)
}

func (s *speaker) clause(c Clause) string {
	switch {
	case c.Everyone:
		return s.rule.everyone
	case c.Person != 0:
		return s.named("#"+c.Person.String(), func(n Names) string { return n.Person(c.Person) })
	case c.Unit == 0 && c.Position != "":
		return s.position(c.Position)
	case c.Unit == 0:
		return s.rule.nobody
	case c.Position == "":
		return fill(pick(c.Below, s.rule.inBelow, s.rule.inUnit), s.unit(c.Unit))
	}
	return fill(pick(c.Below, s.rule.holderBelow, s.rule.holderIn), s.unit(c.Unit), s.position(c.Position))
}

func (s *speaker) actions(rule *Rule) string {
	said := make([]string, len(rule.Actions))
	for i, a := range rule.Actions {
		fallback := string(a)
		if word, ok := s.rule.actions[a]; ok {
			fallback = word
		}
		said[i] = s.named(fallback, func(n Names) string { return n.Action(rule.Kind, a, s.lang) })
	}
	return s.list(said, pick(rule.Effect == Forbid, s.lastOf, s.last))
}

// kinds names records of a kind in the plural.
func (s *speaker) kinds(kind Kind) string {
	label := s.named(string(kind), func(n Names) string { return n.Kind(kind, s.lang) })
	if s.lang == "zh" {
		return label
	}
	return plural(label)
}

// records says which records of a kind a path reaches.
func (s *speaker) records(kind Kind, p *Path) string {
	kinds := s.kinds(kind)
	switch p.Path {
	case PathNear:
		return fill(s.rule.paths[PathNear], kinds, s.distance(p.Meters))
	case PathUnits:
		units := make([]string, len(p.Units))
		for i, u := range p.Units {
			units[i] = s.unit(u)
		}
		return fill(pick(p.Below, s.rule.unitsBelow, s.rule.units), kinds, s.list(units, s.last))
	case PathLinked:
		return s.linked(kind, kinds, p)
	}
	if phrase, ok := s.rule.paths[p.Path]; ok {
		return fill(phrase, kinds)
	}
	return kinds + " (" + string(p.Path) + ")"
}

func (s *speaker) linked(kind Kind, kinds string, p *Path) string {
	k := s.schema.Kind(kind)
	if k == nil {
		return kinds + " (" + string(p.Path) + ")"
	}
	relation, ok := k.Relation(p.Relation)
	if !ok {
		return kinds + " (" + string(p.Path) + ")"
	}
	via := p.Via
	if via == nil {
		via = &Path{Path: PathAll}
	}
	related := s.records(relation.Kind, via)
	if via.Path == PathAll {
		related = s.kinds(relation.Kind)
	}
	if p.Cond != nil {
		on := s.schema.Kind(relation.Kind)
		if CheckCond(s.schema, relation.Kind, p.Cond) == nil {
			related = fill(s.rule.where, related, s.cond(on, Canonical(p.Cond), true))
		} else {
			related = fill(s.rule.where, related, "`"+CELText(p.Cond)+"`")
		}
	}
	label := s.named(p.Relation, func(n Names) string { return n.Relation(kind, p.Relation, s.lang) })
	return fill(pick(relation.Many, s.rule.linkedMany, s.rule.linkedOne), kinds, related, label)
}

// fields says the levels, grouped by what may be done with the fields. In a permit what is not
// named is hidden; that is said too, where records can be seen at all.
func (s *speaker) fields(rule *Rule) string {
	permit := rule.Effect != Forbid
	var order []string
	groups := map[string][]string{}
	add := func(phrase, field string) {
		if groups[phrase] == nil {
			order = append(order, phrase)
		}
		groups[phrase] = append(groups[phrase], field)
	}
	rest := false
	for _, f := range s.byClass(rule) {
		phrase := s.rule.levels[f.Level]
		switch {
		case permit && f.Edit:
			phrase = s.rule.editable
		case !permit && f.Level == Plain && f.Edit:
			continue // takes nothing away
		case !permit && f.Level == Plain:
			phrase = s.rule.locked
		}
		if f.Class != Everything {
			add(phrase, s.fieldOrClass(rule.Kind, f))
			continue
		}
		rest = true
		add(phrase, pick(len(rule.Fields) == 1, s.rule.everything, s.rule.others))
	}
	shows := slices.ContainsFunc(rule.Actions, func(a Action) bool { return a != Delete && a != Create })
	switch {
	case !permit || rest || !shows:
	case len(rule.Fields) == 0:
		return s.rule.noField
	default:
		add(s.rule.levels[Hidden], s.rule.others)
	}
	said := make([]string, len(order))
	for i, phrase := range order {
		said[i] = fill(phrase, s.list(groups[phrase], s.last))
	}
	return strings.Join(said, s.rule.parts)
}

// byClass is what a rule says of fields, with a class in place of its fields where it names them all and says the
// same of each.
func (s *speaker) byClass(rule *Rule) []FieldRule {
	fields := everythingLast(rule.Fields)
	kind := s.schema.Kind(rule.Kind)
	if kind == nil {
		return fields
	}
	for _, class := range Classes {
		if slices.ContainsFunc(fields, func(f FieldRule) bool { return f.Class == class }) {
			continue
		}
		var all []FieldRule
		for _, of := range kind.Fields {
			if of.Class != class {
				continue
			}
			i := slices.IndexFunc(fields, func(f FieldRule) bool { return f.Field == of.Name })
			if i < 0 {
				all = nil
				break
			}
			all = append(all, fields[i])
		}
		if len(all) < 2 || slices.ContainsFunc(all, func(f FieldRule) bool { return f.Level != all[0].Level || f.Edit != all[0].Edit }) {
			continue
		}
		one := all[0]
		one.Field, one.Class = "", class
		at := slices.IndexFunc(fields, func(f FieldRule) bool { return slices.Contains(all, f) })
		fields = slices.DeleteFunc(fields, func(f FieldRule) bool { return slices.Contains(all, f) })
		fields = slices.Insert(fields, at, one)
	}
	return fields
}

// everythingLast puts the entries for all other fields behind those that name some.
func everythingLast(fields []FieldRule) []FieldRule {
	out := slices.Clone(fields)
	slices.SortStableFunc(out, func(a, b FieldRule) int {
		switch {
		case a.Class != Everything && b.Class == Everything:
			return -1
		case a.Class == Everything && b.Class != Everything:
			return 1
		}
		return 0
	})
	return out
}

func (s *speaker) fieldOrClass(kind Kind, f FieldRule) string {
	if f.Field != "" {
		return s.named(f.Field, func(n Names) string { return n.Field(kind, f.Field, s.lang) })
	}
	fallback := string(f.Class)
	if word, ok := s.rule.classes[f.Class]; ok {
		fallback = word
	}
	return s.named(fallback, func(n Names) string { return n.Class(f.Class, s.lang) })
}

func (s *speaker) duty(d Duty) string {
	var said []string
	if len(d.Approval) > 0 {
		positions := make([]string, len(d.Approval))
		for i, code := range d.Approval {
			positions[i] = s.approver(code)
		}
		said = append(said, fill(pick(len(positions) > 1, s.rule.approval, s.rule.oneApproval), strings.Join(positions, s.rule.then)))
	}
	for _, part := range []struct {
		asked bool
		words string
	}{{d.SecondFactor, s.rule.secondFactor}, {d.Reason, s.rule.reason}, {d.Watermark, s.rule.watermark}} {
		if part.asked {
			said = append(said, part.words)
		}
	}
	return s.list(said, s.last)
}

// approver says who decides a step as it is spelled: a position, heads, who holds a pack, or several of
// these together.
func (s *speaker) approver(spelled string) string {
	var parts []string
	for part := range strings.SplitSeq(spelled, "+") {
		if pack, is := strings.CutPrefix(part, "@pack:"); is {
			part = fill(s.rule.packHolders, s.named(pack, func(n Names) string {
				if of, is := n.(PackNames); is {
					return of.Pack(pack, s.lang)
				}
				return ""
			}))
		} else if word, is := s.rule.approvers[part]; is {
			part = word
		} else {
			part = s.position(part)
		}
		parts = append(parts, part)
	}
	return s.list(parts, s.last)
}

// window says the sides of a window to the second: who ends a rule by hand ends it at some microsecond.
func (s *speaker) window(from, until *time.Time) string {
	from, until = toTheSecond(from), toTheSecond(until)
	switch {
	case from != nil && until != nil:
		return fill(s.rule.fromUntil, instant(*from), lastInstant(*until))
	case from != nil:
		return fill(s.rule.from, instant(*from))
	case until != nil:
		return fill(s.rule.until, lastInstant(*until))
	}
	return ""
}

func toTheSecond(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	cut := t.Truncate(time.Second)
	return &cut
}

// lastInstant says the end of a window, which is no longer in it: for a midnight that is the
// day before, as people say it.
func lastInstant(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0 {
		return t.AddDate(0, 0, -1).Format(time.DateOnly) + zone(t)
	}
	return instant(t)
}
