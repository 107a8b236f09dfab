package store

import (
	"context"
	"slices"
	"sync"
	"testing"

	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// passes hands a customer on.
func (f *firm) passes(customer, to string) {
	f.t.Helper()
	ctx := context.Background()
	it, err := f.as("boss").Get(ctx, "customer", f.id(customer))
	f.must(err)
	_, err = f.as("boss").Transfer(ctx, "customer", Target{ID: it.ID, Version: it.Version}, Transfer{To: f.id(to)})
	f.must(err)
}

// strayIn is what somebody may take a customer out of: sandboxes beside it, each with the one thing in it.
func (f *firm) strayIn(who, customer string) (list []Sandbox) {
	f.t.Helper()
	found, err := f.as(who).Sandboxes(context.Background(), SandboxQuery{Kind: "customer", Record: f.id(customer), State: "open"})
	f.must(err)
	for _, box := range found {
		box.Shares = slices.DeleteFunc(box.Shares, func(x SandboxShare) bool { return !slices.Contains(x.Can, "take_out") })
		if len(box.Shares) > 0 {
			list = append(list, box)
		}
	}
	return list
}

// A customer that is handed on stays in the sandbox into which its owner put it, until who has it now takes it out:
// this customer with what goes along with it, and nothing else.
func TestStraySharesAreOfWhoHasTheRecord(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, name := range []string{"东方", "西方"} {
			f.customer("lin", name, "")
			f.belonging("lin", "contact", "name", name+"联系人", name)
		}
		both := f.share("东方", "西方")
		both.Actions, both.Along = []policy.Action{policy.Read, policy.Edit}, []string{"contacts"}
		both.Fields[0].Edit = true
		box := f.box("lin", 5, []NewMember{{Person: f.id("leaver"), Mode: grants.Edit}, {Person: f.id("admin2"), Mode: grants.View}}, both)
		share := box.Shares[0].ID
		takes := func(who, customer string) error { return f.as(who).TakeOut(ctx, box.ID, share, f.id(customer)) }

		// While lin has it, it is lin's to take out, also before their head.
		if list := append(f.strayIn("chief", "东方"), f.strayIn("lin", "东方")...); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		f.refused(takes("chief", "东方"), fault.NotFound, "sandbox")
		f.passes("东方", "wang")
		f.must(f.as("wang").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("zhao")}))
		f.sees("leaver", "东方", "西方")
		it, err := f.as("leaver").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		_, err = f.as("leaver").Update(ctx, "customer", it.ID, it.Version, Fields{"city": []byte(`"苏州"`)})
		f.must(err)

		for who, role := range map[string]string{"wang": RoleOutsider, "chief": RoleOutsider, "boss": RoleOverseer} {
			list := f.strayIn(who, "东方")
			if len(list) != 1 || list[0].Role != role || len(list[0].Members) != 0 || len(list[0].Can) != 0 {
				t.Fatalf("%s: %+v", who, list)
			}
			if told := role != RoleOutsider; (list[0].Title != "") != told || (list[0].Purpose != "") != told || list[0].Sponsor.Name != "lin" {
				t.Errorf("%s is told of the sandbox %+v", who, list[0])
			}
			if x := list[0].Shares[0]; x.ID != share || x.Giver.Name != "lin" || x.People != 2 || x.Count != 1 || len(x.Along) != 1 || !x.Until.Equal(box.Until) || !slices.Equal(x.Can, []string{"take_out"}) {
				t.Errorf("%s finds %+v", who, x)
			}
		}
		// Who works with it, who is in the sandbox, and who oversees everything have it from somebody or not at all.
		for who, code := range map[string]string{"zhao": "sandbox", "leaver": "sandbox_sponsor", "auditor": "sandbox_sponsor"} {
			if list := f.strayIn(who, "东方"); len(list) != 0 {
				t.Errorf("%s finds %+v", who, list)
			}
			kind := fault.Denied
			if code == "sandbox" {
				kind = fault.NotFound
			}
			f.refused(takes(who, "东方"), kind, code)
		}
		f.refused(takes("wang", "西方"), fault.NotFound, "sandbox")
		f.refused(f.as("wang").WithdrawShare(ctx, box.ID, share), fault.NotFound, "sandbox")
		_, err = f.as("wang").Sandbox(ctx, box.ID)
		f.refused(err, fault.NotFound, "sandbox")
		if list := f.strayIn("lin", "西方"); len(list) != 0 {
			t.Errorf("%+v", list)
		}

		f.must(takes("wang", "东方"))
		f.refused(takes("wang", "东方"), fault.NotFound, "sandbox")
		if list := f.strayIn("wang", "东方"); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		page, err := f.as("leaver").List(ctx, ListQuery{Kind: "customer", Count: true})
		f.must(err)
		found, err := f.as("leaver").List(ctx, ListQuery{Kind: "customer", Search: "东方"})
		f.must(err)
		if len(page.Items) != 1 || page.Total.Count != 1 || len(found.Items) != 0 {
			t.Errorf("list %d, count %d, search %d", len(page.Items), page.Total.Count, len(found.Items))
		}
		_, err = f.as("leaver").Get(ctx, "customer", f.id("东方"))
		f.refused(err, fault.NotFound, "record")
		f.sees("leaver", "西方")
		if along := f.titles("leaver", "contact"); !slices.Equal(along, []string{"西方联系人"}) {
			t.Errorf("%q", along)
		}
		it, err = f.as("leaver").Get(ctx, "customer", f.id("西方"))
		f.must(err)
		_, err = f.as("leaver").Update(ctx, "customer", it.ID, it.Version, Fields{"city": []byte(`"苏州"`)})
		f.must(err)
		for _, who := range []string{"lin", "leaver"} {
			now, err := f.as(who).Sandbox(ctx, box.ID)
			f.must(err)
			if len(now.Members) != 2 || len(now.Shares) != 1 || now.Shares[0].Count != 1 || now.Shares[0].Giver.Name != "lin" || !now.Shares[0].Until.Equal(box.Until) {
				t.Errorf("%s sees %+v", who, now)
			}
			share = now.Shares[0].ID
		}

		f.passes("西方", "wang")
		f.must(takes("wang", "西方"))
		f.sees("leaver")
		f.sees("wang", "东方", "西方")
		now, err := f.as("lin").Sandbox(ctx, box.ID)
		f.must(err)
		if len(now.Shares) != 0 || now.State != grants.Active {
			t.Errorf("%+v", now)
		}
		log, err := f.as("auditor").AuditEntries(ctx, AuditQuery{Person: f.id("wang"), Kind: kindSandbox, Record: box.ID})
		f.must(err)
		n := 0
		for _, e := range log.Items {
			if e.Action == string(audit.SandboxChanged) {
				if n++; len(e.Rules) == 0 || e.Operation != "withdrawn" || !slices.ContainsFunc(e.Facts, func(x AuditFact) bool { return x.Key == "records" && len(x.IDs) == 1 }) {
					t.Errorf("it is not said by which rule: %+v", e)
				}
			}
		}
		if n != 2 {
			t.Errorf("%d were taken out", n)
		}
	})
}

// Two who take theirs out of one share at once do not bring back each other's.
func TestStraySharesAtOnce(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, name := range []string{"东方", "西方", "北方"} {
			f.customer("lin", name, "")
		}
		box := f.box("lin", 5, f.in("leaver"), f.share("东方", "西方", "北方"))
		f.passes("东方", "wang")
		f.passes("西方", "zhao")
		has := map[string]string{"wang": "东方", "zhao": "西方"}
		var all sync.WaitGroup
		for who, customer := range has {
			all.Go(func() {
				for {
					list := f.strayIn(who, customer)
					if len(list) == 0 {
						return
					}
					if err := f.as(who).TakeOut(ctx, box.ID, list[0].Shares[0].ID, f.id(customer)); err != nil && !fault.Is(err, fault.NotFound) {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		f.sees("leaver", "北方")
	})
}
