package policy

import (
	"testing"
	"time"
)

// A rule whose duty is the second factor: before the proof a permit gives nothing and a forbid holds,
// after it the other way about. That it asks is known either way, and of no record.
func TestSecondFactorDuty(t *testing.T) {
	schema, err := NewSchema(&KindSchema{Name: "thing", Table: "thing", Owner: "owner", Actions: []Action{Read, Edit, Export}, Fields: []*Field{
		{Name: "id", Type: Ref, Class: General, Column: "id"}, {Name: "owner", Type: Ref, Class: General, Column: "owner_id"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	rule := func(id string, effect Effect, action Action, asks bool) Rule {
		r := Rule{ID: id, Effect: effect, Kind: "thing", Actions: []Action{action}, Scene: "test", Who: Who{Any: []Clause{{Everyone: true}}}, Where: Path{Path: PathAll}, Duty: Duty{SecondFactor: asks}}
		if effect == Permit {
			r.Fields = []FieldRule{{Class: Everything, Level: Plain}}
		}
		return r
	}
	rules, problems := Compile(schema, []Rule{
		rule("read", Permit, Read, true), rule("edit", Permit, Edit, false), rule("hold", Forbid, Edit, true), rule("export", Permit, Export, false),
	}, func(unit ID) []ID { return []ID{unit} })
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	row := &Row{Kind: "thing", ID: 1, Values: map[string]Value{"id": RefOf(1), "owner": RefOf(7)}}
	for _, proved := range []bool{false, true} {
		b := rules.Bind(&Subject{Person: 7}, &Context{Now: time.Unix(0, 0), Proved: proved})
		for action, want := range map[Action]bool{Read: proved, Edit: proved, Export: true} {
			if got := b.Decide(row, action).Allowed; got != want {
				t.Errorf("proved %v: %s is %v", proved, action, got)
			}
			if got := b.AsksFactor("thing", action); got != (action != Export) {
				t.Errorf("%s asks: %v", action, got)
			}
		}
	}
	if rules.Bind(&Subject{Person: 7}, &Context{}).AsksFactor("other", Read) {
		t.Error("another kind asks")
	}
}
