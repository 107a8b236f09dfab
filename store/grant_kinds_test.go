package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// moves is a grant of whatever satisfies a condition.
func (f *firm) moves(to string, hours int, when policy.Cond) grants.Grant {
	g := f.lend(to, hours)
	g.When = &when
	return g
}

func beginning(text string) policy.Cond {
	return policy.Cond{Op: policy.OpStarts, Field: "name", Value: &policy.Operand{Text: &text}}
}

// What was chosen by a filter is named; what moves with the data comes and goes with it, and never
// leaves the reach that its giver had.
func TestGrantsByCondition(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		lin := f.as("lin")
		f.customer("lin", "东一", "")
		f.customer("lin", "东二", "")
		f.customer("lin", "西一", "")
		f.customer("wang", "东三", "")
		choice := GrantChoice{Filter: `r.name.startsWith("东")`}
		plan, err := lin.PlanGrant(ctx, f.lend("zhao", 1), choice)
		f.must(err)
		if plan.Records != 2 || plan.Less || plan.Sentence.ZH == "" {
			t.Errorf("%+v", plan)
		}
		f.sees("zhao") // nothing was given by the plan
		given, err := lin.Grant(ctx, f.lend("zhao", 1), choice)
		f.must(err)
		if len(given.Records) != 2 || given.When != nil {
			t.Errorf("%+v", given)
		}
		f.sees("zhao", "东一", "东二")
		f.customer("lin", "东四", "")
		f.sees("zhao", "东一", "东二") // as it was
		f.clock.advance(time.Hour)
		_, err = lin.Grant(ctx, f.lend("zhao", 1), GrantChoice{Filter: `r.name == "无"`})
		f.refused(err, fault.Invalid, "grant_nothing")

		choice.Moving = true
		given, err = lin.Grant(ctx, f.lend("zhao", 1), choice)
		f.must(err)
		if given.When == nil || len(given.Records) != 0 {
			t.Errorf("%+v", given)
		}
		f.sees("zhao", "东一", "东二", "东四")
		f.customer("lin", "东五", "")
		f.sees("zhao", "东一", "东二", "东四", "东五")
		it, err := f.as("boss").Get(ctx, "customer", f.id("东五"))
		f.must(err)
		_, err = f.as("boss").Update(ctx, "customer", it.ID, it.Version, Fields{"owner": []byte(`"` + f.id("wang").String() + `"`)})
		f.must(err)
		f.sees("zhao", "东一", "东二", "东四") // it left the giver's hands
		f.clock.advance(time.Hour)

		// A head gives what is of their units, and no more of a field than on all of it.
		_, err = f.as("chief").Grant(ctx, f.moves("leaver", 1, beginning("东")))
		f.must(err)
		f.sees("leaver", "东一", "东二", "东三", "东四", "东五")
		// What is masked for the giver says nothing by coming and going.
		code := "9"
		_, err = lin.Grant(ctx, f.moves("zhao", 1, policy.Cond{Op: policy.OpStarts, Field: "bank_name", Value: &policy.Operand{Text: &code}}))
		f.refused(err, fault.Denied, "grant_when_masked")
		_, err = lin.Grant(ctx, f.moves("zhao", 1, policy.Cond{Op: policy.OpExists, Relation: "contracts"}))
		f.refused(err, fault.Denied, "grant_when_masked")
		// With a bar that speaks of the giver alone, where they reach cannot be said for others.
		bar := sharing("bar", everything, policy.Clause{Person: f.id("lin")})
		bar.Effect, bar.Fields = policy.Forbid, nil
		when := beginning("西")
		bar.When = &when
		_, err = f.as("admin").PutRule(ctx, bar)
		f.must(err)
		_, err = lin.Grant(ctx, f.moves("zhao", 1, beginning("东")))
		f.refused(err, fault.Denied, "grant_more")
	})
}

// A grant that is given on never exceeds the one it came from, nor outlives it.
func TestGrantsGivenOn(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000"`)
		f.customer("lin", "西方", "")
		f.customer("wang", "南方", "")
		first := f.lend("wang", 10, "东方", "西方")
		_, err := f.as("lin").Grant(ctx, first)
		f.must(err)
		on := func(parent policy.ID, to string, hours int, records ...string) grants.Grant {
			g := f.lend(to, hours, records...)
			g.Parent = parent
			return g
		}
		closed, err := f.as("lin").Grants(ctx, false)
		f.must(err)
		_, err = f.as("wang").Grant(ctx, on(closed[0].ID, "zhao", 1, "东方"))
		f.refused(err, fault.Denied, "grant_not_on")
		first.GiveOn = true
		root, err := f.as("lin").Grant(ctx, first)
		f.must(err)

		_, err = f.as("zhao").Grant(ctx, on(root.ID, "leaver", 1, "东方"))
		f.refused(err, fault.NotFound, "grant")
		_, err = f.as("wang").Grant(ctx, on(root.ID, "zhao", 11, "东方"))
		f.refused(err, fault.Invalid, "grant_outlives")
		_, err = f.as("wang").Grant(ctx, on(root.ID, "zhao", 1, "南方")) // their own, and no part of it
		f.refused(err, fault.Denied, "grant_more")
		more := on(root.ID, "zhao", 10, "东方")
		more.Actions = append(more.Actions, policy.Edit)
		_, err = f.as("wang").Grant(ctx, more)
		f.refused(err, fault.Denied, "grant_more")

		more = on(root.ID, "zhao", 10, "东方")
		more.Fields = []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain}}
		more.GiveOn = true
		second, err := f.as("wang").Grant(ctx, more)
		f.must(err)
		it, err := f.as("zhao").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if _, plain := it.Fields["phone"]; plain {
			t.Error("more came over than was given")
		}
		third := on(second.ID, "leaver", 10, "东方")
		third.GiveOn = true
		last, err := f.as("zhao").Grant(ctx, third)
		f.must(err)
		f.sees("leaver", "东方")
		_, err = f.as("leaver").Grant(ctx, on(last.ID, "chief", 1, "东方"))
		f.refused(err, fault.Denied, "grant_line")

		// Taking the first back ends all of it with the commit, and no job.
		_, err = f.as("lin").RevokeGrant(ctx, root.ID)
		f.must(err)
		f.sees("zhao")
		f.sees("leaver")
		for who, want := range map[string]int{"leaver": 1, "zhao": 2} {
			list, err := f.as(who).FindGrants(ctx, GrantQuery{})
			f.must(err)
			if len(list) != want || list[0].State != grants.Revoked {
				t.Errorf("%s: %+v", who, list)
			}
		}
		// What moves with the data is given on within its condition.
		mov := f.moves("wang", 5, beginning("东"))
		mov.GiveOn = true
		root, err = f.as("lin").Grant(ctx, mov)
		f.must(err)
		part := f.moves("zhao", 5, beginning("东方"))
		part.Parent = root.ID
		_, err = f.as("wang").Grant(ctx, part)
		f.must(err)
		f.sees("zhao", "东方")
		f.clock.advance(5 * time.Hour)
		f.sees("zhao")
	})
}

// A grant for one view is used up by it: of several at once exactly one gets it, and nothing else that
// reads records knows of it.
func TestGrantsForOneView(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `phone="13800138000"`)
		id := f.id("东方")
		g := f.lend("zhao", 2, "东方")
		g.Once = true
		g.Fields = append(g.Fields, policy.FieldRule{Class: policy.Contact, Level: policy.Plain})
		for code, change := range map[string]func(*grants.Grant){
			"grant_once_read":   func(g *grants.Grant) { g.Actions = append(g.Actions, policy.Export) },
			"grant_once_on":     func(g *grants.Grant) { g.GiveOn = true },
			"grant_once_record": func(g *grants.Grant) { g.Records = append(g.Records, 1) },
		} {
			wrong := g
			change(&wrong)
			_, err := f.as("lin").Grant(ctx, wrong)
			if f.refused(err, fault.Invalid, "grant"); fault.From(err).Items[0].Code != code {
				t.Errorf("%v, not %s", err, code)
			}
		}
		g.From = f.clock.Now().Add(time.Hour)
		given, err := f.as("lin").Grant(ctx, g)
		f.must(err)
		_, err = f.as("zhao").ViewGranted(ctx, given.ID)
		f.refused(err, fault.Conflict, "grant_pending")
		f.clock.advance(time.Hour)
		unseen := func() {
			t.Helper()
			f.sees("zhao")
			_, err := f.as("zhao").Get(ctx, "customer", id)
			f.refused(err, fault.NotFound, "record")
			page, err := f.as("zhao").List(ctx, ListQuery{Kind: "customer", Count: true, Search: "东方"})
			f.must(err)
			if page.Total.Count != 0 {
				t.Errorf("%+v", page)
			}
		}
		unseen()
		_, err = f.as("wang").ViewGranted(ctx, given.ID)
		f.refused(err, fault.NotFound, "grant")
		var wait sync.WaitGroup
		var mu sync.Mutex
		shown, codes := 0, map[string]int{}
		for range 12 {
			wait.Go(func() {
				seen, err := f.as("zhao").ViewGranted(ctx, given.ID)
				mu.Lock()
				defer mu.Unlock()
				if err == nil && seen.Item.Fields["phone"] == "13800138000" && len(seen.Item.Can) == 0 && seen.Kind.Name == "customer" {
					shown++
				} else {
					codes[fmt.Sprint(fault.From(err).Code)]++
				}
			})
		}
		wait.Wait()
		if shown != 1 || codes["grant_used"] != 11 {
			t.Errorf("%d views, %v", shown, codes)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'read' AND actor_id = $1 AND record_id = $2", int64(f.id("zhao")), int64(id)); n != 1 {
			t.Errorf("%d views are on record", n)
		}
		unseen()
		list, err := f.as("lin").FindGrants(ctx, GrantQuery{})
		f.must(err)
		if list[0].State != grants.Used || list[0].UsedAt == nil || list[0].LastUsed == nil || len(list[0].Titles) != 1 || list[0].Titles[0].Title != "东方" {
			t.Errorf("%+v", list[0])
		}
		// Who may not read the record is not told what it is called; who is, is on record.
		if list, err = f.as("zhao").FindGrants(ctx, GrantQuery{}); err != nil || len(list) != 1 || len(list[0].Titles) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'list' AND kind = 'customer' AND actor_id = $1", int64(f.id("lin"))); n != 1 {
			t.Errorf("%d entries tell of the titles", n)
		}
		// One more view is another decision; what is taken back shows nothing.
		again, err := f.as("lin").ExtendGrant(ctx, given.ID, f.clock.Now().Add(time.Hour), "再看一次")
		f.must(err)
		if again.Extends != given.ID || again.State != grants.Active || !again.Once {
			t.Errorf("%+v", again)
		}
		_, err = f.as("zhao").RevokeGrant(ctx, again.ID)
		f.must(err)
		_, err = f.as("zhao").ViewGranted(ctx, again.ID)
		f.refused(err, fault.Conflict, "grant_ended")
	})
}

// Extending asks everything again of whoever does it.
func TestGrantsExtended(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		given, err := f.as("lin").Grant(ctx, f.lend("zhao", 1, "东方"))
		f.must(err)
		_, err = f.as("zhao").ExtendGrant(ctx, given.ID, f.clock.Now().Add(9*time.Hour), "")
		f.refused(err, fault.Denied, "grant_extend")
		_, err = f.as("wang").ExtendGrant(ctx, given.ID, f.clock.Now().Add(9*time.Hour), "")
		f.refused(err, fault.NotFound, "grant")
		_, err = f.as("lin").ExtendGrant(ctx, given.ID, given.Until, "")
		f.refused(err, fault.Invalid, "grant_extends")
		longer, err := f.as("lin").ExtendGrant(ctx, given.ID, f.clock.Now().Add(3*time.Hour), "还没跟完")
		f.must(err)
		if longer.ID == given.ID || !longer.From.Equal(given.Until) || longer.Purpose != "还没跟完" {
			t.Errorf("%+v", longer)
		}
		f.clock.advance(time.Hour)
		f.sees("zhao", "东方") // without a gap
		f.clock.advance(2*time.Hour - time.Microsecond)
		f.sees("zhao", "东方")
		f.clock.advance(time.Microsecond)
		f.sees("zhao")
		it, err := f.as("boss").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		_, err = f.as("boss").Update(ctx, "customer", it.ID, it.Version, Fields{"owner": []byte(`"` + f.id("wang").String() + `"`), "unit": []byte(`"` + f.id("华南").String() + `"`)})
		f.must(err)
		_, err = f.as("lin").ExtendGrant(ctx, longer.ID, f.clock.Now().Add(time.Hour), "")
		f.refused(err, fault.NotFound, "record") // it is not theirs any more
	})
}

// Whether a grant was of use is known from the audit log.
func TestGrantsUnusedAndEnding(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("lin", "西方", "")
		used, err := f.as("lin").Grant(ctx, f.lend("zhao", 1, "东方"))
		f.must(err)
		idle, err := f.as("lin").Grant(ctx, f.lend("wang", 100, "西方"))
		f.must(err)
		_, err = f.as("zhao").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		for _, c := range []struct {
			q    GrantQuery
			want policy.ID
		}{
			{GrantQuery{All: true, Unused: true}, idle.ID},
			{GrantQuery{All: true, Ending: 2 * time.Hour}, used.ID},
			{GrantQuery{All: true, Person: f.id("zhao")}, used.ID},
			{GrantQuery{All: true, Kind: "customer", Before: idle.ID}, used.ID},
		} {
			list, err := f.as("admin").FindGrants(ctx, c.q)
			f.must(err)
			if len(list) != 1 || list[0].ID != c.want || (list[0].LastUsed != nil) != (c.want == used.ID) {
				t.Errorf("%+v: %+v", c.q, list)
			}
		}
		if list, err := f.as("admin").FindGrants(ctx, GrantQuery{All: true, Kind: "ticket"}); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		_, err = f.as("zhao").FindGrants(ctx, GrantQuery{All: true})
		f.refused(err, fault.Denied, "right")
	})
}

// What was given on under a grant that was taken back is over, though nobody ended it: it leaves no gap in a page of
// those that are open, behind which the older ones would not be looked for.
func TestPagesOfGrantsAreFull(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		oldest, err := f.as("lin").Grant(ctx, f.lend("zhao", 5, "东方"))
		f.must(err)
		line := f.lend("wang", 5, "东方")
		line.GiveOn = true
		above, err := f.as("lin").Grant(ctx, line)
		f.must(err)
		given := f.lend("zhao", 4, "东方")
		given.Parent = above.ID
		under, err := f.as("wang").Grant(ctx, given)
		f.must(err)
		_, err = f.as("lin").RevokeGrant(ctx, above.ID)
		f.must(err)
		f.must(f.db.write(ctx, f.as("lin").actor, op{name: "grant", raises: true}, func(t *tx) error {
			for range maxGrants - 1 {
				g := f.lend("zhao", 5, "东方")
				g.Giver = f.id("lin")
				if g.ID, err = t.newID(ctx); err == nil {
					err = t.putGrant(ctx, g)
				}
				if err != nil {
					return err
				}
			}
			return nil
		}))
		for _, q := range []GrantQuery{{All: true, Open: true}, {All: true, Unused: true}, {All: true, Ending: 24 * time.Hour}} {
			seen := map[policy.ID]bool{}
			for {
				page, err := f.as("admin").FindGrants(ctx, q)
				f.must(err)
				for _, g := range page {
					if seen[g.ID] || g.ID == under.ID || g.ID == above.ID {
						t.Fatalf("%+v: %s is listed", q, g.ID)
					}
					seen[g.ID] = true
				}
				if len(page) < maxGrants { // as the screen judges it
					break
				}
				q.Before = page[len(page)-1].ID
			}
			if len(seen) != maxGrants || !seen[oldest.ID] {
				t.Errorf("%+v: %d are listed, the oldest among them: %v", q, len(seen), seen[oldest.ID])
			}
		}
	})
}
