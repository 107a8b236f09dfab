package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Ruleset is a compiled set of rules: one version of the policy. It is immutable and may be
// shared between goroutines.
type Ruleset struct {
	schema *Schema
	rules  []*compiled
	expand Expand

	// The candidates by what their clauses name, so that binding costs what concerns the person
	// and not what the tenant has.
	everyone   []int
	byPerson   map[ID][]int
	byPosition map[string][]int
	byUnit     map[ID][]int
}

// compiled is a rule whose every name is resolved.
type compiled struct {
	rule   Rule
	kind   *KindSchema
	path   *cpath
	when   *node // nil: always
	levels []Level
	edits  []bool
	caps   []Level // of a forbid with fields; Plain where it says nothing
	locks  []bool  // of a forbid with fields: not editable
	// key is the key of the rule's test where that is the same for everybody: of any record, under a
	// condition that reads neither p nor ctx.
	key string
}

// cpath is an access path whose relation and condition are resolved.
type cpath struct {
	Path
	relation *Relation
	via      *cpath
	cond     *node
	units    []ID
	kind     *KindSchema
	// everywhere is the path of any record, which is the same for everybody.
	everywhere *BoundPath
}

// Problems are all the problems found in a set of rules; At of each begins with the rule.
type Problems []*Problem

// Error joins the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// CheckRule says what is wrong with a rule; it is what saving a rule must ask first.
func CheckRule(schema *Schema, rule *Rule) error {
	_, err := compileRule(schema, rule, nil)
	return err
}

// Compile resolves and indexes the rules. Rules are checked when they are saved; one that no
// longer stands (its field or kind was removed since) cannot be trusted either way: a broken
// permit permits nothing, a broken forbid forbids its actions on the whole kind. Both are
// reported.
func Compile(schema *Schema, rules []Rule, expand Expand) (*Ruleset, Problems) {
	rs := &Ruleset{schema: schema, expand: expand, byPerson: map[ID][]int{}, byPosition: map[string][]int{}, byUnit: map[ID][]int{}}
	var problems Problems
	for i := range rules {
		c, err := compileRule(schema, &rules[i], expand)
		if err != nil {
			problems = append(problems, problemsAt(fmt.Sprintf("rules[%d] %s", i, rules[i].ID), err)...)
			if c = lockdown(schema, &rules[i]); c == nil {
				continue
			}
		}
		rs.add(c)
	}
	return rs, problems
}

// Schema returns the schema the rules were checked against.
func (rs *Ruleset) Schema() *Schema { return rs.schema }

// Rule returns the rule of an index that a Decision or Reason names.
func (rs *Ruleset) Rule(i int) *Rule { return &rs.rules[i].rule }

// Len returns the number of rules.
func (rs *Ruleset) Len() int { return len(rs.rules) }

func (rs *Ruleset) add(c *compiled) {
	i := len(rs.rules)
	rs.rules = append(rs.rules, c)
	for _, clause := range c.rule.Who.Any {
		switch {
		case clause.Everyone:
			rs.everyone = append(rs.everyone, i)
		case clause.Person != 0:
			rs.byPerson[clause.Person] = append(rs.byPerson[clause.Person], i)
		case clause.Position != "":
			rs.byPosition[clause.Position] = append(rs.byPosition[clause.Position], i)
		default:
			rs.byUnit[clause.Unit] = append(rs.byUnit[clause.Unit], i)
		}
	}
}

// lockdown turns a broken forbid into one that needs no condition; nil for a broken permit, and
// for a forbid on a kind that no longer exists.
func lockdown(schema *Schema, rule *Rule) *compiled {
	kind := schema.Kind(rule.Kind)
	if rule.Effect == Permit || kind == nil {
		return nil
	}
	broken := *rule
	// What is neither a permit nor a forbid must not come to permit.
	broken.Effect = Forbid
	if broken.From != nil && broken.Until != nil && !broken.From.Before(*broken.Until) {
		broken.From, broken.Until = nil, nil
	}
	broken.When, broken.Fields, broken.Where = nil, nil, Path{Path: PathAll}
	broken.Duty.SecondFactor = false // no proof lifts what nobody knows the meaning of
	if len(broken.Who.Any) == 0 || slices.ContainsFunc(broken.Who.Any, emptyClause) {
		broken.Who = Who{Any: []Clause{{Everyone: true}}}
	}
	broken.Who.Except = nil
	return &compiled{rule: broken, kind: kind, path: &cpath{Path: broken.Where, kind: kind}}
}

func emptyClause(c Clause) bool {
	return !c.Everyone && c.Person == 0 && c.Position == "" && c.Unit == 0
}

func problemsAt(at string, err error) Problems {
	var many Problems
	if !errors.As(err, &many) {
		many = Problems{asProblem(err)}
	}
	out := make(Problems, len(many))
	for i, p := range many {
		q := *p
		if q.At = strings.Trim(at+": "+q.At, ": "); at == "" {
			q.At = p.At
		}
		out[i] = &q
	}
	return out
}

func asProblem(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return &Problem{Code: "internal", Detail: err.Error()}
}

// check collects problems, so that an administrator sees all of them at once.
type check struct{ found Problems }

func (c *check) add(at, code, format string, args ...any) {
	c.found = append(c.found, &Problem{Code: code, At: at, Detail: fmt.Sprintf(format, args...)})
}

func (c *check) addErr(at string, err error) {
	for _, p := range problemsAt("", err) {
		q := *p
		q.At = strings.TrimSuffix(at+"."+q.At, ".")
		c.found = append(c.found, &q)
	}
}

func compileRule(schema *Schema, rule *Rule, expand Expand) (*compiled, error) {
	var c check
	kind := schema.Kind(rule.Kind)
	if kind == nil {
		c.add("kind", "kind", "there is no such kind")
		return nil, c.found
	}
	if rule.Effect != Permit && rule.Effect != Forbid {
		c.add("effect", "effect", "an effect is permit or forbid")
	}
	if strings.TrimSpace(rule.Scene) == "" {
		c.add("scene", "scene", "a rule says for which scene it exists")
	}
	if rule.From != nil && rule.Until != nil && !rule.From.Before(*rule.Until) {
		c.add("until", "window", "the window ends before it begins")
	}
	checkWho(&c, rule.Who)
	if len(rule.Actions) == 0 {
		c.add("actions", "actions", "a rule names at least one action")
	}
	for i, a := range rule.Actions {
		if !slices.Contains(kind.Actions, a) {
			c.add(fmt.Sprintf("actions[%d]", i), "action", "%s has no action %q", kind.Name, a)
		}
	}
	out := &compiled{rule: *rule, kind: kind}
	out.path = compilePath(&c, schema, kind, &rule.Where, "where", false, expand)
	if rule.When != nil {
		if err := CheckCond(schema, kind.Name, rule.When); err != nil {
			c.addErr("when", err)
		} else if p := KeepsValue(schema, kind.Name, rule.When); p != nil {
			c.addErr("when", p)
		} else if out.when, err = compileCond(schema, kind, rule.When); err != nil {
			c.addErr("when", err)
		}
	}
	compileFields(&c, out)
	if len(c.found) > 0 {
		return nil, c.found
	}
	if out.path.everywhere != nil && (out.when == nil || out.when.pure != nil) {
		out.key = newTest(out.path.everywhere, out.when.bind(nil, nil)).key
	}
	return out, nil
}

func checkWho(c *check, who Who) {
	if len(who.Any) == 0 {
		c.add("who", "who", "a rule names at least one person, position, unit, or everyone")
	}
	for part, clauses := range map[string][]Clause{"any": who.Any, "except": who.Except} {
		for i, clause := range clauses {
			at := fmt.Sprintf("who.%s[%d]", part, i)
			appointed := clause.Position != "" || clause.Unit != 0
			switch {
			case emptyClause(clause):
				c.add(at, "who", "an empty clause names nobody")
			case clause.Everyone && (appointed || clause.Person != 0), clause.Person != 0 && appointed:
				c.add(at, "who", "a clause names everyone, a person, or a position and unit, not several of these")
			case clause.Below && clause.Unit == 0:
				c.add(at, "who", "'below' needs a unit")
			}
		}
	}
}

func compilePath(c *check, schema *Schema, kind *KindSchema, p *Path, at string, linked bool, expand Expand) *cpath {
	out := &cpath{Path: *p, kind: kind}
	if p.Path == PathAll {
		out.everywhere = &BoundPath{Path: PathAll, Kind: kind}
	}
	need := func(field, what string) {
		if field == "" {
			c.add(at+".path", "path", "%s has no %s", kind.Name, what)
		}
	}
	if p.Path != PathUnits && (len(p.Units) > 0 || p.Below) || p.Path != PathNear && p.Meters != 0 ||
		p.Path != PathLinked && (p.Relation != "" || p.Via != nil || p.Cond != nil) {
		c.add(at, "path", "the path %q does not take what stands beside it", p.Path)
	}
	switch p.Path {
	case PathAll:
	case PathOwn:
		need(kind.Owner, "owner")
	case PathUnit, PathUnitBelow, PathHeaded:
		need(kind.Unit, "unit")
	case PathUnits:
		need(kind.Unit, "unit")
		if len(p.Units) == 0 {
			c.add(at+".units", "path", "an empty set of units is nobody's reach")
		}
		out.units = expandUnits(p.Units, p.Below, expand)
	case PathPool:
		need(kind.Pool, "pool")
	case PathNear:
		need(kind.Place, "place")
		if !(p.Meters > 0 && p.Meters <= 20_100_000) {
			c.add(at+".meters", "path", "a distance is more than 0 and at most 20,100,000 m")
		}
	case PathTeam:
		if !kind.Team {
			c.add(at+".path", "path", "%s has no collaborators", kind.Name)
		}
	case PathLinked:
		compileLinked(c, schema, out, at, linked, expand)
	default:
		c.add(at+".path", "path", "there is no access path %q", p.Path)
	}
	return out
}

func compileLinked(c *check, schema *Schema, out *cpath, at string, linked bool, expand Expand) {
	relation, ok := out.kind.Relation(out.Relation)
	if linked || !ok {
		c.add(at+".relation", "relation", "%s has no relation %q to follow here", out.kind.Name, out.Relation)
		return
	}
	out.relation = relation
	other := schema.Kind(relation.Kind)
	via := out.Path.Via
	if via == nil {
		via = &Path{Path: PathAll}
		if out.Cond == nil {
			c.add(at, "path", "a linked path needs a path or a condition on the related record")
		}
	}
	out.via = compilePath(c, schema, other, via, at+".via", true, expand)
	if out.Cond == nil {
		return
	}
	if err := CheckCond(schema, other.Name, out.Cond); err != nil {
		c.addErr(at+".cond", err)
	} else if p := KeepsValue(schema, other.Name, out.Cond); p != nil {
		c.addErr(at+".cond", p)
	} else if out.cond, err = compileCond(schema, other, out.Cond); err != nil {
		c.addErr(at+".cond", err)
	}
}

func expandUnits(units []ID, below bool, expand Expand) []ID {
	out := slices.Clone(units)
	if below && expand != nil {
		for _, u := range units {
			out = append(out, expand(u)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// compileFields lays the rule's levels out by field index.
func compileFields(c *check, out *compiled) {
	n := len(out.kind.Fields)
	for i, f := range out.rule.Fields {
		at := fmt.Sprintf("fields[%d]", i)
		switch {
		case (f.Field == "") == (f.Class == ""):
			c.add(at, "field", "an entry names a field or a class")
		case f.Field != "" && out.kind.Field(f.Field) == nil:
			c.add(at, "field", "%s has no field %q", out.kind.Name, f.Field)
		case f.Class != "" && f.Class != Everything && !slices.Contains(Classes, f.Class):
			c.add(at, "class", "there is no class %q", f.Class)
		case f.Level > Plain:
			c.add(at, "level", "a level is hidden, masked or plain")
		case f.Field != "" && f.Level.IsMask() && f.Level != Masked && out.kind.Field(f.Field).mask(f.Level) != f.Level:
			c.add(at, "mask", "%s cannot be %s", f.Field, f.Level)
		case f.Edit && f.Level != Plain:
			c.add(at, "level", "what may be edited is plain")
		}
	}
	permit := out.rule.Effect == Permit
	if !permit && len(out.rule.Fields) == 0 {
		return
	}
	levels, edits := make([]Level, n), make([]bool, n)
	for i, f := range out.kind.Fields {
		levels[i], edits[i] = fieldRule(out.rule.Fields, f, permit)
	}
	if permit {
		out.levels, out.edits = levels, edits
		return
	}
	out.caps, out.locks = levels, make([]bool, n)
	for i := range edits {
		out.locks[i] = !edits[i]
	}
}

// fieldRule finds the entry that counts for a field: its own, its class's, or everything's.
// Among equals the most open counts in a permit, the least in a forbid.
func fieldRule(rules []FieldRule, f *Field, permit bool) (Level, bool) {
	for _, matches := range []func(FieldRule) bool{
		func(r FieldRule) bool { return r.Field == f.Name },
		func(r FieldRule) bool { return r.Class == f.Class },
		func(r FieldRule) bool { return r.Class == Everything },
	} {
		found, level, edit := false, Hidden, false
		for _, r := range rules {
			switch {
			case !matches(r):
			case !found:
				found, level, edit = true, f.mask(r.Level), r.Edit
			case permit:
				level, edit = max(level, f.mask(r.Level)), edit || r.Edit
			default:
				level, edit = min(level, f.mask(r.Level)), edit && r.Edit
			}
		}
		if found {
			return level, edit
		}
	}
	if permit {
		return Hidden, false
	}
	return Plain, true
}
