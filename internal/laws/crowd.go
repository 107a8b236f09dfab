package laws

import (
	"fmt"

	"guan/policy"
)

// Crowd makes a world of one person who comes to the clients of many units by many permits, past
// many forbids: what a statement must hold in the largest company.
func Crowd(units, rules int) *World {
	w := Generate(1)
	w.Rules, w.Change, w.Asks, w.Splits = nil, Change{}, w.Asks[:1], nil
	w.People = []Person{{ID: 300, Posts: []Post{{Position: "boss", Unit: 100}}}}
	w.Units = []Unit{{ID: 100}}
	for i := range units {
		w.Units = append(w.Units, Unit{ID: policy.ID(1_000_000 + i), Parent: 100})
	}
	w.Asks[0] = Ask{Person: 300, Kind: client, Size: 5, Sort: "updated_at", Desc: true, Sum: "amount", By: "currency", Cap: 3}
	for i := range rules {
		size := int64(i)
		r := policy.Rule{
			ID: fmt.Sprintf("r%d", i), Kind: client, Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Scene: "laws",
			Actions: []policy.Action{policy.Read, policy.Edit}, Where: policy.Path{Path: policy.PathUnitBelow},
			When:   &policy.Cond{Op: policy.OpNe, Field: "size", Value: &policy.Operand{Int: &size}},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}},
		}
		if i%2 == 1 {
			r.Effect = policy.Forbid
			r.When = &policy.Cond{Op: policy.OpEq, Field: "rank", Value: &policy.Operand{Int: &size}}
			if i%4 == 1 {
				r.Fields = nil
			}
		}
		w.Rules = append(w.Rules, r)
	}
	for i := range w.Records {
		if w.Records[i].Kind == client {
			w.Records[i].Values["unit"] = datumOf(policy.RefOf(w.Units[1+i%units].ID))
		}
	}
	return w
}
