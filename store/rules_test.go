package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

func TestRulesStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		f.customer("lin", "东方", "")
		f.customer("wang", "南方", "")
		r := sharing("colleagues", policy.Path{Path: policy.PathUnits, Units: []policy.ID{f.id("华东")}}, policy.Clause{Unit: f.id("华南")})
		w, err := admin.PutRule(ctx, r)
		f.must(err)
		if w.Rule.Origin.Type != access.FromSharing || w.Sentence.ZH == "" || w.Sentence.EN == "" || w.Problem != "" {
			t.Errorf("%+v", w)
		}
		f.sees("wang", "南方", "东方")
		f.sees("lin", "东方")
		r.Until = ptr(f.clock.Now().Add(time.Hour))
		_, err = admin.PutRule(ctx, r)
		f.must(err)
		guard := policy.Rule{ID: "no-east", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("wang")}}}, Kind: "customer", Actions: []policy.Action{policy.Read},
			Where: policy.Path{Path: policy.PathUnits, Units: []policy.ID{f.id("华东")}}, Scene: "竞业限制"}
		w, err = admin.PutRule(ctx, guard)
		f.must(err)
		if w.Rule.Origin.Type != access.FromGuard {
			t.Errorf("%+v", w)
		}
		f.sees("wang", "南方")
		f.sees("zhao", "东方")
		f.must(admin.DeleteRule(ctx, "no-east"))
		f.sees("wang", "南方", "东方")
		f.clock.advance(time.Hour)
		f.sees("wang", "南方")
		list, err := f.as("auditor").Rules(ctx)
		f.must(err)
		if len(list) != 1 || list[0].Rule.ID != "colleagues" {
			t.Errorf("%+v", list)
		}
		_, err = f.as("lin").Rules(ctx)
		f.refused(err, fault.Denied, "right")
		_, err = f.as("auditor").PutRule(ctx, r)
		f.refused(err, fault.Denied, "right")
		f.refused(admin.DeleteRule(ctx, "none"), fault.NotFound, "rule")

		// Everything that is wrong comes at once, with its place.
		bad := policy.Rule{ID: "Bad Id", Effect: "maybe", Kind: "customer", Actions: []policy.Action{"fly"}, Where: policy.Path{Path: policy.PathUnits, Units: []policy.ID{99}},
			Who: policy.Who{Any: []policy.Clause{{Unit: 98}, {Position: "none"}, {Person: 97}}}, When: &policy.Cond{Op: policy.OpHas, Field: "nothing"}}
		_, err = admin.PutRule(ctx, bad)
		f.refused(err, fault.Invalid, "rule")
		var places []string
		for _, item := range fault.From(err).Items {
			places = append(places, item.At)
		}
		for _, want := range []string{"id", "effect", "scene", "actions[0]", "who.any[0].unit", "who.any[1].position", "who.any[2].person", "where.units", "when.field"} {
			if !strings.Contains(strings.Join(places, " ")+" ", want+" ") {
				t.Errorf("%s is not among %v", want, places)
			}
		}
	})
}

func TestPacks(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		packs, err := admin.Packs(ctx)
		f.must(err)
		if len(packs) != len(access.Presets) || packs[0].Rules[0].Sentence.EN == "" || packs[0].Rules[0].Scene.EN == "" {
			t.Errorf("%+v", packs)
		}
		_, err = f.as("lin").Packs(ctx)
		f.refused(err, fault.Denied, "right")
		f.customer("leaver", "旧客户", "")
		f.sees("leaver")
		a, err := admin.AssignPack(ctx, access.Assignment{Pack: "sales", Who: policy.Clause{Person: f.id("leaver")}})
		f.must(err)
		f.sees("leaver", "旧客户")
		_, err = admin.AssignPack(ctx, access.Assignment{Pack: "sales", Who: policy.Clause{Person: f.id("leaver")}})
		f.refused(err, fault.Conflict, "assignment_double")
		_, err = admin.AssignPack(ctx, access.Assignment{Pack: "none", Who: policy.Clause{Person: f.id("leaver")}})
		f.refused(err, fault.Invalid, "assignment_pack")
		_, err = admin.AssignPack(ctx, access.Assignment{Pack: "sales", Who: policy.Clause{Unit: 99}})
		f.refused(err, fault.Invalid, "unit")
		_, err = admin.ChangeAssignment(ctx, a.ID, nil, ptr(f.clock.Now().Add(time.Hour)))
		f.must(err)
		f.clock.advance(time.Hour)
		f.sees("leaver")
		f.must(admin.UnassignPack(ctx, a.ID))
		f.refused(admin.UnassignPack(ctx, a.ID), fault.NotFound, "assignment")
	})
}

func TestPools(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		it, err := f.as("boss").Create(ctx, "customer", fields(t, `{"name":"无主","pool":"`+f.id("公海").String()+`"}`))
		f.must(err)
		f.sees("lin", "无主")
		_, err = admin.UpdatePool(ctx, f.id("公海"), 1, "公海", []PoolMember{{Unit: f.id("华南")}})
		f.must(err)
		f.sees("lin")
		f.sees("wang", "无主")
		f.refused(admin.DeletePool(ctx, f.id("公海"), 2), fault.Conflict, "pool_has_records")
		f.must(f.as("boss").Delete(ctx, "customer", it.ID, it.Version))
		f.refused(admin.DeletePool(ctx, f.id("公海"), 1), fault.Stale, "version")
		f.must(admin.DeletePool(ctx, f.id("公海"), 2))
		p, err := admin.CreatePool(ctx, "新公海", []PoolMember{{Unit: f.id("销售部"), Below: true}})
		f.must(err)
		_, err = admin.CreatePool(ctx, "新公海", nil)
		f.refused(err, fault.Conflict, "pool_name_taken")
		_, err = admin.CreatePool(ctx, " x", nil)
		f.refused(err, fault.Invalid, "pool_name")
		_, err = admin.CreatePool(ctx, "x", []PoolMember{{Unit: 99}})
		f.refused(err, fault.Invalid, "unit")
		_, err = f.as("chief").CreatePool(ctx, "x", nil)
		f.refused(err, fault.Denied, "right")
		for who, want := range map[string]int{"lin": 0, "admin": 1} { // to whom it is open is for administrators
			pools, err := f.as(who).Pools(ctx)
			f.must(err)
			if len(pools) != 1 || pools[0].Name != p.Name || len(pools[0].Open) != want {
				t.Errorf("%s sees %+v", who, pools)
			}
		}
	})
}

func TestCustomFieldStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		field := records.CustomField{Kind: "customer", Key: "c_motto", Type: "text", Label: records.Label{ZH: "口号", EN: "Motto"}, Class: policy.General, Search: true}
		_, err := admin.putField(ctx, field)
		f.must(err)
		f.customer("lin", "东方", `c_motto="日出东方"`)
		find := func(words string) int {
			page, err := f.as("lin").List(ctx, ListQuery{Kind: "customer", Search: words})
			f.must(err)
			return len(page.Items)
		}
		if it, err := f.as("lin").Get(ctx, "customer", f.id("东方")); err != nil || it.Fields["c_motto"] != "日出东方" || find("日出") != 1 {
			t.Errorf("%+v %v", it, err)
		}
		field.Label.EN, field.Search = "Slogan", false
		_, err = admin.putField(ctx, field)
		f.must(err)
		if find("日出") != 0 || find("东方") != 1 {
			t.Error("the search still finds, or no longer finds")
		}
		field.Search = true
		_, err = admin.putField(ctx, field)
		f.must(err)
		if find("日出") != 1 {
			t.Error("the search does not find what was there before")
		}
		wrong := field
		wrong.Class = policy.Internal
		_, err = admin.putField(ctx, wrong)
		f.refused(err, fault.Conflict, "field_class")
		wrong = field
		wrong.Type, wrong.Search = "number", false
		_, err = admin.putField(ctx, wrong)
		f.refused(err, fault.Conflict, "field_type")
		_, err = admin.putField(ctx, records.CustomField{Kind: "customer", Key: "x", Type: "text", Class: "x"})
		f.refused(err, fault.Invalid, "custom_field")

		r := sharing("motto", everything, policy.Clause{Position: "sales"})
		r.When = &policy.Cond{Op: policy.OpEq, Field: "c_motto", Value: &policy.Operand{Text: ptr("日出东方")}}
		_, err = admin.PutRule(ctx, r)
		f.must(err)
		f.sees("wang", "东方")
		f.refused(admin.DeleteCustomField(ctx, "customer", "c_motto"), fault.Conflict, "field_has_rules")
		f.must(admin.DeleteRule(ctx, "motto"))
		f.must(admin.DeleteCustomField(ctx, "customer", "c_motto"))
		f.refused(admin.DeleteCustomField(ctx, "customer", "c_motto"), fault.NotFound, "custom_field")
		if find("日出") != 0 || find("东方") != 1 {
			t.Error("the search still finds what was removed")
		}
		// A field of the same key begins empty, whatever stood there.
		_, err = admin.putField(ctx, field)
		f.must(err)
		if it, err := f.as("lin").Get(ctx, "customer", f.id("东方")); err != nil || it.Fields["c_motto"] != nil {
			t.Errorf("%+v %v", it.Fields["c_motto"], err)
		}
		_, err = f.as("lin").CustomFields(ctx)
		f.refused(err, fault.Denied, "right")
		list, err := f.as("auditor").CustomFields(ctx)
		f.must(err)
		if len(list) != 1 || list[0].Label.EN != "Slogan" {
			t.Errorf("%+v", list)
		}
	})
}

// A field of the company's own is masked as its settings say, on every path; who sees it masked does not
// open the mask for themselves.
func TestCustomFieldMask(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		field := records.CustomField{Kind: "customer", Key: "c_card", Type: "text", Label: records.Label{ZH: "会员卡号", EN: "Card"}, Class: policy.Internal, Mask: policy.MaskTail}
		for _, wrong := range []policy.Level{policy.MaskRange, policy.Masked, policy.Plain} {
			field.Mask = wrong
			_, err := f.as("boss").putField(ctx, field)
			f.refused(err, fault.Invalid, "custom_field")
		}
		field.Mask = policy.MaskTail
		_, err := f.as("boss").putField(ctx, field)
		f.must(err)
		f.customer("lin", "东方", `c_card="8800123456785678"`)
		shown := func(want string) {
			t.Helper()
			it, err := f.as("auditor").Get(ctx, "customer", f.id("东方"))
			f.must(err)
			page, err := f.as("auditor").List(ctx, ListQuery{Kind: "customer", Fields: []string{"c_card"}})
			f.must(err)
			if it.Masked["c_card"] != want || page.Items[0].Masked["c_card"] != want {
				t.Errorf("%q, %q, not %q", it.Masked["c_card"], page.Items[0].Masked["c_card"], want)
			}
		}
		shown("****5678")
		// An administrator who sees it masked may close the mask, and somebody else open it.
		r := sharing("cards", everything, policy.Clause{Position: "it"})
		r.Fields = append(r.Fields, policy.FieldRule{Field: "c_card", Level: policy.Masked})
		_, err = f.as("boss").PutRule(ctx, r)
		f.must(err)
		field.Mask = policy.MaskEnds
		_, err = f.as("admin").putField(ctx, field)
		f.refused(err, fault.Denied, "self_gain")
		field.Mask = 0
		_, err = f.as("admin").putField(ctx, field)
		f.must(err)
		shown("***")
		field.Mask = policy.MaskEnds
		_, err = f.as("boss").putField(ctx, field)
		f.must(err)
		shown("88****78")
		if list, err := f.as("auditor").CustomFields(ctx); err != nil || list[0].Mask != policy.MaskEnds {
			t.Errorf("%+v %v", list, err)
		}
	})
}
