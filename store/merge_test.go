package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

func TestMergeStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `city="上海";tags=["老"]`)
		f.customer("lin", "東方", `phone="13800138000";tags=["新"];city="深圳"`)
		f.customer("wang", "南方", "")
		f.made("contact", "联系人", Fields{"customer": f.ref("東方"), "owner": f.ref("lin"), "name": raw("王五")})
		// A task of a colleague's hangs on it, that lin does not see.
		f.made("task", "任务", Fields{"customer": f.ref("東方"), "owner": f.ref("boss"), "unit": f.ref("总部"), "subject": raw("密")})
		_, err := f.as("lin").AddComment(ctx, "customer", f.id("東方"), NewComment{Text: "谈过"})
		f.must(err)
		merge := func(who, into, with string, version int64, take ...string) (*MergedRecord, error) {
			return f.as(who).Merge(ctx, "customer", Target{f.id(into), version}, Merging{With: f.id(with), Version: 1, Take: take})
		}
		_, err = merge("lin", "东方", "南方", 1)
		f.refused(err, fault.NotFound, "record")
		_, err = merge("wang", "东方", "東方", 1)
		f.refused(err, fault.NotFound, "record")
		_, err = merge("lin", "东方", "东方", 1)
		f.refused(err, fault.Invalid, "merge_self")
		_, err = merge("lin", "东方", "東方", 3)
		f.refused(err, fault.Stale, "version")
		_, err = merge("lin", "东方", "東方", 1, "owner")
		f.refused(err, fault.Invalid, "merge_field")
		// What is covered on either side is never chosen.
		_, err = f.as("admin").PutRule(ctx, policy.Rule{ID: "covered", Effect: policy.Forbid, Kind: "customer", Who: policy.Who{Any: []policy.Clause{{Position: "sales"}}},
			Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll}, Fields: []policy.FieldRule{{Field: "email", Level: policy.Masked}}, Scene: "邮箱保密"})
		f.must(err)
		_, err = merge("lin", "东方", "東方", 1, "email")
		f.refused(err, fault.Denied, "field_locked")
		if it := f.reread("lin", "customer", f.id("東方")); it.Version != 1 {
			t.Errorf("a refused merge left %+v", it)
		}
		done, err := merge("lin", "东方", "東方", 1, "phone", "tags")
		f.must(err)
		if done.Item.Fields["phone"] == nil || done.Item.Fields["city"] != "上海" || len(done.Item.Fields["tags"].([]string)) != 2 {
			t.Errorf("%+v", done.Item.Fields)
		}
		if part := partOf(done.Parts, "contact"); part.Will != 1 {
			t.Errorf("%+v", done.Parts)
		}
		if part := partOf(done.Parts, "task"); part.Will != 0 || len(part.Stay) != 0 { // of which nothing is said
			t.Errorf("%+v", part)
		}
		// Policy goes on being published: what hides the loser is not in its documents, and stays.
		f.enacts("admin", func(d *access.Document) {
			d.Rules = append(slices.Clone(d.Rules), access.RuleDocument{ID: "keep", Effect: policy.Forbid, Kind: "product", Who: &policy.Who{Any: []policy.Clause{{Position: "sales"}}},
				Actions: []policy.Action{policy.Delete}, Where: policy.Path{Path: policy.PathAll}, Scene: access.Scene{ZH: "产品资料"}})
		})
		// The loser is nobody's any more, and leads to the survivor whoever sees that.
		for _, who := range []string{"lin", "chief", "boss"} {
			_, err = f.as(who).Get(ctx, "customer", f.id("東方"))
			f.refused(err, fault.NotFound, "record")
			into, err := f.as(who).MergedInto(ctx, "customer", f.id("東方"))
			f.must(err)
			if into.ID != f.id("东方") || into.Title != "东方" {
				t.Errorf("%+v", into)
			}
		}
		f.sees("lin", "东方")
		for _, id := range []policy.ID{f.id("東方"), f.id("南方"), 987654321} {
			_, err = f.as("wang").MergedInto(ctx, "customer", id)
			f.refused(err, fault.NotFound, "record")
		}
		if n := count(t, f.db, "SELECT count(*) FROM task WHERE customer_id = $1", int64(f.id("東方"))); n != 1 {
			t.Errorf("what the merger does not see was moved")
		}
		if c, err := f.as("lin").Comments(ctx, "customer", f.id("东方"), ""); err != nil || len(c.Items) != 1 {
			t.Errorf("%v %+v", err, c)
		}
		line, err := f.as("lin").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("东方"), What: []string{"changes"}})
		f.must(err)
		if !slices.ContainsFunc(line.Items, func(h Happening) bool { return h.Type == "merged" && h.Merge.Undo }) {
			t.Errorf("%+v", line.Items)
		}
		for _, id := range []string{"东方", "東方"} { // the audit has both
			if n := count(t, f.db, "SELECT count(*) FROM audit_entry e JOIN audit_record r ON r.tenant_id = e.tenant_id AND r.seq = e.seq WHERE e.action = 'edit' AND r.record_id = $1", int64(f.id(id))); n != 1 {
				t.Errorf("%s has %d entries", id, n)
			}
		}

		// Undone, everything is where it was.
		_, err = f.as("wang").UndoMerge(ctx, done.ID)
		f.refused(err, fault.NotFound, "merge")
		_, err = f.as("wang").UndoMerge(ctx, 987654321)
		f.refused(err, fault.NotFound, "merge")
		back, err := f.as("lin").UndoMerge(ctx, done.ID)
		f.must(err)
		if back.Fields["phone"] != nil || len(back.Fields["tags"].([]string)) != 1 {
			t.Errorf("%+v", back.Fields)
		}
		if it := f.reread("lin", "customer", f.id("東方")); it.Fields["stage"] != "lead" || it.Fields["city"] != "深圳" {
			t.Errorf("%+v", it.Fields)
		}
		if it := f.reread("lin", "contact", f.id("联系人")); it.Fields["customer"] != f.id("東方").String() {
			t.Errorf("%+v", it.Fields)
		}
		if c, err := f.as("lin").Comments(ctx, "customer", f.id("東方"), ""); err != nil || len(c.Items) != 1 {
			t.Errorf("%v %+v", err, c)
		}
		_, err = f.as("lin").UndoMerge(ctx, done.ID)
		f.refused(err, fault.Conflict, "merge_over")

		// Touched since, or too late, there is no way back.
		one := f.reread("lin", "customer", f.id("东方")).Version
		two := f.reread("lin", "customer", f.id("東方")).Version
		again, err := f.as("lin").Merge(ctx, "customer", Target{f.id("东方"), one}, Merging{With: f.id("東方"), Version: two})
		f.must(err)
		f.clock.advance(31 * 24 * time.Hour)
		_, err = f.as("lin").UndoMerge(ctx, again.ID)
		f.refused(err, fault.Conflict, "merge_over")
		f.clock.advance(-31 * 24 * time.Hour)
		_, err = f.as("lin").Update(ctx, "customer", f.id("东方"), again.Item.Version, Fields{"city": raw("北京")})
		f.must(err)
		_, err = f.as("lin").UndoMerge(ctx, again.ID)
		f.refused(err, fault.Conflict, "merge_touched")
		f.whole()
	})
}

// Of two records that are merged into each other at once, one survives.
func TestMergeAtOnce(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("lin", "甲", "")
		f.customer("lin", "乙", "")
		errs := together(20, func(i int) error {
			into, with := "甲", "乙"
			if i%2 == 1 {
				into, with = with, into
			}
			_, err := f.as("lin").Merge(context.Background(), "customer", Target{f.id(into), 1}, Merging{With: f.id(with), Version: 1})
			return err
		})
		f.once("merged", errs, "record", "version")
		if n := count(t, f.db, "SELECT count(*) FROM customer WHERE stage = 'merged'"); n != 1 {
			t.Errorf("%d were merged", n)
		}
		f.whole()
	})
}
