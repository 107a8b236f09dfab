package grants_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

func goodBox() grants.Sandbox {
	return grants.Sandbox{ID: 1, Sponsor: 10, Title: "双十一", Purpose: "联合方案", From: day("2026-03-01"), Until: day("2026-04-01"),
		Members: []grants.Member{{Person: 11, Mode: grants.View}, {Person: 12, Mode: grants.Edit, Gives: true}},
		Shares: []grants.Share{{ID: 2, Giver: 10, Kind: "customer", Records: []policy.ID{7}, Actions: []policy.Action{policy.Read, policy.Edit},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain, Edit: true}}, From: day("2026-03-01"), Until: day("2026-04-01")}}}
}

// What a share gives, to whom and when.
func TestSandboxLends(t *testing.T) {
	s := goodBox()
	left := day("2026-03-10")
	s.Members = append(s.Members, grants.Member{Person: 13, Mode: grants.Edit, Left: &left})
	lent := s.Lends(s.Shares[0])
	type row struct {
		until  time.Time
		edit   bool
		people []policy.ID
	}
	want := []row{{left, true, []policy.ID{13}}, {left, false, []policy.ID{13}}, {s.Until, true, []policy.ID{12}}, {s.Until, false, []policy.ID{11, 12}}}
	if len(lent) != len(want) {
		t.Fatalf("%+v", lent)
	}
	for i, l := range lent {
		if !l.Until.Equal(want[i].until) || l.Edit != want[i].edit || !slices.Equal(l.People, want[i].people) || l.Fields[0].Edit != l.Edit {
			t.Errorf("%d: %+v", i, l)
		}
	}
	// What a member puts in reaches the sponsor, and not themselves.
	s.Shares[0].Giver, s.Shares[0].Actions = 12, []policy.Action{policy.Read}
	if lent := s.Lends(s.Shares[0]); len(lent) != 2 || !slices.Equal(lent[1].People, []policy.ID{10, 11}) {
		t.Errorf("%+v", lent)
	}
	// It leaves with them, and is not there of who may put nothing in.
	s.Members[1].Left = &left
	for _, l := range s.Lends(s.Shares[0]) {
		if !l.Until.Equal(left) {
			t.Errorf("%+v", l)
		}
	}
	s.Members[1].Gives = false
	if lent := s.Lends(s.Shares[0]); len(lent) != 0 {
		t.Errorf("%+v", lent)
	}
}

// Nobody is lent anything outside of the window of the sandbox, of the share and of their own, nor
// after one of them was cut short; and within all of them everybody is.
func TestSandboxWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		instant := rapid.Custom(func(t *rapid.T) time.Time {
			return day("2026-03-01").Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "hour")) * time.Hour)
		})
		maybe := func(name string) *time.Time {
			if rapid.Bool().Draw(t, "has "+name) {
				at := instant.Draw(t, name)
				return &at
			}
			return nil
		}
		s := goodBox()
		s.From, s.Until, s.EndedAt, s.Leaves = instant.Draw(t, "from"), instant.Draw(t, "until"), maybe("ended"), maybe("leaves")
		x := &s.Shares[0]
		x.From, x.Until, x.WithdrawnAt, x.Leaves = instant.Draw(t, "share from"), instant.Draw(t, "share until"), maybe("withdrawn"), maybe("giver leaves")
		for i := range s.Members {
			s.Members[i].Joined, s.Members[i].Left = instant.Draw(t, "joined"), maybe("left")
		}
		now := instant.Draw(t, "now").Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "tick")) * time.Microsecond)
		before := func(at *time.Time) bool { return at == nil || now.Before(*at) }
		open := !now.Before(s.From) && now.Before(s.Until) && before(s.EndedAt) && before(s.Leaves) &&
			!now.Before(x.From) && now.Before(x.Until) && before(x.WithdrawnAt) && before(x.Leaves)
		for _, m := range s.Members {
			reads, edits := 0, 0
			for _, l := range s.Lends(*x) {
				if from, end := l.Window(); slices.Contains(l.People, m.Person) && !now.Before(from) && now.Before(end) {
					if l.Edit {
						edits++
					} else {
						reads++
					}
				}
			}
			in := open && m.At(now)
			if (reads == 1) != in || reads > 1 || (edits == 1) != (in && m.Mode == grants.Edit) {
				t.Fatalf("%d reads %d and edits %d, in is %v", m.Person, reads, edits, in)
			}
		}
	})
}

func TestSandboxChecks(t *testing.T) {
	s := goodBox()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckShare(s.Shares[0]); err != nil {
		t.Fatal(err)
	}
	late := day("2026-04-02")
	for code, spoil := range map[string]func(*grants.Sandbox){
		"sandbox_sponsor":        func(s *grants.Sandbox) { s.Sponsor = 0 },
		"sandbox_title":          func(s *grants.Sandbox) { s.Title = " " },
		"sandbox_title_text":     func(s *grants.Sandbox) { s.Title = "a\nb" },
		"grant_purpose":          func(s *grants.Sandbox) { s.Purpose = "" },
		"grant_window":           func(s *grants.Sandbox) { s.Until = s.From },
		"grant_long":             func(s *grants.Sandbox) { s.Until = s.From.AddDate(2, 0, 0) },
		"sandbox_member":         func(s *grants.Sandbox) { s.Members[1].Person = 11 },
		"sandbox_sponsor_member": func(s *grants.Sandbox) { s.Members[1].Person = 10 },
		"sandbox_mode":           func(s *grants.Sandbox) { s.Members[1].Mode = "own" },
		"sandbox_member_until":   func(s *grants.Sandbox) { s.Members[1].Left = &late },
		"sandbox_members_many":   func(s *grants.Sandbox) { s.Members = make([]grants.Member, grants.MaxMembers+1) },
		"sandbox_shares_many":    func(s *grants.Sandbox) { s.Shares = make([]grants.Share, grants.MaxShares+1) },
	} {
		s := goodBox()
		spoil(&s)
		if !hasItem(s.Check(), code) {
			t.Errorf("%s: %v", code, s.Check())
		}
	}
	for code, spoil := range map[string]func(*grants.Share){
		"grant_giver":      func(x *grants.Share) { x.Giver = 0 },
		"grant_kind":       func(x *grants.Share) { x.Kind = "" },
		"grant_reach":      func(x *grants.Share) { x.Records = nil },
		"grant_fields":     func(x *grants.Share) { x.Fields = nil },
		"sandbox_actions":  func(x *grants.Share) { x.Actions = append(x.Actions, policy.Export) },
		"sandbox_outlives": func(x *grants.Share) { x.Until = late },
	} {
		x := goodBox().Shares[0]
		spoil(&x)
		if err := goodBox().CheckShare(x); !hasItem(err, code) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func hasItem(err error, code string) bool {
	return err != nil && slices.ContainsFunc(fault.From(err).Items, func(i fault.Item) bool { return i.Code == code })
}
