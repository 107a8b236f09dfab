package access_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"guan/access"
	"guan/policy"
	"guan/records"
)

var update = flag.Bool("update", false, "write the tables from the presets instead of comparing them")

// The person asks: 1, in unit 20, head of 30 and what is below it (31), with pool 5 open.
// Everything else belongs to 2 in unit 90.
var asking = policy.Subject{
	Person: 1, Posts: []policy.Post{{Position: "any", Unit: 20, Above: []policy.ID{10}}},
	Units: []policy.ID{20}, Below: []policy.ID{20, 21}, Headed: []policy.ID{30, 31}, Pools: []policy.ID{5},
}

// place puts a row into somebody's reach.
type place func(r *policy.Row)

func owned(r *policy.Row) {
	if k := records.Schema().Kind(r.Kind); k.Owner == "id" {
		r.ID = 1
	}
	r.Values[records.Schema().Kind(r.Kind).Owner] = policy.RefOf(1)
}
func shared(r *policy.Row)  { r.Team = []policy.Member{{Person: 1}} }
func inUnit(r *policy.Row)  { r.Values["unit"] = policy.RefOf(20) }
func inBelow(r *policy.Row) { r.Values["unit"] = policy.RefOf(21) }
func led(r *policy.Row)     { r.Values["unit"] = policy.RefOf(31) }
func pooled(r *policy.Row) {
	delete(r.Values, "owner")
	delete(r.Values, "unit")
	r.Values["pool"] = policy.RefOf(5)
}
func foreign(*policy.Row) {}

func stage(code string) place { return func(r *policy.Row) { r.Values["stage"] = policy.TextOf(code) } }

// linkedTo hangs a related record, placed itself, onto the row.
func linkedTo(relation string, places ...place) place {
	return func(r *policy.Row) {
		rel, ok := records.Schema().Kind(r.Kind).Relation(relation)
		if !ok {
			panic(fmt.Sprintf("%s has no %s", r.Kind, relation))
		}
		other := row(rel.Kind, places...)
		if rel.Many {
			r.Related = map[string][]*policy.Row{relation: {other}}
		} else {
			r.Parents = map[string]*policy.Row{relation: other}
		}
	}
}

func row(kind policy.Kind, places ...place) *policy.Row {
	r := &policy.Row{Kind: kind, ID: 2, Values: map[string]policy.Value{
		"owner": policy.RefOf(2), "unit": policy.RefOf(90), "stage": policy.TextOf("new"),
	}}
	for _, p := range places {
		p(r)
	}
	r.Values["id"] = policy.RefOf(r.ID)
	return r
}

// situation is one way in which a record stands to the person.
type situation struct {
	name   string
	places []place
}

func situations(kind policy.Kind) []situation {
	list := []situation{{"own", []place{owned}}, {"unit", []place{inUnit}}, {"below", []place{inBelow}}, {"headed", []place{led}}}
	if records.Schema().Kind(kind).Team {
		list = append(list, situation{"team", []place{shared}}, situation{"pool", []place{pooled}})
	}
	for _, relation := range []string{"customer", "contract", "ticket"} {
		rel, ok := records.Schema().Kind(kind).Relation(relation)
		if !ok || kind == "ticket" && relation == "contract" || kind == "activity" && relation == "contract" || kind == "task" {
			continue
		}
		list = append(list, situation{"own " + relation, []place{linkedTo(rel.Name, owned)}})
		if relation == "ticket" {
			list = append(list, situation{"unit ticket", []place{linkedTo(rel.Name, inUnit)}})
			continue
		}
		list = append(list, situation{"team " + relation, []place{linkedTo(rel.Name, shared)}}, situation{"headed " + relation, []place{linkedTo(rel.Name, led)}})
	}
	if rel, ok := records.Schema().Kind(kind).Relation("tickets"); ok && rel.Many && kind != "product" {
		list = append(list,
			situation{"own open ticket", []place{linkedTo("tickets", owned)}},
			situation{"unit open ticket", []place{linkedTo("tickets", inUnit)}},
			situation{"own closed ticket", []place{linkedTo("tickets", owned, stage("closed"))}})
	}
	if kind == "contract" {
		list = append(list, situation{"headed draft", []place{led, stage("draft")}})
	}
	return append(list, situation{"foreign", []place{foreign}})
}

// The decision table: for every preset, kind and way in which a record stands to the person,
// what Decide answers. It is computed by the engine from the lowered rules and read by people.
func TestDecisions(t *testing.T) {
	const file = "testdata/decisions.txtar"
	var got txtar.Archive
	got.Comment = []byte("What each preset pack lets a person do with a record that stands to them as named; all by\n" +
		"itself, without the staff pack. + plain and writable, = plain, ~ masked, no sign: hidden;\n" +
		"a lone - is no to everything. In brackets the fields that differ from their class. Regenerate: go generate ./access\n\n")
	for _, pack := range access.Presets {
		a := access.Authored{Packs: []access.Pack{pack}, Assignments: []access.Assignment{{ID: 1, Pack: pack.ID, Who: policy.Clause{Person: 1}}}}
		rules, problems := policy.Compile(records.Schema(), a.Lower(), nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		bound := rules.Bind(&asking, &policy.Context{Now: day("2026-01-01")})
		var text strings.Builder
		for _, kind := range access.Kinds {
			// Ways that get the same answer share a line.
			var answers []string
			ways := map[string][]string{}
			for _, s := range situations(kind) {
				answer := decide(bound, row(kind, s.places...))
				if ways[answer] == nil {
					answers = append(answers, answer)
				}
				ways[answer] = append(ways[answer], s.name)
			}
			fmt.Fprintln(&text, kind)
			for _, answer := range answers {
				fmt.Fprintf(&text, "  %s\n      %s\n", strings.Join(ways[answer], ", "), answer)
			}
		}
		for _, action := range records.SystemActions {
			if bound.Decide(&policy.Row{Kind: access.System}, action).Allowed {
				fmt.Fprintf(&text, "%s %s\n", access.System, action)
			}
		}
		got.Files = append(got.Files, txtar.File{Name: pack.ID, Data: []byte(text.String())})
	}
	compare(t, file, string(txtar.Format(&got)))
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		g, w := "(end)", "(end)"
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if g != w {
			t.Fatalf("%s:%d differs from the presets; go generate ./access writes it anew\n file:    %s\n presets: %s", file, i+1, w, g)
		}
	}
}

// decide sums up what the engine answers on the row.
func decide(b *policy.Bound, r *policy.Row) string {
	var actions []string
	outcomes := map[policy.Action]policy.Outcome{}
	for _, a := range slices.Concat(records.Actions, records.PoolActions) {
		if outcomes[a] = b.Decide(r, a); outcomes[a].Allowed {
			actions = append(actions, string(a))
		}
	}
	if len(actions) == 0 {
		return "-"
	}
	k := records.Schema().Kind(r.Kind)
	sign := func(f *policy.Field) string {
		level := outcomes[policy.Read].Level(f)
		if !outcomes[policy.Read].Allowed {
			level = max(outcomes[policy.Create].Level(f), outcomes[policy.Edit].Level(f))
		}
		switch {
		case outcomes[policy.Create].Editable(f) || outcomes[policy.Edit].Editable(f):
			return "+"
		case level == policy.Plain:
			return "="
		case level.IsMask():
			return "~"
		}
		return ""
	}
	return strings.Join(actions, " ") + ": " + bySigns(k, sign)
}

// bySigns writes one sign for each class, the one that most of its fields have, and the fields
// that have another in brackets.
func bySigns(k *policy.KindSchema, sign func(*policy.Field) string) string {
	var out []string
	for _, class := range policy.Classes {
		count, other := map[string]int{}, map[string][]string{}
		for _, f := range k.Fields {
			if f.Class == class {
				count[sign(f)]++
				other[sign(f)] = append(other[sign(f)], f.Name)
			}
		}
		main := ""
		for _, s := range []string{"", "~", "=", "+"} {
			if count[s] > count[main] {
				main = s
			}
		}
		delete(other, main)
		text := ""
		if main != "" {
			text = string(class) + main
		}
		for _, s := range []string{"+", "=", "~", ""} {
			if len(other[s]) > 0 {
				slices.Sort(other[s])
				if text == "" {
					text = string(class)
				}
				text += "(" + s + strings.Join(other[s], ","+s) + ")"
			}
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, " ")
}
