package store

import (
	"context"
	"slices"
	"testing"

	"guan/fault"
	"guan/policy"
)

// Who decides on a change of many looks at all of its records that they see, part by part, and at no other.
func TestRecordsOfARequestForMany(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		ids := f.filled(massShown+5, map[string]policy.Value{"owner": policy.RefOf(f.id("lin")), "unit": policy.RefOf(f.id("华东"))})
		slices.Sort(ids)
		f.waits(policy.Forbid, policy.Edit, policy.Clause{Everyone: true}, everything, "@head")
		m := f.rehearse("lin", "customer", MassAsk{IDs: ids, Change: MassChange{Fields: Fields{"city": raw("广州")}}})
		r, err := f.askTo("lin", NewRequest{Type: MassRequest, Mass: &ManyAsk{Preview: m.ID}})
		f.must(err)
		unseen := f.reread("boss", "customer", ids[massShown+1]).Title
		blind := sharing("blind", everything, policy.Clause{Person: f.id("chief")})
		blind.Effect, blind.Actions, blind.Fields = policy.Forbid, []policy.Action{policy.Read}, nil
		blind.When = &policy.Cond{Op: policy.OpEq, Field: "name", Value: &policy.Operand{Text: &unseen}}
		_, err = f.as("boss").PutRule(ctx, blind)
		f.must(err)

		shown, err := f.as("chief").Request(ctx, r.ID)
		f.must(err)
		if shown.Mass.Count != len(ids)-1 || len(shown.Mass.Sample) != massShown {
			t.Fatalf("%d records, of which %d are listed", shown.Mass.Count, len(shown.Mass.Sample))
		}
		rest, err := f.as("chief").RequestRecords(ctx, r.ID, shown.Mass.Sample[massShown-1].ID.String())
		f.must(err)
		if len(rest.Items) != 4 || rest.Next != "" || rest.Items[0].ID != ids[massShown] || rest.Items[0].Title == "" {
			t.Errorf("%+v", rest)
		}
		var all []policy.ID
		for cursor := ""; ; {
			page, err := f.as("chief").RequestRecords(ctx, r.ID, cursor)
			f.must(err)
			for _, one := range page.Items {
				all = append(all, one.ID)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if want := slices.Delete(slices.Clone(ids), massShown+1, massShown+2); !slices.Equal(all, want) {
			t.Errorf("%d records in parts, not %d", len(all), len(want))
		}
		// Who may not know of the request, and who asks for another sort of request, are told the same.
		_, err = f.as("wang").RequestRecords(ctx, r.ID, "")
		f.refused(err, fault.NotFound, "request")
		_, err = f.as("chief").RequestRecords(ctx, 987654321, "")
		f.refused(err, fault.NotFound, "request")
		_, err = f.as("chief").RequestRecords(ctx, r.ID, "x")
		f.refused(err, fault.Invalid, "cursor")
	})
}
