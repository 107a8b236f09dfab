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

// ConditionQuery asks what a condition means: written as a tree or as CEL, not both.
type ConditionQuery struct {
	Kind policy.Kind
	Cond *policy.Cond
	CEL  string
	// Rule asks for a condition of a rule, which may speak of parents, relations and every field;
	// otherwise it is a filter of the actor's own lists.
	Rule bool
}

// Condition is what a condition means, or what is wrong with it.
type Condition struct {
	Cond     *policy.Cond       `json:"cond,omitempty"`
	CEL      string             `json:"cel,omitempty"`
	Sentence *records.Label     `json:"sentence,omitempty"`
	Errors   []ConditionProblem `json:"errors"`
	Matching *Matching          `json:"matching,omitempty"` // for who administers the policy
}

// ConditionProblem says what is wrong with a part of a condition: At is a path into the tree
// ("args[1].value"), or "line:column" in the text.
type ConditionProblem struct {
	At     string         `json:"at"`
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Params map[string]any `json:"params,omitempty"`
}

// Matching is how many records of the kind a condition matches, whoever may read them. Fewer than
// five are told as just that, so that nobody singles out one. Personal conditions, which speak of
// p, match others for everybody and are not counted.
type Matching struct {
	Count    int  `json:"count"`
	Capped   bool `json:"capped"` // there are more
	Few      bool `json:"few"`    // fewer than Count
	Personal bool `json:"personal"`
}

// few is how many records are too few to be told by number.
const few = 5

// Condition checks a condition and says it as CEL and as a sentence. Of a condition for rules,
// which takes the right policy, it also tells how many records it matches; that stands in the
// audit log. Faults: NotFound for a kind that does not exist, Invalid, Denied.
func (s *Session) Condition(ctx context.Context, q ConditionQuery) (*Condition, error) {
	if (q.Cond == nil) == (q.CEL == "") {
		return nil, fault.New(fault.Invalid, "condition", "a condition comes as a tree or as text")
	}
	var out *Condition
	var entries []audit.Entry
	read := func(t *rtx, v *view) error {
		kind := v.catalog.Kind(q.Kind)
		if kind == nil {
			return noKind.WithAt("kind")
		}
		ask := v.asking(kind, q.Rule)
		out, entries = &Condition{Errors: []ConditionProblem{}}, nil
		cond, problems := ask.check(q)
		for _, p := range problems {
			out.Errors = append(out.Errors, ConditionProblem{At: p.At, Code: p.Code, Detail: p.Detail})
		}
		if len(problems) > 0 {
			return nil
		}
		if err := t.conditionNames(ctx, ask, cond); err != nil {
			return err
		}
		sentence := both(func(lang string) string { return policy.CondSentence(ask.schema, ask.words, kind.Name, cond, lang) })
		out.Cond, out.CEL, out.Sentence = cond, policy.CELText(cond), &sentence
		if !q.Rule {
			if len(v.named) > 0 {
				entries = v.with(audit.Entry{Action: audit.List, Kind: kind.Name, Epoch: v.epoch, Detail: map[string]any{"condition": true}})
			}
			return nil
		}
		var err error
		if out.Matching, err = t.matching(ctx, v, kind, cond); err != nil {
			return err
		}
		entries = v.with(audit.Entry{Action: audit.Count, Kind: records.System, Epoch: v.epoch, Detail: ask.told(cond, out.Matching)})
		return nil
	}
	var err error
	if q.Rule {
		err = s.oversee(ctx, "condition", read, "policy")
	} else {
		err = s.db.lookAt(ctx, s.actor, read)
	}
	if err != nil {
		return nil, err
	}
	if len(entries) > 0 {
		if err := s.db.auditRead(ctx, s.actor, entries...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// asking is a condition as one actor may ask it.
type asking struct {
	v      *view
	kind   *records.Kind
	rule   bool
	schema *policy.Schema
	known  map[string]*policy.Field // of the kind, for a filter
	words  conditionWords
}

func (v *view) asking(kind *records.Kind, rule bool) *asking {
	a := &asking{v: v, kind: kind, rule: rule, schema: v.catalog.Schema()}
	if !rule {
		a.schema, a.known = v.knownCatalog().Schema(), v.knownFields(kind)
		if v.bound.Reduce(policy.Read, kind.Name).None() {
			a.known = v.productFields(kind)
		}
	}
	a.words = conditionWords{names: names{v.state}, titles: map[policy.Kind]map[policy.ID]string{}}
	return a
}

// check gives the tree, or everything that is wrong.
func (a *asking) check(q ConditionQuery) (*policy.Cond, policy.Problems) {
	cond := q.Cond
	if cond == nil {
		var err error
		if cond, err = policy.ParseCEL(a.schema, a.kind.Name, q.CEL); err != nil {
			return nil, policy.Problems{problemOf(err)}
		}
	} else if problems := policy.CondProblems(a.schema, a.kind.Name, cond); len(problems) > 0 {
		return nil, problems
	}
	if a.rule {
		if p := policy.KeepsValue(a.schema, a.kind.Name, cond); p != nil {
			return nil, policy.Problems{p}
		}
		return cond, nil
	}
	if p := a.unknown(cond, ""); p != nil {
		return nil, policy.Problems{p.inText(q.CEL)}
	}
	if _, err := a.v.bound.BindFilter(a.kind.Name, cond); err != nil {
		p := &placed{Problem: *problemOf(err), name: relationIn(cond)}
		return nil, policy.Problems{p.inText(q.CEL)}
	}
	return cond, nil
}

// placed is a problem with what it names, by which it is found in a text.
type placed struct {
	policy.Problem
	name string
}

// inText puts a problem of the tree where the text names the same.
func (p *placed) inText(text string) *policy.Problem {
	if text == "" {
		return &p.Problem
	}
	line, column := 1, 1
	if before, _, found := strings.Cut(text, "r."+p.name); found && p.name != "" {
		line += strings.Count(before, "\n")
		column += len([]rune(before[strings.LastIndex(before, "\n")+1:]))
	}
	p.At = policy.TextPosition(line, column)
	return &p.Problem
}

// unknown refuses fields that the actor may not know of in the words for fields that do not exist.
func (a *asking) unknown(c *policy.Cond, at string) *placed {
	names := map[string]string{"field": c.Field}
	if c.Value != nil {
		names["value.field"] = c.Value.Field
	}
	for part, name := range names {
		if name != "" && !strings.Contains(name, ".") && a.known[name] == nil {
			return &placed{policy.Problem{Code: "field", At: strings.TrimPrefix(at+"."+part, "."), Detail: "there is no such field"}, name}
		}
	}
	if c.Op == policy.OpExists {
		return nil // refused as a whole by BindFilter
	}
	for i := range c.Args {
		if p := a.unknown(&c.Args[i], policy.ArgPlace(at, i)); p != nil {
			return p
		}
	}
	return nil
}

// relationIn names what leads out of the record, as a filter must not.
func relationIn(c *policy.Cond) string {
	if c.Op == policy.OpExists {
		return c.Relation
	}
	if strings.Contains(c.Field, ".") {
		return c.Field
	}
	for i := range c.Args {
		if name := relationIn(&c.Args[i]); name != "" {
			return name
		}
	}
	return ""
}

// conditionWords name what a condition speaks of, as far as its reader may read it.
type conditionWords struct {
	names
	titles map[policy.Kind]map[policy.ID]string
}

// Person names a person whom the condition names.
func (w conditionWords) Person(id policy.ID) string { return w.titles[records.RefPerson][id] }

// Record names a record that the reader may read, or a pool.
func (w conditionWords) Record(kind policy.Kind, id policy.ID) string {
	if title := w.titles[kind][id]; title != "" {
		return title
	}
	return w.names.Record(kind, id)
}

// conditionNames reads the names of what a condition refers to: people by the directory for who
// administers the policy, everything else through the gate.
func (t *rtx) conditionNames(ctx context.Context, a *asking, cond *policy.Cond) error {
	wanted := map[policy.Kind][]policy.ID{}
	policy.EachRef(a.schema, a.kind.Name, cond, func(to policy.Kind, id policy.ID) { wanted[to] = append(wanted[to], id) })
	for to, ids := range wanted {
		slices.Sort(ids)
		ids = slices.Compact(ids)
		var err error
		if to != records.RefPerson || a.rule {
			a.words.titles[to], err = t.titles(ctx, a.v, to, ids)
		} else {
			a.words.titles[to], err = t.readableTitles(ctx, a.v, to, ids)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readableTitles gives the titles of the records that the actor may read.
func (t *rtx) readableTitles(ctx context.Context, v *view, kind policy.Kind, ids []policy.ID) (map[policy.ID]string, error) {
	out := map[policy.ID]string{}
	described := v.catalog.Kind(kind)
	if described == nil {
		return out, nil
	}
	items, err := t.readable(ctx, v, described, ids)
	for i := range items {
		it := &items[i]
		if title, ok := it.Fields[described.Title].(string); ok {
			out[it.ID] = title
			v.tells(kind, it)
		}
	}
	return out, err
}

// matching counts the records that a condition matches, as a rule for everybody would.
func (t *rtx) matching(ctx context.Context, v *view, kind *records.Kind, cond *policy.Cond) (*Matching, error) {
	if policy.AsksPerson(cond) {
		return &Matching{Personal: true}, nil
	}
	rule := policy.Rule{ID: "count", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Kind: kind.Name,
		Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll}, When: cond, Scene: "count"}
	alone, problems := policy.Compile(v.catalog.Schema(), []policy.Rule{rule}, nil)
	if len(problems) > 0 {
		return nil, problems
	}
	read := alone.Bind(v.bound.Subject(), v.bound.Context()).Reduce(policy.Read, kind.Name)
	var n sql.NullInt64
	if !read.None() {
		stmt := t.db.sqlDialect().Count(&sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: read}, CountCap)
		var epoch int64
		if err := t.row(ctx, stmt.SQL, stmt.Args...).Scan(&epoch, &n); err != nil {
			return nil, err
		}
		if epoch != v.epoch || !n.Valid {
			return nil, errEpoch
		}
	}
	m := &Matching{Count: int(min(n.Int64, CountCap)), Capped: n.Int64 > CountCap}
	// That nothing matches a telephone number tells as much as that one record does.
	if m.Count < few && (m.Count > 0 || !policy.OnlyClass(v.catalog.Schema(), kind.Name, cond, policy.General)) {
		m.Count, m.Few = few, true
	}
	return m, nil
}

// told is what the audit keeps of a counted condition: its text where all its fields are of the
// general class, otherwise the fields it names, as of a list (see detailOfQuestion). Who counts by
// telephone numbers is then known to have done so.
func (a *asking) told(cond *policy.Cond, m *Matching) map[string]any {
	detail := map[string]any{"operation": "condition", "kind": a.kind.Name}
	if policy.OnlyClass(a.schema, a.kind.Name, cond, policy.General) {
		detail["condition"] = audit.Clean(policy.CELText(cond))
	} else {
		detail["condition_fields"] = policy.FieldsOf(a.schema, a.kind.Name, cond)
	}
	if !m.Personal {
		detail["count"] = m.Count
	}
	return detail
}
