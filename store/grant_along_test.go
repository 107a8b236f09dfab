package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// belonging makes a record of a customer's in somebody's hands.
func (f *firm) belonging(owner string, kind policy.Kind, title, name, customer string) {
	f.t.Helper()
	fields := Fields{title: []byte(`"` + name + `"`), "customer": []byte(`"` + f.id(customer).String() + `"`), "owner": []byte(`"` + f.id(owner).String() + `"`)}
	if kind == "contact" {
		fields["phone"] = []byte(`"13800138000"`)
	}
	it, err := f.as("boss").Create(context.Background(), kind, fields)
	f.must(err)
	f.ids[name] = it.ID
}

// titles of what somebody sees of a kind.
func (f *firm) titles(who string, kind policy.Kind) []string {
	f.t.Helper()
	list := []string{}
	for _, it := range f.list(who, kind) {
		list = append(list, it.Title)
	}
	slices.Sort(list)
	return list
}

// A customer is lent with what belongs to it: what there is and what comes later, no field of it
// more open than was chosen, nothing that the giver does not reach, and all of it ends at once.
func TestGrantAlong(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		lin, chief := f.as("lin"), f.as("chief")
		f.customer("lin", "甲公司", "")
		f.customer("lin", "乙公司", "")
		f.customer("wang", "丙公司", "")
		f.belonging("lin", "contact", "name", "张三", "甲公司")
		f.belonging("lin", "contact", "name", "李四", "乙公司")
		f.belonging("wang", "contact", "name", "王五", "丙公司")
		f.belonging("wang", "opportunity", "name", "他人的商机", "甲公司")

		ask := f.lend("zhao", 2, "甲公司")
		ask.Along = []grants.Along{{Relation: "contacts"}, {Relation: "opportunities"}}
		before := map[string][]string{"contact": f.titles("zhao", "contact"), "opportunity": f.titles("zhao", "opportunity")}
		reach := f.titles("lin", "opportunity")
		plan, err := lin.PlanGrant(ctx, ask)
		f.must(err)
		if len(plan.Along) != 2 || plan.Along[0].Label.ZH != "联系人" || plan.Along[0].Kind != "contact" || len(ask.Along[0].Fields) != 0 {
			t.Errorf("%+v, asked %+v", plan, ask)
		}
		given, err := lin.Grant(ctx, ask)
		f.must(err)
		if got := f.titles("zhao", "contact"); !slices.Equal(got, []string{"张三"}) {
			t.Errorf("zhao sees the contacts %v", got)
		}
		if got := f.titles("zhao", "opportunity"); !slices.Equal(got, reach) {
			t.Errorf("zhao sees the opportunities %v, and lin %v", got, reach)
		}
		for _, it := range f.list("zhao", "contact") {
			if _, plain := it.Fields["phone"]; plain {
				t.Errorf("a number goes along with what is general: %v", it.Fields)
			}
		}
		f.belonging("lin", "contact", "name", "赵六", "甲公司")
		if got := f.titles("zhao", "contact"); !slices.Equal(got, []string{"张三", "赵六"}) {
			t.Errorf("what comes later does not go along: %v", got)
		}
		explained, err := f.as("zhao").Explain(ctx, ExplainQuery{Kind: "contact", ID: f.id("张三"), Action: policy.Read})
		f.must(err)
		if !explained.Allowed {
			t.Errorf("%+v", explained)
		}
		_, err = lin.RevokeGrant(ctx, given.ID)
		f.must(err)
		for kind, was := range before {
			if got := f.titles("zhao", policy.Kind(kind)); !slices.Equal(got, was) {
				t.Errorf("zhao still sees %v of %s", got, kind)
			}
		}

		// It is extended with what goes along, and given on without.
		ask.GiveOn = true
		given, err = lin.Grant(ctx, ask)
		f.must(err)
		again, err := lin.ExtendGrant(ctx, given.ID, given.Until.Add(time.Hour), "")
		f.must(err)
		if len(again.Along) != 2 {
			t.Errorf("%+v", again)
		}
		on := f.lend("leaver", 1, "甲公司")
		on.Parent = given.ID
		_, err = f.as("zhao").Grant(ctx, on)
		f.must(err)
		if got := f.titles("leaver", "contact"); len(got) != 0 {
			t.Errorf("what goes along is given on: %v", got)
		}
		on.Along = ask.Along
		_, err = f.as("zhao").Grant(ctx, on)
		f.refused(err, fault.Invalid, "grant")
		f.clock.advance(2*time.Hour - time.Microsecond)
		if got := f.titles("zhao", "contact"); len(got) != 2 {
			t.Errorf("it ended early: %v", got)
		}
		f.clock.advance(time.Hour + time.Microsecond)
		if got := f.titles("zhao", "contact"); !slices.Equal(got, before["contact"]) {
			t.Errorf("it outlives its end: %v", got)
		}

		// Nobody lends what belongs to a record along with what they reach only as a collaborator.
		f.must(chief.AddCollaborator(ctx, "customer", f.id("丙公司"), NewCollaborator{Person: f.id("lin")}))
		foreign := f.lend("zhao", 1, "丙公司")
		foreign.Along = []grants.Along{{Relation: "contacts"}}
		_, err = lin.Grant(ctx, foreign)
		f.refused(err, fault.Denied, "grant_more")
		for relation, code := range map[string]string{"owner": "grant_along", "nothing": "grant_along"} {
			wrong := f.lend("zhao", 1, "甲公司")
			wrong.Along = []grants.Along{{Relation: relation}}
			_, err = lin.Grant(ctx, wrong)
			f.refused(err, fault.Invalid, code)
		}
		// A record out of sight is as missing as one that never was, whatever is to go along.
		for _, id := range []policy.ID{f.id("李四") + 1_000_000, f.customer("wang", "丁公司", "").ID} {
			hidden := f.lend("zhao", 1)
			hidden.Records, hidden.Along = []policy.ID{id}, []grants.Along{{Relation: "contacts"}}
			_, err = lin.Grant(ctx, hidden)
			f.refused(err, fault.NotFound, "record")
		}
		// A head lends what belongs to a customer of their units by the units.
		theirs := f.lend("zhao", 1, "丙公司")
		theirs.Along = []grants.Along{{Relation: "contacts"}}
		_, err = chief.Grant(ctx, theirs)
		f.must(err)
		if got := f.titles("zhao", "contact"); !slices.Contains(got, "王五") {
			t.Errorf("zhao sees %v", got)
		}
	})
}
