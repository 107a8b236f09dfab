package approvals

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/fault"
	"guan/policy"
)

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// office is a company in which asker 1 has head 2, above whom is 3; 4 and 5 hold the pack it.
func office(now time.Time) Company {
	people := map[Source][]policy.ID{
		{Type: Head}: {2}, {Type: HeadAbove}: {3}, {Type: OwnerHead}: {2}, {Type: Pack, Pack: "it"}: {4, 5},
		{Type: Position, Position: "boss"}: {3},
	}
	return Company{Now: now, Ladder: [][]policy.ID{{2}, {3}}, People: func(s Source) []policy.ID {
		if s.Type == Person {
			return []policy.ID{s.Person}
		}
		return people[s]
	}}
}

func step(by ...Source) Step { return Step{By: by, Hours: 24} }

func named(id policy.ID) Source { return Source{Type: Person, Person: id} }

var head, it = Source{Type: Head}, Source{Type: Pack, Pack: "it"}

func refused(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if got := fault.From(err); err == nil || got.Kind != kind || got.Code != code {
		t.Errorf("expected %s %s, got %v", kind, code, err)
	}
}

func asked(t *testing.T, steps ...Step) Request {
	t.Helper()
	if err := Check(steps); err != nil {
		t.Fatal(err)
	}
	r, err := Ask(1, steps, office(start))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func yes(t *testing.T, r Request, person policy.ID, c Company) Request {
	t.Helper()
	r, err := r.Decide(person, Yes, "", c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func who(r Request, c Company) []policy.ID {
	var out []policy.ID
	for _, s := range r.Seats(c) {
		out = append(out, s.Person)
	}
	slices.Sort(out)
	return out
}

func TestHeadThenIT(t *testing.T) {
	c := office(start)
	r := asked(t, step(head), step(it))
	_, err := r.Decide(1, Yes, "", c)
	refused(t, err, fault.Denied, "request_own")
	_, err = r.Decide(4, Yes, "", c)
	refused(t, err, fault.Denied, "request_not_you")
	r = yes(t, r, 2, c)
	if r.State != Pending || r.Step != 1 || !slices.Equal(who(r, c), []policy.ID{4, 5}) {
		t.Fatalf("%+v", r)
	}
	_, err = r.Decide(2, Yes, "", c)
	refused(t, err, fault.Conflict, "request_twice")
	done := yes(t, r, 5, c)
	if done.State != Approved || !slices.Equal(done.Givers(), []policy.ID{5, 2}) {
		t.Fatalf("%+v", done)
	}
	_, err = done.Decide(4, Yes, "", c)
	refused(t, err, fault.Conflict, "request_decided")
	no, err := r.Decide(4, No, "不需要", c)
	if err != nil || no.State != Refused || no.Decisions[1].Words != "不需要" {
		t.Fatalf("%+v %v", no, err)
	}
	_, err = r.Withdraw(2, start)
	refused(t, err, fault.Denied, "request_others")
	if back, err := r.Withdraw(1, start); err != nil || back.State != Withdrawn {
		t.Fatalf("%+v %v", back, err)
	}
}

func TestOneOfEach(t *testing.T) {
	c := office(start)
	r := asked(t, Step{By: []Source{head, it}, All: true, Hours: 1})
	if !slices.Equal(who(r, c), []policy.ID{2, 4, 5}) {
		t.Fatal(who(r, c))
	}
	r = yes(t, r, 4, c)
	if r.State != Pending || !slices.Equal(who(r, c), []policy.ID{2}) {
		t.Fatalf("%+v", r)
	}
	if r = yes(t, r, 2, c); r.State != Approved {
		t.Fatalf("%+v", r)
	}
}

// Who has approved does not approve again: the step is skipped, and says so.
func TestNobodyTwice(t *testing.T) {
	c := office(start)
	r := yes(t, asked(t, step(head), step(named(2), Source{Type: OwnerHead}), step(it)), 2, c)
	if r.Step != 2 || r.Decisions[1].Verdict != Skipped || r.Decisions[1].Person != 2 {
		t.Fatalf("%+v", r)
	}
	refused(t, Check([]Step{step(named(2)), step(named(2))}), fault.Invalid, "chain")
	refused(t, Check(nil), fault.Invalid, "chain")
	refused(t, Check([]Step{step()}), fault.Invalid, "chain")
	refused(t, Check([]Step{step(Source{Type: Position})}), fault.Invalid, "chain")
	refused(t, Check([]Step{step(Source{Type: Head, Pack: "it"})}), fault.Invalid, "chain")
	refused(t, Check([]Step{{By: []Source{head}}}), fault.Invalid, "chain")
}

func TestNobodyLeft(t *testing.T) {
	_, err := Ask(1, []Step{step(head), step(named(1))}, office(start))
	refused(t, err, fault.Conflict, "request_nobody")
	_, err = Ask(1, []Step{{By: []Source{head, named(1)}, All: true, Hours: 1}}, office(start))
	refused(t, err, fault.Conflict, "request_nobody")
	if _, err = Ask(1, []Step{step(head, named(1))}, office(start)); err != nil {
		t.Error(err) // one of them is enough, and one is not who asks
	}
}

func TestAway(t *testing.T) {
	c := office(start)
	c.Away = []Absence{{Person: 2, StandIn: 6, From: start, Until: start.Add(time.Hour)}, {Person: 4, StandIn: 1, From: start, Until: start.Add(time.Hour)}}
	r := asked(t, step(head), step(it))
	if !slices.Equal(who(r, c), []policy.ID{2, 6}) {
		t.Fatal(who(r, c))
	}
	r = yes(t, r, 6, c)
	if d := r.Decisions[0]; d.For != 2 || !slices.Equal(r.Givers(), []policy.ID{6, 2}) {
		t.Fatalf("%+v", r)
	}
	if !slices.Equal(who(r, c), []policy.ID{4, 5}) { // who asks stands in for nobody in their own request
		t.Fatal(who(r, c))
	}
	_, err := r.Decide(2, Yes, "", c)
	refused(t, err, fault.Conflict, "request_twice")
	c.Now = start.Add(time.Hour) // back, to the instant
	if r := asked(t, step(head)); !slices.Equal(who(r, c), []policy.ID{2}) {
		t.Fatal(who(r, c))
	}
	c.Now = start.Add(time.Hour - time.Microsecond)
	if r := asked(t, step(head)); !slices.Equal(who(r, c), []policy.ID{2, 6}) {
		t.Fatal(who(r, c))
	}
}

func TestTime(t *testing.T) {
	r := asked(t, step(named(5)), step(it))
	at := func(d time.Duration) []policy.ID { return who(r, office(start.Add(d))) }
	if got := at(48*time.Hour - time.Microsecond); !slices.Equal(got, []policy.ID{5}) {
		t.Error(got)
	}
	if got := at(48 * time.Hour); !slices.Equal(got, []policy.ID{2, 5}) {
		t.Error(got)
	}
	if r.At(start.Add(72*time.Hour-time.Microsecond)) != Pending || r.At(start.Add(72*time.Hour)) != Expired || at(72*time.Hour) != nil {
		t.Error("expiry")
	}
	_, err := r.Decide(5, Yes, "", office(start.Add(72*time.Hour)))
	refused(t, err, fault.Conflict, "request_decided")
	// The next step has its own time.
	r = yes(t, r, 5, office(start.Add(71*time.Hour)))
	if r.At(start.Add(72*time.Hour)) != Pending || !r.Due().Equal(start.Add(95*time.Hour)) {
		t.Error(r.Due())
	}
	// An empty chair goes to the next head at once; it is no approval.
	r = asked(t, step(named(5)), step(it))
	c := office(start)
	c.People = func(Source) []policy.ID { return nil }
	if got := who(r, c); !slices.Equal(got, []policy.ID{2}) {
		t.Error(got)
	}
}

func TestPassOn(t *testing.T) {
	c := office(start)
	r := yes(t, asked(t, step(head)), 2, c)
	r = r.PassOn([]policy.ID{3}, c)
	if r.State != Pending || !slices.Equal(who(r, c), []policy.ID{3}) || !r.Steps[1].Added {
		t.Fatalf("%+v", r)
	}
	if r = yes(t, r, 3, c); r.State != Approved || !slices.Equal(r.Givers(), []policy.ID{3, 2}) {
		t.Fatalf("%+v", r)
	}
}

// Whatever the chain, the company and who tries: nobody decides their own request or twice, what is
// final stays, every part of an approved chain is approved or skipped because of who approved
// before, and each part has one verdict.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		person := rapid.Custom(func(t *rapid.T) policy.ID { return policy.ID(rapid.IntRange(1, 6).Draw(t, "person")) })
		some := rapid.SliceOfNDistinct(person, 0, 3, rapid.ID[policy.ID])
		source := rapid.Custom(func(t *rapid.T) Source {
			if rapid.Bool().Draw(t, "by name") {
				return named(person.Draw(t, "name"))
			}
			return rapid.SampledFrom([]Source{head, it, {Type: OwnerHead}, {Type: HeadAbove}}).Draw(t, "source")
		})
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Step {
			return Step{By: rapid.SliceOfNDistinct(source, 1, 3, rapid.ID[Source]).Draw(t, "by"), All: rapid.Bool().Draw(t, "all"), Hours: rapid.IntRange(1, 5).Draw(t, "hours")}
		}), 1, 4).Filter(func(steps []Step) bool { return Check(steps) == nil }).Draw(t, "steps")
		company := func(now time.Time) Company {
			found := map[Source][]policy.ID{}
			for _, s := range []Source{head, it, {Type: OwnerHead}, {Type: HeadAbove}} {
				found[s] = some.Draw(t, "people")
			}
			c := Company{Now: now, Ladder: [][]policy.ID{some.Draw(t, "heads"), some.Draw(t, "heads above")}}
			c.People = func(s Source) []policy.ID {
				if s.Type == Person {
					return []policy.ID{s.Person}
				}
				return found[s]
			}
			for range rapid.IntRange(0, 3).Draw(t, "away") {
				c.Away = append(c.Away, Absence{person.Draw(t, "gone"), person.Draw(t, "stands in"), now.Add(-time.Hour), now.Add(time.Hour)})
			}
			return c
		}
		now := start
		asker := person.Draw(t, "asker")
		c := company(now)
		r, err := Ask(asker, steps, c)
		if err != nil {
			if !errors.Is(err, errNobody) {
				t.Fatal(err)
			}
			return
		}
		if len(r.Seats(c)) == 0 {
			t.Fatal("asked, and nobody can decide")
		}
		for range 12 {
			now = now.Add(time.Duration(rapid.IntRange(0, 4).Draw(t, "wait")) * time.Hour)
			if rapid.IntRange(0, 3).Draw(t, "reorganised") == 0 {
				c = company(now)
			}
			c.Now = now
			was, by := r, person.Draw(t, "by")
			verdict := rapid.SampledFrom([]Verdict{Yes, Yes, Yes, No}).Draw(t, "verdict")
			next, err := r.Decide(by, verdict, "", c)
			sits := slices.ContainsFunc(was.Seats(c), func(s Seat) bool { return s.Person == by })
			if (err == nil) != sits || err == nil && was.At(now) != Pending {
				t.Fatalf("%d decides: %v, sits %v, state %s", by, err, sits, was.At(now))
			}
			if err == nil {
				r = next
			}
			if was.State != Pending && r.State != was.State || len(was.Decisions) > len(r.Decisions) {
				t.Fatalf("from %+v to %+v", was, r)
			}
		}
		seen, parts := map[policy.ID]bool{}, map[[2]int]bool{}
		for i, d := range r.Decisions {
			part := [2]int{d.Step, d.Slot}
			if parts[part] || d.Person == asker {
				t.Fatalf("decision %d: %+v", i, r.Decisions)
			}
			parts[part] = true
			if d.Verdict == Skipped {
				if len(seen) == 0 {
					t.Fatalf("skipped without an approval before: %+v", r.Decisions)
				}
				continue
			}
			if seen[d.Person] || d.For != 0 && seen[d.For] {
				t.Fatalf("twice: %+v", r.Decisions)
			}
			seen[d.Person] = true
			if d.For != 0 {
				seen[d.For] = true
			}
		}
		if r.State == Approved {
			for i, s := range r.Steps {
				for slot := range s.slots() {
					if !parts[[2]int{i, slot}] {
						t.Fatalf("approved without part %d of step %d: %+v", slot, i, r.Decisions)
					}
				}
			}
		}
	})
}
