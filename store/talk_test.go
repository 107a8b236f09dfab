package store

import (
	"context"
	"testing"

	"guan/policy"
)

// Somebody who still reads a record, and no longer what is said below it, is not told any more that
// somebody spoke to them there.
func TestNoticesOfWhatOneNoLongerHears(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.customer("lin", "甲公司", "").ID
		_, err := f.as("lin").AddComment(ctx, "customer", id, NewComment{Text: "看看", Mentions: []policy.ID{f.id("chief")}})
		f.must(err)
		unread := func() int {
			page, err := f.as("chief").Notices(ctx, "", false)
			f.must(err)
			n, err := f.as("chief").UnreadNotices(ctx)
			f.must(err)
			if n != len(page.Items) || n != page.Unread {
				t.Errorf("%d are unread, %+v", n, page)
			}
			return n
		}
		if n := unread(); n != 1 {
			t.Fatalf("the head is told %d times", n)
		}
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "quiet", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("chief")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Read}, Where: everything, Fields: []policy.FieldRule{{Class: policy.Communication, Level: policy.Hidden}}, Scene: "保密"})
		f.must(err)
		if it := f.reread("chief", "customer", id); it.Title != "甲公司" {
			t.Fatalf("%+v", it)
		}
		if n := unread(); n != 0 {
			t.Errorf("the head is still told of what was said")
		}
	})
}
