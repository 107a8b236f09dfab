package access_test

import (
	"testing"
	"time"

	"guan/access"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// What is opened in an emergency is for one person, for reading, on the screen, in its window; a forbid
// holds against it.
func TestEmergencyRules(t *testing.T) {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	e := grants.Emergency{ID: 8, Person: 7, Kind: "customer", Record: 42, Classes: []policy.Class{policy.General, policy.Contact}, Reason: "火警", From: now, Until: now.Add(10 * time.Minute),
		With: []grants.Hanging{{Relation: "contacts", Kind: "contact", Field: "customer"}}}
	row := func(kind policy.Kind, id policy.ID) *policy.Row {
		return &policy.Row{Kind: kind, ID: id, Values: map[string]policy.Value{"id": policy.RefOf(id), "customer": policy.RefOf(42), "stage": policy.TextOf("lead")}}
	}
	sees := func(a access.Authored, who policy.ID, at time.Time, channel string, r *policy.Row) bool {
		t.Helper()
		rules, broken := policy.Compile(records.Schema(), a.Lower(), nil)
		if len(broken) > 0 {
			t.Fatal(broken)
		}
		return rules.Bind(&policy.Subject{Person: who}, &policy.Context{Now: at, Channel: channel}).Decide(r, policy.Read).Allowed
	}
	open := access.Authored{Emergencies: []grants.Emergency{e}}
	for _, c := range []struct {
		what string
		who  policy.ID
		at   time.Time
		on   string
		row  *policy.Row
		want bool
	}{
		{"the record", 7, now, "web", row("customer", 42), true},
		{"what came along", 7, now, "web", row("contact", 1), true},
		{"another record", 7, now, "web", row("customer", 43), false},
		{"what did not come along", 7, now, "web", row("ticket", 1), false},
		{"somebody else", 6, now, "web", row("customer", 42), false},
		{"before", 7, now.Add(-time.Microsecond), "web", row("customer", 42), false},
		{"the last instant", 7, now.Add(10*time.Minute - time.Microsecond), "web", row("customer", 42), true},
		{"the end", 7, now.Add(10 * time.Minute), "web", row("customer", 42), false},
		{"a file", 7, now, "export", row("customer", 42), false},
		{"a program", 7, now, "api", row("customer", 42), false},
		{"a job", 7, now, "job", row("customer", 42), false},
		{"an unknown channel", 7, now, "", row("customer", 42), false},
	} {
		if got := sees(open, c.who, c.at, c.on, c.row); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	open.Guards = []policy.Rule{{ID: "g", Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Kind: "customer", Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll},
		When: &policy.Cond{Op: policy.OpEq, Field: "stage", Value: &policy.Operand{Text: ptr("lead")}}, Scene: "test"}}
	if sees(open, 7, now, "web", row("customer", 42)) {
		t.Error("a guard does not hold")
	}
	e.EndedAt = &now
	if rules := access.EmergencyRules(&e); rules != nil {
		t.Errorf("ended as it began: %v", rules)
	}
}

func ptr[V any](v V) *V { return &v }
