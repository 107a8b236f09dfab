package access_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"guan/access"
	"guan/grants"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// What no document speaks of stays in force under every document.
func TestDocumentKeepsWhatStandsBeside(t *testing.T) {
	now := access.Authored{
		Packs: []access.Pack{{ID: "old"}}, Assignments: []access.Assignment{{ID: 1}}, Sharings: []policy.Rule{{ID: "a"}}, Guards: []policy.Rule{{ID: "b"}},
		Grants: []grants.Grant{{ID: 1}}, Sandboxes: []grants.Sandbox{{ID: 1}}, Emergencies: []grants.Emergency{{ID: 1}}, Pools: []access.Pool{{ID: 1}}, Merged: []access.MergedKind{{Kind: "customer"}},
	}
	was, is := reflect.ValueOf(now), reflect.ValueOf(access.Document{}.Authored(now))
	for i := range was.NumField() {
		name := was.Type().Field(i).Name
		if was.Field(i).IsZero() {
			t.Errorf("the test does not fill %s", name)
		}
		written := slices.Contains([]string{"Packs", "Assignments", "Sharings", "Guards"}, name)
		if stays := reflect.DeepEqual(was.Field(i).Interface(), is.Field(i).Interface()); stays == written {
			t.Errorf("%s stays: %v", name, stays)
		}
	}
}

// Which presets it takes two people to hand out is a decision: whoever changes a preset sees it here.
func TestSensitivePresets(t *testing.T) {
	schema := records.Schema()
	var handing, taking []string
	for _, p := range access.Presets {
		a := access.Assignment{ID: 1, Pack: p.ID, Who: policy.Clause{Person: 7}}
		none, one := access.Document{}.Normal(), access.Document{Assignments: []access.Assignment{a}}.Normal()
		if access.Sensitive(access.Changes(schema, none, one)) {
			handing = append(handing, p.ID)
		}
		if access.Sensitive(access.Changes(schema, one, none)) {
			taking = append(taking, p.ID)
		}
	}
	if d := cmp.Diff([]string{"boss", "head", "service", "finance", "marketing", "analyst", "administrator", "auditor"}, handing); d != "" {
		t.Errorf("handing out: %s", d)
	}
	if d := cmp.Diff([]string{"boss", "head", "finance", "marketing", "administrator", "auditor", "observer"}, taking); d != "" {
		t.Errorf("taking away: %s", d)
	}
}

func TestSensitiveRules(t *testing.T) {
	schema := records.Schema()
	own, all := policy.Path{Path: policy.PathOwn}, policy.Path{Path: policy.PathAll}
	ours := policy.Path{Path: policy.PathLinked, Relation: "customer", Via: &own}
	plain := func(c policy.Class) []policy.FieldRule { return []policy.FieldRule{{Class: c, Level: policy.Plain}} }
	read := []policy.Action{policy.Read}
	for name, x := range map[string]struct {
		rule        policy.Rule
		gives, held bool
	}{
		"general to all":        {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: all, Fields: plain(policy.General)}, false, false},
		"amounts of own":        {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: own, Fields: plain(policy.Amount)}, false, false},
		"amounts of all":        {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: all, Fields: plain(policy.Amount)}, true, false},
		"amounts masked":        {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: all, Fields: []policy.FieldRule{{Class: policy.Amount, Level: policy.Masked}}}, false, false},
		"a field of amounts":    {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: all, Fields: []policy.FieldRule{{Field: "credit_limit", Level: policy.Plain}}}, true, false},
		"everything of all":     {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: all, Fields: plain(policy.Everything)}, true, false},
		"export of own's":       {policy.Rule{Effect: policy.Permit, Kind: "contact", Actions: []policy.Action{policy.Export}, Where: ours}, false, false},
		"export of all":         {policy.Rule{Effect: policy.Permit, Kind: "contact", Actions: []policy.Action{policy.Export}, Where: all}, true, false},
		"prices":                {policy.Rule{Effect: policy.Permit, Kind: "product", Actions: read, Where: all, Fields: plain(policy.Amount)}, false, false},
		"administration":        {policy.Rule{Effect: policy.Permit, Kind: access.System, Actions: []policy.Action{"audit"}, Where: all}, true, true},
		"marked":                {policy.Rule{Effect: policy.Permit, Kind: "customer", Actions: read, Where: own, Sensitive: true}, true, true},
		"no export":             {policy.Rule{Effect: policy.Forbid, Kind: "customer", Actions: []policy.Action{policy.Export}, Where: all}, false, true},
		"no edit":               {policy.Rule{Effect: policy.Forbid, Kind: "customer", Actions: []policy.Action{policy.Edit}, Where: all}, false, false},
		"identity held back":    {policy.Rule{Effect: policy.Forbid, Kind: "customer", Actions: read, Where: all, Fields: []policy.FieldRule{{Class: policy.Identity, Level: policy.Hidden}}}, false, true},
		"contact held back":     {policy.Rule{Effect: policy.Forbid, Kind: "customer", Actions: []policy.Action{policy.Export}, Where: all, Fields: []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}}, false, false},
		"amounts not to change": {policy.Rule{Effect: policy.Forbid, Kind: "customer", Actions: read, Where: all, Fields: plain(policy.Amount)}, false, false},
	} {
		if got := access.GivesSensitive(schema, &x.rule); got != x.gives {
			t.Errorf("%s gives: %v", name, got)
		}
		if got := access.KeepsSensitive(schema, &x.rule); got != x.held {
			t.Errorf("%s keeps: %v", name, got)
		}
	}
}

// drawn is a document out of few parts, so that two of them often have some in common.
func drawn(t *rapid.T, name string) access.Document {
	var d access.Document
	for i := range 4 {
		id := policy.ID(i + 1)
		if rapid.Bool().Draw(t, name+" assigns") {
			until := time.UnixMicro(int64(rapid.IntRange(1, 2).Draw(t, "until"))).UTC()
			d.Assignments = append(d.Assignments, access.Assignment{ID: id, Pack: "sales", Who: policy.Clause{Person: id}, Until: &until})
		}
		if rapid.Bool().Draw(t, name+" writes") {
			d.Rules = append(d.Rules, access.RuleDocument{ID: id.String(), Who: &policy.Who{Any: []policy.Clause{{Everyone: true}}}, Scene: access.Scene{ZH: rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, "scene")}})
		}
	}
	return d.Normal()
}

// The laws of merging: a side that changed nothing gives way, alike changes are none, conflicts are
// exactly the parts that all three have differently, and a choice for each settles all.
func TestMerge(t *testing.T) {
	schema := records.Schema()
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := drawn(t, "base"), drawn(t, "mine"), drawn(t, "theirs")
		equal := func(a, b access.Document) bool {
			return len(access.Changes(schema, a, b)) == 0
		}
		for _, x := range []struct {
			base, mine, theirs, want access.Document
		}{{base, mine, base, mine}, {base, base, theirs, theirs}, {base, mine, mine, mine}} {
			if got, conflicts := access.Merge(x.base, x.mine, x.theirs, nil); !equal(got, x.want) || len(conflicts) > 0 {
				t.Fatalf("%v: %s", conflicts, cmp.Diff(got, x.want))
			}
		}
		_, conflicts := access.Merge(base, mine, theirs, nil)
		touched := map[string]int{}
		for i, pair := range [][2]access.Document{{base, mine}, {base, theirs}, {mine, theirs}} {
			for _, c := range access.Changes(schema, pair[0], pair[1]) {
				touched[c.Part+c.ID] |= 1 << i
			}
		}
		want := 0
		for _, sides := range touched {
			if sides == 7 {
				want++
			}
		}
		if len(conflicts) != want {
			t.Fatalf("%d conflicts, want %d", len(conflicts), want)
		}
		var choices []access.MergeChoice
		for _, c := range conflicts {
			choices = append(choices, access.MergeChoice{Part: c.Part, ID: c.ID, Take: rapid.SampledFrom([]string{access.Mine, access.Theirs}).Draw(t, "take")})
		}
		merged, left := access.Merge(base, mine, theirs, choices)
		if len(left) > 0 {
			t.Fatalf("%v is left", left)
		}
		for _, c := range choices {
			side := map[string]access.Document{access.Mine: mine, access.Theirs: theirs}[c.Take]
			if slices.ContainsFunc(access.Changes(schema, side, merged), func(x access.DocumentChange) bool { return x.Part == c.Part && x.ID == c.ID }) {
				t.Fatalf("%+v was not taken", c)
			}
		}
	})
}

func TestDocumentJSON(t *testing.T) {
	text := `{"packs":[{"id":"p","label":{"zh":"包","en":""},"description":{"zh":"","en":""},"rules":[` +
		`{"id":"r","effect":"permit","kind":"customer","actions":["read"],"where":{"path":"own"},"scene":{"zh":"为何","en":"why"}}]}],` +
		`"assignments":[{"id":"5","pack":"p","who":{"everyone":true}}],` +
		`"rules":[{"id":"w","name":"名","effect":"forbid","who":{"any":[{"person":"7"}]},"kind":"customer","actions":["read"],"where":{"path":"all"},"scene":"因为","sensitive":true}]}`
	var d access.Document
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(d.Normal())
	if err != nil || string(again) != text {
		t.Errorf("%v\n%s\n%s", err, text, again)
	}
	p := d.Packs[0].Pack()
	if r := p.Rules[0]; r.ID != "p/r" || p.Scene("p/r", "en") != "why" || p.Scene("p/r", "zh") != "为何" || !p.Custom {
		t.Errorf("%+v", p)
	}
	for _, wrong := range []string{`{"rules":[{"id":"x","colour":1}]}`, `{"rules":[{"scene":{"zh":"a","fr":"b"}}]}`} {
		if err := json.Unmarshal([]byte(wrong), new(access.Document)); err == nil {
			t.Errorf("%s is read", wrong)
		}
	}
	// A rule out of another list brings its origin: the name stays.
	if err := json.Unmarshal([]byte(`{"rules":[{"id":"x","origin":{"type":"sharing","id":"x","name":"名"}}]}`), &d); err != nil || d.Rules[0].Name != "名" {
		t.Errorf("%v %+v", err, d.Rules)
	}
}

// An assignment keeps its id while it gives the same pack to the same people.
func TestKnownAssignments(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	stands := access.Document{Assignments: []access.Assignment{{ID: 3, Pack: "sales", Who: policy.Clause{Person: 1}}, {ID: 4, Pack: "sales", Who: policy.Clause{Person: 1}, Until: &now}, {ID: 5, Pack: "head", Who: policy.Clause{Everyone: true}}}}
	later := now.Add(time.Hour)
	got := stands.Known(access.Document{Assignments: []access.Assignment{{Pack: "sales", Who: policy.Clause{Person: 1}, Until: &later}, {ID: 9, Pack: "sales", Who: policy.Clause{Person: 1}}, {Pack: "boss", Who: policy.Clause{Everyone: true}}}})
	ids := map[policy.ID]string{}
	for _, a := range got.Assignments {
		ids[a.ID] = a.Pack
	}
	if d := cmp.Diff(map[policy.ID]string{3: "sales", 4: "sales", 0: "boss"}, ids); d != "" {
		t.Error(d)
	}
}

// Cancels is never said of a permit that still gives somebody something.
func TestCancels(t *testing.T) {
	tree, err := org.NewTree([]org.Unit{{ID: 1, Name: "总部", Type: "company"}, {ID: 2, Parent: 1, Name: "华东", Type: "region"}})
	if err != nil {
		t.Fatal(err)
	}
	who := func(c ...policy.Clause) policy.Who { return policy.Who{Any: c} }
	permit := policy.Rule{ID: "p", Effect: policy.Permit, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathOwn}, Who: who(policy.Clause{Unit: 2})}
	forbid := policy.Rule{ID: "f", Effect: policy.Forbid, Kind: "customer", Actions: []policy.Action{policy.Read, policy.Edit}, Where: policy.Path{Path: policy.PathAll}, Who: who(policy.Clause{Unit: 1, Below: true})}
	soon := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, x := range map[string]struct {
		change func(p, f *policy.Rule)
		want   bool
	}{
		"covered":      {func(p, f *policy.Rule) {}, true},
		"not below":    {func(p, f *policy.Rule) { f.Who.Any[0].Below = false }, false},
		"an exception": {func(p, f *policy.Rule) { f.Who.Except = []policy.Clause{{Person: 3}} }, false},
		"the same except": {func(p, f *policy.Rule) {
			f.Who.Except, p.Who.Except = []policy.Clause{{Person: 3}}, []policy.Clause{{Person: 3}}
		}, true},
		"more actions":     {func(p, f *policy.Rule) { p.Actions = append(slices.Clone(p.Actions), policy.Export) }, false},
		"for a time":       {func(p, f *policy.Rule) { f.Until = &soon }, false},
		"both for a time":  {func(p, f *policy.Rule) { f.Until, p.Until = &soon, &soon }, true},
		"with a condition": {func(p, f *policy.Rule) { f.When = &policy.Cond{Op: policy.OpHas, Field: "phone"} }, false},
		"only fields":      {func(p, f *policy.Rule) { f.Fields = []policy.FieldRule{{Class: policy.Contact}} }, false},
		"another person":   {func(p, f *policy.Rule) { p.Who = who(policy.Clause{Person: 3}) }, false},
		"everyone": {func(p, f *policy.Rule) {
			f.Who = who(policy.Clause{Everyone: true})
			p.Who = who(policy.Clause{Person: 3})
		}, true},
	} {
		p, f := permit, forbid
		p.Who.Any, f.Who.Any = slices.Clone(permit.Who.Any), slices.Clone(forbid.Who.Any)
		x.change(&p, &f)
		if got := access.Cancels(&f, &p, tree); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A permit that only ends earlier gives nothing, whatever it opens; with anything else changed beside, a
// later end, or an author who wanted a second person, it is what it was.
func TestAnEarlierEndIsNotSensitive(t *testing.T) {
	schema := records.Builtin().Schema()
	at := func(day int) *time.Time { d := time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC); return &d }
	rule := access.RuleDocument{ID: "campaign", Effect: policy.Permit, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll},
		Fields: []policy.FieldRule{{Class: policy.Amount, Level: policy.Plain}}, From: at(1), Until: at(11)}
	for name, c := range map[string]struct {
		change    func(r *access.RuleDocument)
		sensitive bool
	}{
		"earlier":               {func(r *access.RuleDocument) { r.Until = at(9) }, false},
		"later":                 {func(r *access.RuleDocument) { r.Until = at(12) }, true},
		"without end":           {func(r *access.RuleDocument) { r.Until = nil }, true},
		"earlier and from then": {func(r *access.RuleDocument) { r.Until, r.From = at(9), nil }, true},
		"earlier and for more":  {func(r *access.RuleDocument) { r.Until, r.Actions = at(9), []policy.Action{policy.Read, policy.Export} }, true},
	} {
		after := rule
		c.change(&after)
		if got := access.Sensitive(access.Changes(schema, access.Document{Rules: []access.RuleDocument{rule}}, access.Document{Rules: []access.RuleDocument{after}})); got != c.sensitive {
			t.Errorf("%s: sensitive %v", name, got)
		}
	}
	sensitive := func(change func(r *access.RuleDocument)) bool {
		before := rule
		before.Fields = slices.Clone(rule.Fields)
		change(&before)
		after := before
		after.Until = at(9)
		return access.Sensitive(access.Changes(schema, access.Document{Rules: []access.RuleDocument{before}}, access.Document{Rules: []access.RuleDocument{after}}))
	}
	if !sensitive(func(r *access.RuleDocument) { r.Sensitive = true }) {
		t.Error("what is marked needs no second person")
	}
	if !sensitive(func(r *access.RuleDocument) { r.Effect, r.Fields[0].Level = policy.Forbid, policy.Hidden }) {
		t.Error("what a guard holds is let go without a second person")
	}
}
