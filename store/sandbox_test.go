package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/internal/testdb"
	"guan/policy"
)

// share is general fields of customers, for reading.
func (f *firm) share(records ...string) NewShare {
	n := NewShare{Kind: "customer", Actions: []policy.Action{policy.Read}, Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}}
	for _, r := range records {
		n.Records = append(n.Records, f.id(r))
	}
	return n
}

// box opens a sandbox for some hours.
func (f *firm) box(sponsor string, hours int, members []NewMember, shares ...NewShare) *Sandbox {
	f.t.Helper()
	made, err := f.as(sponsor).CreateSandbox(context.Background(), NewSandbox{Title: "双十一联合跟进", Purpose: "大客户联合方案",
		Until: f.clock.Now().Add(time.Duration(hours) * time.Hour), Members: members, Shares: shares})
	f.must(err)
	return made
}

func (f *firm) in(who ...string) []NewMember {
	var list []NewMember
	for _, w := range who {
		list = append(list, NewMember{Person: f.id(w), Mode: grants.View})
	}
	return list
}

// The story: opened for a purpose, members of several units, each sees what was put in, until they
// leave, it is withdrawn, or the sandbox ends.
func TestSandboxStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000"`)
		f.customer("lin", "西方", "")
		f.customer("wang", "南方", "")
		box := f.box("lin", 5, f.in("wang", "leaver"), f.share("东方", "西方"))
		if box.State != grants.Active || box.Role != RoleSponsor || len(box.Members) != 2 || len(box.Shares) != 1 || box.Shares[0].Count != 2 || len(box.Shares[0].Titles) != 2 || box.Members[0].Unit != "华南" {
			t.Errorf("%+v", box)
		}
		f.sees("wang", "东方", "西方", "南方")
		f.sees("leaver", "东方", "西方")
		f.sees("zhao")
		it, err := f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if _, plain := it.Fields["phone"]; plain || it.Fields["name"] != "东方" || len(it.Can) != 0 {
			t.Errorf("%+v", it)
		}
		why, err := f.as("wang").Explain(ctx, ExplainQuery{Kind: "customer", ID: f.id("东方")})
		f.must(err)
		if len(why.Permits) != 1 || why.Permits[0].From.ZH != "双十一联合跟进（lin 发起）" || !why.Permits[0].Until.Equal(box.Until) {
			t.Errorf("%+v", why.Permits)
		}
		// Who is not in it knows nothing of it.
		_, err = f.as("zhao").Sandbox(ctx, box.ID)
		f.refused(err, fault.NotFound, "sandbox")
		_, err = f.as("zhao").EndSandbox(ctx, box.ID)
		f.refused(err, fault.NotFound, "sandbox")
		_, err = f.as("wang").AddShare(ctx, box.ID, f.share("南方"))
		f.refused(err, fault.Denied, "sandbox_givers")
		_, err = f.as("wang").AddMembers(ctx, box.ID, f.in("zhao"))
		f.refused(err, fault.Denied, "sandbox_sponsor")
		// A co-sponsor puts in their own; nobody what they have by the sandbox, or not at all.
		_, err = f.as("lin").AddMembers(ctx, box.ID, []NewMember{{Person: f.id("wang"), Gives: true}, {Person: f.id("zhao")}})
		f.must(err)
		_, err = f.as("wang").AddShare(ctx, box.ID, f.share("东方"))
		f.refused(err, fault.Denied, "grant_more")
		_, err = f.as("lin").AddShare(ctx, box.ID, f.share("南方"))
		f.refused(err, fault.NotFound, "record")
		_, err = f.as("wang").AddShare(ctx, box.ID, f.share("南方"))
		f.must(err)
		f.sees("zhao", "东方", "西方", "南方")
		f.sees("lin", "东方", "西方", "南方") // what others put in is the sponsor's too
		_, err = f.as("lin").AddShare(ctx, box.ID, f.share("南方"))
		f.refused(err, fault.Denied, "grant_more") // lent is not lent on
		// Leaving takes along what one put in, with the commit.
		f.must(f.as("wang").RemoveMember(ctx, box.ID, f.id("wang")))
		f.sees("wang", "南方")
		f.sees("zhao", "东方", "西方")
		f.sees("lin", "东方", "西方")
		left, err := f.as("wang").Sandbox(ctx, box.ID)
		f.must(err)
		if left.Role != RoleFormer || len(left.Members) != 0 || len(left.Shares) != 0 || !slices.Equal(left.Can, []string{"statement"}) {
			t.Errorf("%+v", left)
		}
		// What is withdrawn is gone.
		box, err = f.as("lin").Sandbox(ctx, box.ID)
		f.must(err)
		err = f.as("zhao").WithdrawShare(ctx, box.ID, box.Shares[0].ID)
		f.refused(err, fault.Denied, "sandbox_sponsor")
		_, err = f.as("lin").AddShare(ctx, box.ID, f.share("西方"))
		f.must(err)
		f.must(f.as("lin").WithdrawShare(ctx, box.ID, box.Shares[0].ID))
		f.sees("zhao", "西方")
		f.clock.advance(time.Microsecond)
		ended, err := f.as("lin").EndSandbox(ctx, box.ID)
		f.must(err)
		if ended.State != grants.Ended || ended.EndedAt == nil || len(ended.Members) != 2 || !slices.Equal(ended.Can, []string{"statement"}) {
			t.Errorf("%+v", ended)
		}
		f.sees("zhao")
		f.sees("leaver")
		_, err = f.as("lin").EndSandbox(ctx, box.ID)
		f.refused(err, fault.Conflict, "sandbox_ended")
		_, err = f.as("lin").AddShare(ctx, box.ID, f.share("西方"))
		f.refused(err, fault.Conflict, "sandbox_ended")
	})
}

// Its members edit what is shared for editing, if they are there for that: fields, never where a record
// belongs; and take nothing out.
func TestSandboxEdits(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000"`)
		f.customer("lin", "西方", "")
		n := f.share("东方", "西方")
		n.Actions, n.Fields[0].Edit = []policy.Action{policy.Read, policy.Edit}, true
		plan, err := f.as("lin").PlanShare(ctx, n, "联合", f.clock.Now(), f.clock.Now().Add(time.Hour))
		f.must(err)
		if plan.Records != 2 || plan.Sentence.ZH == "" {
			t.Errorf("%+v", plan)
		}
		box := f.box("lin", 5, []NewMember{{Person: f.id("leaver"), Mode: grants.Edit}, {Person: f.id("zhao"), Mode: grants.View}}, n)
		it, err := f.as("leaver").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if !slices.Equal(it.Can, []policy.Action{policy.Edit}) || !slices.Contains(it.Editable, "city") || slices.Contains(it.Editable, "owner") || slices.Contains(it.Editable, "phone") {
			t.Errorf("%v %v", it.Can, it.Editable)
		}
		changed, err := f.as("leaver").Update(ctx, "customer", it.ID, it.Version, Fields{"city": []byte(`"杭州"`)})
		f.must(err)
		_, err = f.as("leaver").Update(ctx, "customer", it.ID, changed.Version, Fields{"owner": []byte(`"` + f.id("leaver").String() + `"`)})
		f.refused(err, fault.Denied, "field_locked")
		_, err = f.as("zhao").Update(ctx, "customer", it.ID, changed.Version, Fields{"city": []byte(`"宁波"`)})
		f.refused(err, fault.Denied, "action")
		if names, err := f.rows("zhao", func() {}); err == nil && len(names) > 0 {
			t.Errorf("%v were exported", names)
		}
		_, err = f.as("leaver").OrderExport(ctx, ListQuery{Kind: "customer"}, "对账", "csv", "zh")
		f.refused(err, fault.Denied, "export")
		for _, action := range []policy.Action{policy.Export, policy.Delete, policy.Claim} {
			n := f.share("东方")
			n.Actions = append(n.Actions, action)
			_, err = f.as("boss").CreateSandbox(ctx, NewSandbox{Title: "x", Purpose: "x", Until: f.clock.Now().Add(time.Hour), Shares: []NewShare{n}})
			if f.refused(err, fault.Invalid, "sandbox_share"); len(fault.From(err).Items) != 1 || fault.From(err).Items[0].Code != "sandbox_actions" {
				t.Errorf("%v", err)
			}
		}
		f.sees("zhao", "东方", "西方")

		// The statement: who saw and changed what; each member their own part.
		said, err := f.as("lin").SandboxStatement(ctx, box.ID)
		f.must(err)
		if said.Mine || len(said.Members) != 2 || said.Totals != (StatementTotals{Opened: 1, Listed: 2, Changed: 1, Refused: 3}) {
			t.Errorf("%+v", said)
		}
		for _, m := range said.Members {
			want := StatementTotals{Opened: 1, Changed: 1, Refused: 1}
			if m.Person.Name == "zhao" {
				want = StatementTotals{Listed: 2, Refused: 2}
			}
			if m.Totals != want || m.Joined == nil {
				t.Errorf("%s: %+v", m.Person.Name, m)
			}
			for _, r := range m.Records {
				if r.Record == it.ID && m.Person.Name == "leaver" && (len(r.Fields) != 1 || r.Fields[0].Name != "city" || r.Title != "东方" || r.Opened != 1) {
					t.Errorf("%+v", r)
				}
			}
		}
		mine, err := f.as("leaver").SandboxStatement(ctx, box.ID)
		f.must(err)
		if !mine.Mine || len(mine.Members) != 1 || mine.Members[0].Person.Name != "leaver" {
			t.Errorf("%+v", mine)
		}
		for _, who := range []string{"auditor", "admin"} {
			all, err := f.as(who).SandboxStatement(ctx, box.ID)
			f.must(err)
			if len(all.Members) != 2 || who == "admin" && all.Members[0].Records[0].Title != "" {
				t.Errorf("%s: %+v", who, all)
			}
		}
		_, err = f.as("wang").SandboxStatement(ctx, box.ID)
		f.refused(err, fault.NotFound, "sandbox")
		list, err := f.as("admin").Sandboxes(ctx, SandboxQuery{Scope: "all", State: "open"})
		f.must(err)
		if len(list) != 1 || list[0].Role != RoleOverseer || !slices.Contains(list[0].Can, "end") {
			t.Errorf("%+v", list)
		}
		_, err = f.as("zhao").Sandboxes(ctx, SandboxQuery{Scope: "all"})
		f.refused(err, fault.Denied, "right")
	})
}

// It begins and ends at its instant, for each member at theirs; extending is a decision of that
// moment; and it ends with the last appointment of its sponsor.
func TestSandboxTime(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `annual_sales="5000";currency="CNY"`)
		f.customer("lin", "西方", "")
		money := f.share("东方")
		money.Fields = append(money.Fields, policy.FieldRule{Class: policy.Amount, Level: policy.Plain})
		from, until, early := f.clock.Now().Add(time.Hour), f.clock.Now().Add(3*time.Hour), f.clock.Now().Add(2*time.Hour)
		box, err := f.as("lin").CreateSandbox(ctx, NewSandbox{Title: "限时", Purpose: "限时", From: &from, Until: until,
			Members: []NewMember{{Person: f.id("zhao")}, {Person: f.id("leaver"), Until: &early}}, Shares: []NewShare{money}})
		f.must(err)
		if box.State != grants.Pending {
			t.Errorf("%+v", box)
		}
		at := func(to time.Time) { f.clock.advance(to.Sub(f.clock.Now())) }
		for _, c := range []struct {
			at           time.Time
			zhao, leaver int
		}{
			{from.Add(-time.Microsecond), 0, 0}, {from, 1, 1}, {early.Add(-time.Microsecond), 1, 1}, {early, 1, 0}, {until.Add(-time.Microsecond), 1, 0}, {until, 0, 0},
		} {
			at(c.at)
			for who, want := range map[string]int{"zhao": c.zhao, "leaver": c.leaver} {
				page, err := f.as(who).List(ctx, ListQuery{Kind: "customer", Count: true, Sums: []string{"annual_sales"}})
				f.must(err)
				found, err := f.as(who).List(ctx, ListQuery{Kind: "customer", Search: "东方"})
				f.must(err)
				_, got := f.as(who).Get(ctx, "customer", f.id("东方"))
				if (page.Sums["annual_sales"]["CNY"] == "5000.00") != (want == 1) || len(page.Items) != want || page.Total.Count != want || len(found.Items) != want || (got == nil) != (want == 1) {
					t.Errorf("%s at %v: list %d, count %d, search %d, get %v", who, c.at, len(page.Items), page.Total.Count, len(found.Items), got)
				}
			}
		}
		_, err = f.as("lin").ExtendSandbox(ctx, box.ID, until.Add(time.Hour))
		f.refused(err, fault.Conflict, "sandbox_ended")

		// Extended, what no longer is the sponsor's cannot stay in.
		box = f.box("lin", 2, f.in("zhao"), f.share("东方"), f.share("西方"))
		it, err := f.as("boss").Get(ctx, "customer", f.id("西方"))
		f.must(err)
		_, err = f.as("boss").Update(ctx, "customer", it.ID, it.Version, Fields{"owner": []byte(`"` + f.id("wang").String() + `"`)})
		f.must(err)
		f.sees("zhao", "东方", "西方") // as it was decided
		_, err = f.as("lin").ExtendSandbox(ctx, box.ID, box.Until.Add(time.Hour))
		f.refused(err, fault.NotFound, "record")
		f.sees("zhao", "东方", "西方")
		f.must(f.as("lin").WithdrawShare(ctx, box.ID, box.Shares[1].ID))
		_, err = f.as("zhao").ExtendSandbox(ctx, box.ID, box.Until.Add(time.Hour))
		f.refused(err, fault.Denied, "sandbox_sponsor")
		more, err := f.as("lin").ExtendSandbox(ctx, box.ID, box.Until.Add(time.Hour))
		f.must(err)
		at(box.Until.Add(time.Hour - time.Microsecond))
		f.sees("zhao", "东方")
		at(more.Until)
		f.sees("zhao")

		// The sponsor leaves the company.
		box = f.box("lin", 24, f.in("zhao"), f.share("东方"))
		f.sees("zhao", "东方")
		a := f.appointment("lin")
		gone := f.clock.Now().Add(time.Hour)
		_, err = f.as("admin").ChangeAppointment(ctx, a.ID, a.Version, AppointmentChange{Until: &gone})
		f.must(err)
		at(gone.Add(-time.Microsecond))
		f.sees("zhao", "东方")
		at(gone)
		f.sees("zhao")
		over, err := f.as("zhao").Sandbox(ctx, box.ID)
		f.must(err)
		if over.State != grants.Ended || !over.EndedAt.Equal(gone) {
			t.Errorf("%+v", over)
		}
		_, err = f.as("leaver").CreateSandbox(ctx, NewSandbox{Title: "x", Purpose: "x", Until: f.clock.Now().Add(time.Hour)})
		f.refused(err, fault.Denied, "sandbox_post")
	})
}

// Whatever is put into a sandbox by whomever: its members see no record and no field that its giver
// could not grant, and when they leave, or it ends, what they saw before.
func TestSandboxNeverExceeds(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		ctx := context.Background()
		random := rand.New(rand.NewPCG(7, 25))
		owners := []string{"lin", "wang", "boss"}
		for i := range 9 {
			f.customer(owners[i%3], fmt.Sprintf("客%d", i), `phone="1380013800`+fmt.Sprint(i)+`";annual_sales="10";currency="CNY";city="C`+fmt.Sprint(i%2)+`"`)
		}
		picture := func(who string) map[policy.ID]map[string]int {
			out := map[policy.ID]map[string]int{}
			for _, it := range f.list(who, "customer") {
				levels := map[string]int{}
				for name := range it.Fields {
					levels[name] = 2
				}
				for name := range it.Masked {
					levels[name] = 1
				}
				out[it.ID] = levels
			}
			return out
		}
		same := func(a, b map[policy.ID]map[string]int) bool { return fmt.Sprint(a) == fmt.Sprint(b) }
		for range 8 {
			f.clock.advance(time.Hour)
			before, all := picture("zhao"), map[string]map[policy.ID]map[string]int{}
			members := append(f.in("zhao"), NewMember{Person: f.id("wang"), Gives: true, Mode: grants.Edit})
			box := f.box([]string{"lin", "chief", "boss"}[random.IntN(3)], 1, members)
			givers := []string{box.Sponsor.Name, "wang"}
			for _, who := range givers {
				all[who] = picture(who)
			}
			for range 3 {
				giver := givers[random.IntN(2)]
				n := f.share()
				n.Fields = []policy.FieldRule{{Class: policy.Everything, Level: policy.Level(1 + random.IntN(2))}}
				if random.IntN(2) == 0 {
					n.Fields = append(n.Fields, policy.FieldRule{Class: policy.Contact, Level: policy.Plain})
				}
				if random.IntN(3) == 0 {
					n.Choose = &GrantChoice{Filter: fmt.Sprintf(`r.city == "C%d"`, random.IntN(2)), Moving: random.IntN(2) == 0}
				} else {
					for i := range 9 {
						if random.IntN(3) == 0 {
							n.Records = append(n.Records, f.id(fmt.Sprintf("客%d", i)))
						}
					}
				}
				_, _ = f.as(giver).AddShare(ctx, box.ID, n) // refused or not
			}
			for id, levels := range picture("zhao") {
				for name, level := range levels {
					most := before[id][name]
					for _, who := range givers {
						most = max(most, all[who][id][name])
					}
					if level > most {
						t.Errorf("%s of %v shows as %d, its givers have %d", name, id, level, most)
					}
				}
			}
			if random.IntN(2) == 0 {
				f.must(f.as(box.Sponsor.Name).RemoveMember(ctx, box.ID, f.id("zhao")))
			} else {
				_, err := f.as(box.Sponsor.Name).EndSandbox(ctx, box.ID)
				f.must(err)
			}
			if !same(before, picture("zhao")) {
				t.Error("who left sees something else than before")
			}
		}
	})
}

// Many at once: the sponsor takes people out while they read; after a removal was acknowledged nobody
// who was removed reads anything.
func TestSandboxRemovalRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		box := f.box("lin", 5, f.in("zhao"), f.share("东方"))
		var group sync.WaitGroup
		gone := make(chan struct{})
		for range 20 {
			group.Go(func() {
				for range 5 {
					after := false
					select {
					case <-gone:
						after = true
					default:
					}
					if _, err := f.as("zhao").Get(ctx, "customer", f.id("东方")); after && err == nil {
						t.Error("read after the removal")
					}
				}
			})
		}
		f.must(f.as("lin").RemoveMember(ctx, box.ID, f.id("zhao")))
		close(gone)
		group.Wait()
		f.sees("zhao")
	})
}

// Those who are in it are told of the end beforehand, once for each end; and what somebody holds says
// that they are in it.
func TestSandboxTold(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		box := f.box("lin", 30, f.in("zhao", "wang"), f.share("东方"))
		job := f.db.System(JobRequests, DefaultTenant)
		told := func(who string, want ...string) {
			t.Helper()
			for more := true; more; {
				var err error
				more, err = job.WarnOfSandboxes(ctx)
				f.must(err)
			}
			page, err := f.as(who).Notices(ctx, "", false)
			f.must(err)
			var got []string
			for _, n := range page.Items {
				if n.Record == box.ID {
					got = append(got, n.What)
				}
			}
			if slices.Reverse(got); !slices.Equal(got, want) {
				t.Errorf("%s is told of %v, not %v", who, got, want)
			}
		}
		f.must(f.as("wang").RemoveMember(ctx, box.ID, f.id("wang")))
		told("zhao", NoticeSandbox)
		f.clock.advance(7 * time.Hour)
		told("zhao", NoticeSandbox, NoticeSandboxEnds)
		told("lin", NoticeSandboxLeft, NoticeSandboxEnds)
		told("wang", NoticeSandbox)
		more, err := f.as("lin").ExtendSandbox(ctx, box.ID, box.Until.Add(48*time.Hour))
		f.must(err)
		told("zhao", NoticeSandbox, NoticeSandboxEnds)
		for _, who := range []string{"zhao", "chief", "admin"} {
			held, err := f.as(who).Access(ctx, f.id("zhao"))
			f.must(err)
			if len(held.Boxes) != 1 || held.Boxes[0].Sponsor.Name != "lin" || !held.Boxes[0].Until.Equal(more.Until) {
				t.Errorf("%s: %+v", who, held.Boxes)
			}
			named := false
			for _, k := range held.Kinds {
				for _, w := range k.Ways {
					named = named || w.Origin.Type == "sandbox" && w.Origin.ID == box.ID.String()
				}
			}
			if !named {
				t.Errorf("%s: no rule of the sandbox", who)
			}
		}
		f.clock.advance(60 * time.Hour)
		told("zhao", NoticeSandbox, NoticeSandboxEnds, NoticeSandboxEnds)
		_, err = f.as("lin").EndSandbox(ctx, box.ID)
		f.must(err)
		told("zhao", NoticeSandbox, NoticeSandboxEnds, NoticeSandboxEnds, NoticeSandboxEnded)
		_, err = f.db.System(JobRecycle, DefaultTenant).WarnOfSandboxes(ctx)
		if err == nil {
			t.Error("another job may warn of sandboxes")
		}
	})
}

// What is read, said and downloaded below a record counts as well; and what forbids holds in a
// sandbox as anywhere, also when it is written afterwards.
func TestSandboxBeneath(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		id := f.id("东方")
		file, err := f.as("lin").Attach(ctx, "customer", id, fileOf("方案.pdf", []byte("%PDF-1.4 a")))
		f.must(err)
		n := f.share("东方")
		n.Fields = append(n.Fields, policy.FieldRule{Class: policy.Communication, Level: policy.Plain})
		box := f.box("lin", 5, f.in("zhao"), n)
		zhao := f.as("zhao")
		_, err = zhao.Timeline(ctx, TimelineQuery{Kind: "customer", ID: id})
		f.must(err)
		_, err = zhao.Comments(ctx, "customer", id, "")
		f.must(err)
		_, err = zhao.AddComment(ctx, "customer", id, NewComment{Text: "已看过"})
		f.must(err)
		_, err = zhao.Download(ctx, "customer", id, file.ID)
		f.must(err)
		said, err := f.as("lin").SandboxStatement(ctx, box.ID)
		f.must(err)
		if len(said.Members) != 1 || said.Members[0].Totals != (StatementTotals{Opened: 1, Changed: 1, Files: 1}) {
			t.Errorf("%+v", said)
		}
		guard := sharing("closed", everything, policy.Clause{Everyone: true})
		guard.Effect, guard.Fields = policy.Forbid, nil
		when := beginning("东")
		guard.When = &when
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err)
		f.sees("zhao")
		told, err := zhao.Sandbox(ctx, box.ID)
		f.must(err)
		if told.Shares[0].Count != 0 || len(told.Shares[0].Titles) != 0 {
			t.Errorf("%+v", told.Shares[0])
		}
	})
}
