package store

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// shown is what a list shows of one record: actions, with read among them, and by field how open
// it is and whether it may be written.
type shown struct {
	actions []policy.Action
	levels  map[string]policy.Level
	edits   map[string]bool
}

func (f *firm) shown(who string, kind policy.Kind) map[policy.ID]shown {
	out := map[policy.ID]shown{}
	for _, it := range f.list(who, kind) {
		s := shown{actions: append([]policy.Action{policy.Read}, it.Can...), levels: map[string]policy.Level{}, edits: map[string]bool{}}
		for name := range it.Fields {
			s.levels[name] = policy.Plain
		}
		for name := range it.Masked {
			s.levels[name] = policy.Masked
		}
		for _, name := range it.Hidden {
			s.levels[name] = policy.Hidden
		}
		for _, name := range it.Editable {
			s.edits[name] = true
		}
		out[it.ID] = s
	}
	return out
}

// difference is list(after) − list(before), both ways, counted as an impact counts.
func difference(kind policy.Kind, before, after map[policy.ID]shown) *KindImpact {
	k := newKindImpact(kind)
	k.Samples = nil
	ids := maps.Clone(before)
	maps.Copy(ids, after)
	for id := range ids {
		b, was := before[id]
		a, is := after[id]
		for _, action := range a.actions {
			if !slices.Contains(b.actions, action) {
				k.Gained[action]++
			}
		}
		for _, action := range b.actions {
			if !slices.Contains(a.actions, action) {
				k.Lost[action]++
			}
		}
		if !was || !is {
			continue
		}
		for name := range a.levels {
			if a.levels[name] > b.levels[name] || a.edits[name] && !b.edits[name] {
				k.More[name]++
			}
			if a.levels[name] < b.levels[name] || !a.edits[name] && b.edits[name] {
				k.Less[name]++
			}
		}
	}
	return k
}

// The law: simulate(draft) is list(after) minus list(before), both ways, for everybody.
func TestSimulationIsTheDifferenceOfTheLists(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `annual_sales="5000";currency="CNY";level="a"`)
		f.customer("lin", "东北", "")
		f.customer("wang", "南方", `annual_sales="10";currency="CNY"`)
		f.customer("chief", "中部", `phone="13800138000"`)
		boss := f.as("boss")
		rich := policy.Cond{Op: policy.OpGt, Field: "annual_sales", Value: &policy.Operand{Money: ptr("100")}}
		richer := sharing("richer", everything, policy.Clause{Position: "sales"})
		richer.When = &rich
		hide := policy.Rule{ID: "hide", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Unit: f.id("总部"), Below: true}}, Except: []policy.Clause{{Position: "ceo"}}}, Kind: "customer",
			Actions: []policy.Action{policy.Read, policy.Export}, Where: everything, When: &rich, Fields: []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}, Scene: "x"}
		bar := hide
		bar.ID, bar.Fields, bar.Actions = "bar", nil, []policy.Action{policy.Edit}
		unread := hide
		unread.ID, unread.Fields, unread.Actions = "unread", nil, []policy.Action{policy.Read}
		unread.When = &policy.Cond{Op: policy.OpNot, Args: []policy.Cond{rich}}
		more := sharing("more", policy.Path{Path: policy.PathUnitBelow}, policy.Clause{Position: "lead"}, policy.Clause{Position: "sales"})
		more.Actions, more.Fields = []policy.Action{policy.Read, policy.Edit}, []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain, Edit: true}}

		for _, step := range []struct {
			what  string
			draft Draft
		}{
			{"a sharing rule with a condition", Draft{Put: []policy.Rule{richer}}},
			{"a guard over fields with the same condition", Draft{Put: []policy.Rule{hide}}},
			{"a guard over an action", Draft{Put: []policy.Rule{bar}}},
			{"more for heads and sellers", Draft{Put: []policy.Rule{more}}},
			{"a guard that what is missing trips", Draft{Put: []policy.Rule{unread}}},
			{"some of it taken back", Draft{Delete: []string{"hide", "unread"}}},
			{"packs", Draft{Unassign: []policy.ID{f.assignment("head").ID}, Assign: []access.Assignment{{Pack: "finance", Who: policy.Clause{Position: "lead"}}, {Pack: "observer", Who: policy.Clause{Unit: f.id("华南")}}}}},
			{"a rule written over", Draft{Put: []policy.Rule{sharing("more", policy.Path{Path: policy.PathOwn}, policy.Clause{Everyone: true})}, Delete: []string{"richer"}}},
		} {
			people := []string{"boss", "admin", "auditor", "chief", "lin", "wang", "zhao", "leaver"}
			before := map[string]map[policy.ID]shown{}
			for _, who := range people {
				before[who] = f.shown(who, "customer")
			}
			impact, err := boss.Simulate(ctx, step.draft, nil, []policy.Kind{"customer"})
			f.must(err)
			f.publish(step.draft)
			told := map[string]KindImpact{}
			for _, p := range impact.People {
				for _, k := range p.Kinds { // one, or none where only rights of administration differ
					told[p.Person.Name] = k
				}
			}
			changed := 0
			for _, who := range people {
				want := difference("customer", before[who], f.shown(who, "customer"))
				got, ok := told[who]
				if !ok {
					got = *newKindImpact("customer")
				}
				if len(got.Samples) > 0 {
					changed++
				}
				for _, s := range got.Samples {
					if len(s.Gained)+len(s.Lost)+len(s.More)+len(s.Less) == 0 {
						t.Errorf("%s: %s: an empty sample", step.what, who)
					}
				}
				got.Samples, got.Create = nil, ""
				if diff := cmp.Diff(*want, got); diff != "" {
					t.Errorf("%s: %s: -lists +simulated\n%s", step.what, who, diff)
				}
			}
			if changed == 0 {
				t.Errorf("%s changed nothing for anybody", step.what)
			}
		}

		// Samples are for who may read them.
		impact, err := f.as("admin").Simulate(ctx, Draft{Put: []policy.Rule{sharing("again", everything, policy.Clause{Position: "sales"})}}, []policy.ID{f.id("zhao")}, nil)
		f.must(err)
		if len(impact.People) != 1 || impact.People[0].Kinds[0].Gained[policy.Read] == 0 || len(impact.People[0].Kinds[0].Samples) != 0 {
			t.Errorf("%+v", impact)
		}
		_, err = f.as("chief").Simulate(ctx, Draft{}, nil, nil)
		f.refused(err, fault.Denied, "right")
		_, err = boss.Simulate(ctx, Draft{Delete: []string{"none"}}, nil, nil)
		f.refused(err, fault.NotFound, "rule")
		_, err = boss.Simulate(ctx, Draft{Put: []policy.Rule{{}}}, nil, nil)
		f.refused(err, fault.Invalid, "rule")
	})
}

// publish makes a draft true.
func (f *firm) publish(d Draft) {
	f.t.Helper()
	f.enacts("boss", func(next *access.Document) {
		for _, id := range d.Delete {
			next.Rules = slices.DeleteFunc(slices.Clone(next.Rules), func(r access.RuleDocument) bool { return r.ID == id })
		}
		for _, r := range d.Put {
			writing(access.WrittenDocument(r))(next)
		}
		for _, id := range d.Unassign {
			unassigning(access.Assignment{ID: id})(next)
		}
		assigning(d.Assign...)(next)
	})
}

func TestSees(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("wang", "南方", "")
		told := func(x *Sight, err error) map[policy.Kind]int {
			t.Helper()
			f.must(err)
			counts := map[policy.Kind]int{}
			for _, k := range x.Kinds {
				counts[k.Kind] = k.Total.Count
				if k.Total.Count > 0 && (len(k.Rules) == 0 || k.Rules[0].Sentence.ZH == "" || k.Rules[0].Rule == "") {
					t.Errorf("no rule is named: %+v", k)
				}
			}
			return counts
		}
		if c := told(f.as("lin").Sees(ctx, f.id("lin"))); c["customer"] != 1 || c["person"] != 1 {
			t.Errorf("%v", c)
		}
		if c := told(f.as("auditor").Sees(ctx, f.id("chief"))); c["customer"] != 2 {
			t.Errorf("%v", c)
		}
		if c := told(f.db.System(JobSetup, DefaultTenant).Sees(ctx, "BOSS")); c["customer"] != 2 || c["person"] != 9 {
			t.Errorf("%v", c)
		}
		_, err := f.as("lin").Sees(ctx, f.id("wang"))
		f.refused(err, fault.Denied, "right")
		_, err = f.db.System(JobSetup, DefaultTenant).Sees(ctx, "nobody")
		f.refused(err, fault.NotFound, "person")
		_, err = f.db.System(JobRunner, DefaultTenant).Sees(ctx, "boss")
		f.refused(err, fault.Denied, "job")
	})
}
