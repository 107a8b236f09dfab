package store

import (
	"context"
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

// A rule says how much of a value a mask leaves, and every path shows the same: the list, the page, the
// export, what somebody else sees as the person; and the value is not to be had by asking for it.
func TestMasks(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		created := f.customer("lin", "深圳市南山科技发展有限公司", `annual_sales="340000";currency="CNY";phone="13812345678";email="li.wei@example.com";birthday="1987-12-31";street="广东省深圳市南山区科苑路 1 号"`)
		put := func(rule string, effect policy.Effect, fields ...policy.FieldRule) error {
			_, err := f.as("admin").PutRule(ctx, policy.Rule{ID: rule, Effect: effect, Who: policy.Who{Any: []policy.Clause{{Person: f.id("lin")}}}, Kind: "customer",
				Actions: []policy.Action{policy.Read, policy.Export}, Where: everything, Fields: fields, Scene: "试用"})
			return err
		}
		f.must(put("less", policy.Forbid, policy.FieldRule{Class: policy.Amount, Level: policy.MaskRange}, policy.FieldRule{Class: policy.Contact, Level: policy.MaskTail},
			policy.FieldRule{Field: "email", Level: policy.Masked}, policy.FieldRule{Field: "birthday", Level: policy.MaskYear}, policy.FieldRule{Field: "street", Level: policy.MaskDistrict}))
		want := map[string]string{
			"annual_sales": "200,000–500,000", "currency": "***", "phone": "****5678", "email": "***@example.com", "birthday": "1987", "street": "广东省深圳市南山区***",
		}
		shows := func(way string, it *Item) {
			t.Helper()
			for name, preview := range want {
				if _, plain := it.Fields[name]; plain || it.Masked[name] != preview {
					t.Errorf("%s: %s shows as %v, %q, want %q", way, name, it.Fields[name], it.Masked[name], preview)
				}
			}
		}
		shows("list", &f.list("lin", "customer")[0])
		it, err := f.as("lin").Get(ctx, "customer", created.ID)
		f.must(err)
		shows("page", it)
		it, err = f.as("boss").ViewAs(f.id("lin")).Get(ctx, "customer", created.ID)
		f.must(err)
		shows("as the person", it)
		text, err := f.file("lin", "")
		f.must(err)
		if !strings.Contains(text, "****5678") || strings.Contains(text, "13812345678") {
			t.Errorf("%s", text)
		}
		for _, filter := range []string{`r.annual_sales > 100.0`, `r.phone.endsWith("5678")`, `has(r.birthday)`} {
			if page, err := f.as("lin").List(ctx, ListQuery{Kind: "customer", Filter: filter}); err == nil && len(page.Items) > 0 {
				t.Errorf("%s finds what is masked", filter)
			}
		}

		// Two forbids: the less open mask counts. A mask that does not suit a field of the class shows nothing.
		f.must(put("least", policy.Forbid, policy.FieldRule{Class: policy.Contact, Level: policy.MaskDomain}, policy.FieldRule{Class: policy.Amount, Level: policy.MaskConstant}))
		want = map[string]string{"annual_sales": "***", "phone": "***", "email": "***@example.com", "birthday": "***"}
		shows("under two rules", &f.list("lin", "customer")[0])

		// Named for one field, it is refused; and of a name nobody wrote there is none.
		err = put("wrong", policy.Forbid, policy.FieldRule{Field: "birthday", Level: policy.MaskRange})
		f.refused(err, fault.Invalid, "rule")
		var level policy.Level
		if err := level.UnmarshalText([]byte("masked:half")); err == nil {
			t.Error("a mask that there is not is read")
		}
	})
}
