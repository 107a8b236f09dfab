package access_test

import (
	"regexp"
	"testing"
	"time"

	"guan/access"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// rawWords are what only programs read: operators and names of CEL, codes of approvers and of fields.
var rawWords = regexp.MustCompile("`|&&|\\|\\||[=!<>]=|[<>]|@\\w|\\b(r|p|ctx)\\.\\w|\\w\\(|\\{\\d\\}|\\b[a-z]+_[a-z_]+\\b")

// said are the product's own words, and one name for all people, units, positions and packs.
type said struct{ *records.Catalog }

func (s said) Kind(kind policy.Kind, lang string) string {
	if k := s.Catalog.Kind(kind); k != nil {
		return k.Label.In(lang)
	}
	return "" // the system has a word of its own
}

func (s said) Field(kind policy.Kind, field, lang string) string {
	if f := s.Catalog.Kind(kind).Field(field); f != nil {
		return f.Label.In(lang)
	}
	return ""
}

func (s said) Choice(kind policy.Kind, field, code, lang string) string {
	if f := s.Catalog.Kind(kind).Field(field); f != nil {
		c, _ := f.Choice(code)
		return c.Label.In(lang)
	}
	return ""
}

func (s said) Relation(kind policy.Kind, relation, lang string) string {
	r, _ := s.Catalog.Kind(kind).Relation(relation)
	return r.Label.In(lang)
}

func (said) Class(class policy.Class, lang string) string { return records.ClassLabels[class].In(lang) }
func (said) Action(kind policy.Kind, action policy.Action, lang string) string {
	if kind == records.System {
		return records.SystemActionLabels[action].In(lang)
	}
	return records.ActionLabels[action].In(lang)
}
func (said) Position(string, string) string       { return "岗位" }
func (said) Person(policy.ID) string              { return "张三" }
func (said) Unit(policy.ID) string                { return "总部" }
func (said) Record(policy.Kind, policy.ID) string { return "" }
func (said) Pack(string, string) string           { return "权限包" }

// Rules that come with the program, and those that pools and emergencies become, are said in words, in
// both languages.
func TestRulesOfTheProgramAreSaidInWords(t *testing.T) {
	now := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	a := access.Authored{Packs: access.Presets, Pools: []access.Pool{{ID: 5, Name: "公海"}},
		Emergencies: []grants.Emergency{{ID: 6, Person: 7, Kind: "customer", Record: 9, From: now, Until: now.Add(time.Hour)}}}
	for i, p := range access.Presets {
		a.Assignments = append(a.Assignments, access.Assignment{ID: policy.ID(10 + i), Pack: p.ID, Who: policy.Clause{Unit: 1, Below: true}})
	}
	rules := a.Lower()
	for _, x := range access.Templates {
		for _, part := range x.Rules {
			r := part.Rule
			if r.ID, r.Who = x.ID, (policy.Who{Any: []policy.Clause{{Unit: 1}, {Person: 7}}}); r.Where.Path == policy.PathUnits {
				r.Where.Units = []policy.ID{1}
			}
			rules = append(rules, r)
		}
	}
	for _, r := range rules {
		for _, lang := range []string{"zh", "en"} {
			sentence := policy.RuleSentence(records.Schema(), said{records.Builtin()}, &r, lang)
			if raw := rawWords.FindString(sentence); raw != "" {
				t.Errorf("%s says %q: %s", r.ID, raw, sentence)
			}
		}
	}
	if len(rules) < 150 {
		t.Errorf("there are %d rules only", len(rules))
	}
}
