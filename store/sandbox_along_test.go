package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/internal/testdb"
	"guan/policy"
)

// boxesOf lists the titles of the sandboxes in which somebody is told that a record lies.
func (f *firm) boxesOf(who string, kind policy.Kind, name string) []policy.ID {
	f.t.Helper()
	list, err := f.as(who).Sandboxes(context.Background(), SandboxQuery{Kind: kind, Record: f.id(name), State: "open"})
	f.must(err)
	out := []policy.ID{}
	for _, box := range list {
		out = append(out, box.ID)
	}
	return out
}

// A customer is put into a sandbox with what belongs to it: what there is and what comes later, as far
// as its giver has it; members edit it and never take it elsewhere; the statement names what they saw
// and changed of it; and all of it leaves with the customer.
func TestSandboxAlong(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		lin, zhao := f.as("lin"), f.as("zhao")
		f.customer("lin", "甲公司", "")
		f.customer("lin", "乙公司", "")
		f.belonging("lin", "contact", "name", "张三", "甲公司")
		f.belonging("lin", "contact", "name", "李四", "乙公司")
		n := f.share("甲公司")
		n.Actions, n.Fields[0].Edit = []policy.Action{policy.Read, policy.Edit}, true
		n.Along = []string{"contacts", "opportunities"}
		plan, err := lin.PlanShare(ctx, n, "联合", f.clock.Now(), f.clock.Now().Add(time.Hour))
		f.must(err)
		if len(plan.Along) != 2 || plan.Along[0].Label.ZH != "联系人" || !strings.HasPrefix(plan.Sentence.ZH, "成员可以查看、编辑指定的客户，连同其联系人、商机；") {
			t.Errorf("%+v", plan.Sentence)
		}
		box := f.box("lin", 5, []NewMember{{Person: f.id("zhao"), Mode: grants.Edit}, {Person: f.id("leaver"), Mode: grants.View}}, n)
		if len(box.Shares[0].Along) != 2 || box.Shares[0].Along[1].Label.ZH != "商机" {
			t.Errorf("%+v", box.Shares[0])
		}
		f.belonging("lin", "contact", "name", "赵六", "甲公司") // comes later
		for _, who := range []string{"zhao", "leaver"} {
			if got := f.titles(who, "contact"); !slices.Equal(got, []string{"张三", "赵六"}) {
				t.Errorf("%s sees the contacts %v", who, got)
			}
		}
		it, err := zhao.Get(ctx, "contact", f.id("张三"))
		f.must(err)
		if _, plain := it.Fields["phone"]; plain || !slices.Equal(it.Can, []policy.Action{policy.Edit}) || !slices.Contains(it.Editable, "department") ||
			slices.Contains(it.Editable, "customer") || slices.Contains(it.Editable, "owner") {
			t.Errorf("%v %v", it.Can, it.Editable)
		}
		_, err = zhao.Update(ctx, "contact", it.ID, it.Version, Fields{"department": []byte(`"店长"`)})
		f.must(err)
		_, err = f.as("leaver").Update(ctx, "contact", it.ID, it.Version+1, Fields{"department": []byte(`"店员"`)})
		f.refused(err, fault.Denied, "action")
		_, err = f.as("leaver").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("甲公司")}) // shows them too
		f.must(err)
		said, err := lin.SandboxStatement(ctx, box.ID)
		f.must(err)
		for _, m := range said.Members {
			for _, r := range m.Records {
				if r.Kind != "contact" || r.Record != it.ID {
					continue
				}
				wrote := m.Person.Name == "zhao"
				if r.Title != "张三" || r.Listed == 0 || wrote != (r.Changed == 1 && len(r.Fields) == 1 && r.Fields[0].Name == "department") || !wrote && r.Listed != 2 {
					t.Errorf("%s: %+v", m.Person.Name, r)
				}
			}
		}
		if said.Totals.Changed != 1 || said.Totals.Listed != 2 {
			t.Errorf("%+v", said.Totals)
		}

		// Where it lies is told to who is in the sandbox and reads the record, and to nobody else.
		for who, of := range map[string][]string{"lin": {"甲公司", "张三", "赵六"}, "zhao": {"甲公司", "张三"}, "leaver": {"甲公司", "赵六"}} {
			for _, name := range of {
				kind := policy.Kind("contact")
				if name == "甲公司" {
					kind = "customer"
				}
				if got := f.boxesOf(who, kind, name); !slices.Equal(got, []policy.ID{box.ID}) {
					t.Errorf("%s is told that %s lies in %v", who, name, got)
				}
			}
		}
		if got := append(append(f.boxesOf("lin", "contact", "李四"), f.boxesOf("boss", "customer", "甲公司")...), f.boxesOf("chief", "contact", "张三")...); len(got) != 0 {
			t.Errorf("told of %v", got)
		}
		_, err = f.as("wang").Sandboxes(ctx, SandboxQuery{Kind: "customer", Record: f.id("甲公司")})
		f.refused(err, fault.NotFound, "record")
		all, err := f.as("auditor").Sandboxes(ctx, SandboxQuery{Scope: "all", Kind: "customer", Record: f.id("甲公司")})
		if fault.Is(err, fault.NotFound) {
			err = nil // as far as they read it
		}
		if err != nil || len(all) > 1 {
			t.Errorf("%v %v", all, err)
		}

		// It is decided anew with what goes along, and withdrawn with it.
		box, err = lin.ExtendSandbox(ctx, box.ID, box.Until.Add(time.Hour))
		f.must(err)
		i := slices.IndexFunc(box.Shares, func(x SandboxShare) bool { return len(x.Can) > 0 })
		if i < 0 || len(box.Shares[i].Along) != 2 {
			t.Fatalf("%+v", box.Shares)
		}
		if got := f.titles("zhao", "contact"); !slices.Equal(got, []string{"张三", "赵六"}) {
			t.Errorf("zhao sees the contacts %v", got)
		}
		f.must(lin.WithdrawShare(ctx, box.ID, box.Shares[i].ID))
		if got := append(f.titles("zhao", "contact"), f.titles("leaver", "contact")...); len(got) != 0 {
			t.Errorf("%v are left", got)
		}
		if got := f.boxesOf("lin", "customer", "甲公司"); len(got) != 0 {
			t.Errorf("it still lies in %v", got)
		}

		// Only named records have anything that goes along, and only what the giver has.
		wrong := f.share("甲公司")
		wrong.Along = []string{"owner"}
		_, err = lin.AddShare(ctx, box.ID, wrong)
		f.refused(err, fault.Invalid, "grant_along")
		wrong.Along, wrong.When = []string{"contacts"}, ptr(beginning("甲"))
		_, err = lin.AddShare(ctx, box.ID, wrong)
		f.refused(err, fault.Invalid, "sandbox_share")
		f.customer("wang", "丙公司", "")
		f.must(f.as("chief").AddCollaborator(ctx, "customer", f.id("丙公司"), NewCollaborator{Person: f.id("lin")}))
		lent := f.share("丙公司")
		lent.Along = []string{"contacts"}
		_, err = lin.AddShare(ctx, box.ID, lent)
		f.refused(err, fault.Denied, "grant_more")
	})
}

// Whatever is lent or shared with what belongs to it, by whomever: nobody sees a record or a field of
// any kind that its giver could not give; and when it is taken back everybody sees what they saw before.
func TestAlongNeverExceeds(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		ctx := context.Background()
		random := rand.New(rand.NewPCG(11, 26))
		owners := []string{"lin", "wang", "boss"}
		for i := range 6 {
			f.customer(owners[i%3], fmt.Sprintf("客%d", i), `phone="13800138000"`)
			for j := range 2 {
				f.belonging(owners[(i+j)%3], "contact", "name", fmt.Sprintf("人%d%d", i, j), fmt.Sprintf("客%d", i))
			}
			f.belonging(owners[random.IntN(3)], "opportunity", "name", fmt.Sprintf("机%d", i), fmt.Sprintf("客%d", i))
		}
		// They read every customer, and not what belongs to those of others.
		_, err := f.as("admin").PutRule(ctx, sharing("all", everything, policy.Clause{Person: f.id("lin")}, policy.Clause{Person: f.id("wang")}))
		f.must(err)
		picture := func(who string) map[string]int {
			out := map[string]int{}
			for _, kind := range []policy.Kind{"customer", "contact", "opportunity"} {
				for _, it := range f.list(who, kind) {
					out[it.ID.String()] = 1
					for name := range it.Fields {
						out[it.ID.String()+name] = 2
					}
					for name := range it.Masked {
						out[it.ID.String()+name] = 1
					}
				}
			}
			return out
		}
		given, together := 0, 0
		for range 14 {
			f.clock.advance(time.Hour)
			giver := []string{"lin", "wang", "chief", "boss"}[random.IntN(4)]
			before, has := picture("zhao"), picture(giver)
			var named []string
			for i := range 6 {
				if _, sees := has[f.id(fmt.Sprintf("客%d", i)).String()]; sees && random.IntN(2) == 0 {
					named = append(named, fmt.Sprintf("客%d", i))
				}
			}
			fields := []policy.FieldRule{{Class: policy.Everything, Level: policy.Level(1 + random.IntN(2))}}
			along := [][]string{{"contacts"}, {"opportunities"}, {"contacts", "opportunities"}}[random.IntN(3)]
			var take func()
			if random.IntN(2) == 0 {
				g := f.lend("zhao", 1, named...)
				g.Fields = fields
				for _, relation := range along {
					g.Along = append(g.Along, grants.Along{Relation: relation})
				}
				one, err := f.as(giver).Grant(ctx, g)
				if err != nil {
					continue
				}
				take = func() { _, err := f.as(giver).RevokeGrant(ctx, one.ID); f.must(err) }
			} else {
				n := f.share(named...)
				n.Fields, n.Along = fields, along
				box := f.box(giver, 1, f.in("zhao"))
				if _, err := f.as(giver).AddShare(ctx, box.ID, n); err != nil {
					continue
				}
				take = func() { _, err := f.as(giver).EndSandbox(ctx, box.ID); f.must(err) }
			}
			given++
			during := picture("zhao")
			if len(during) > len(before) {
				together++
			}
			for what, level := range during {
				if level > max(before[what], has[what]) {
					t.Errorf("%s shows as %d, %s has %d", what, level, giver, has[what])
				}
			}
			take()
			if after := picture("zhao"); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Error("what was taken back left something")
			}
		}
		if given < 4 || together < 4 {
			t.Errorf("%d given, of which %d showed anything: nothing was tried", given, together)
		}
	})
}
