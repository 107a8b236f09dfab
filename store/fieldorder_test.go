package store

import (
	"context"
	"slices"
	"testing"

	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Fields of the company's own stand in the order that an administrator gave them, also for who fills them in; an
// order that leaves one out is refused.
func TestCustomFieldOrder(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		for _, key := range []string{"c_one", "c_two", "c_three"} {
			_, err := admin.putField(ctx, records.CustomField{Kind: "customer", Key: key, Type: "text", Label: records.Label{ZH: key, EN: key}, Class: policy.General})
			f.must(err)
		}
		want := []string{"c_three", "c_one", "c_two"}
		f.must(admin.OrderCustomFields(ctx, "customer", want))
		f.must(admin.OrderCustomFields(ctx, "customer", want))
		kinds, err := f.as("lin").Kinds(ctx)
		f.must(err)
		var got []string
		for _, k := range kinds {
			for _, field := range k.Fields {
				if k.Name == "customer" && field.Custom {
					got = append(got, field.Name)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v", got)
		}
		for _, wrong := range [][]string{nil, {"c_one", "c_two"}, {"c_one", "c_two", "c_two"}, {"c_one", "c_two", "c_three", "name"}} {
			f.refused(admin.OrderCustomFields(ctx, "customer", wrong), fault.Invalid, "field_order")
		}
		for _, keys := range [][]string{nil, {"c_one"}} {
			f.refused(admin.OrderCustomFields(ctx, "nothing", keys), fault.NotFound, "kind")
		}
		f.refused(f.as("lin").OrderCustomFields(ctx, "customer", want), fault.Denied, "right")
		// A new one comes last.
		_, err = admin.putField(ctx, records.CustomField{Kind: "customer", Key: "c_a", Type: "text", Label: records.Label{ZH: "新", EN: "New"}, Class: policy.General})
		f.must(err)
		list, err := admin.CustomFields(ctx)
		f.must(err)
		if list[len(list)-1].Key != "c_a" {
			t.Errorf("%+v", list)
		}
	})
}
