package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

// Tags are offered from what the actor may read, the most used first: one that stands only on a
// record out of reach, or where tags are closed, is not there.
func TestTags(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		tags := func(who string, kind policy.Kind, want ...string) {
			t.Helper()
			got, err := f.as(who).Tags(ctx, kind)
			f.must(err)
			if !slices.Equal(got, want) {
				t.Errorf("%s is offered %q for %s, want %q", who, got, kind, want)
			}
		}
		tags("lin", "customer")
		tagged := func(owner, name string, list ...string) *Item {
			return f.make(owner, "customer", `{"name":"`+name+`","tags":["`+strings.Join(list, `","`)+`"]}`)
		}
		tagged("lin", "甲", "重点", "展会")
		tagged("lin", "乙", "重点")
		f.customer("lin", "丙", "")
		secret := tagged("wang", "丁", "并购", "重点")
		tags("lin", "customer", "重点", "展会")
		tags("wang", "customer", "并购", "重点")
		tags("chief", "customer", "重点", "展会", "并购")
		tags("admin", "customer") // reads no customers
		tags("lin", "contact")
		_, err := f.as("lin").Tags(ctx, "unicorn")
		f.refused(err, fault.NotFound, "kind")

		// Where a guard closes the tags of a record, they are not offered either.
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "no-tags", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("chief")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Read}, Where: everything, When: &policy.Cond{Op: policy.OpEq, Field: "name", Value: &policy.Operand{Text: ptr("丁")}}, Fields: []policy.FieldRule{{Field: "tags", Level: policy.Hidden}}, Scene: "试用"})
		f.must(err)
		if it, err := f.as("chief").Get(ctx, "customer", secret.ID); err != nil || it.Fields["tags"] != nil {
			t.Fatalf("%+v %v", it, err)
		}
		tags("chief", "customer", "重点", "展会")
	})
}
