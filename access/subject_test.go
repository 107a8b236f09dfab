package access_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/access"
	"guan/org"
	"guan/policy"
)

// The company: 1 ─ 2 south ─ 4 bay store (at a place), 5 town store
//
//	└ 3 east ─ 6 lake store
func company(t *testing.T) *org.Tree {
	t.Helper()
	u := func(id, parent policy.ID, name string, heads ...policy.ID) org.Unit {
		return org.Unit{ID: id, Parent: parent, Name: name, Type: "unit", Heads: heads}
	}
	bay := u(4, 2, "bay", 102)
	bay.Place = &policy.LatLng{Lat: 22.5, Lng: 113.9}
	town := u(5, 2, "town")
	town.Place = &policy.LatLng{}
	tree, err := org.NewTree([]org.Unit{u(1, 0, "company", 100), u(2, 1, "south", 101, 102), u(3, 1, "east"), bay, town, u(6, 3, "lake", 102)})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func post(person, unit policy.ID, position, from, until string) org.Appointment {
	a := org.Appointment{ID: person*100 + unit, Person: person, Unit: unit, Position: position, From: day(from)}
	if until != "" {
		end := day(until)
		a.Until = &end
	}
	return a
}

func TestSubject(t *testing.T) {
	tree := company(t)
	list := []org.Appointment{
		post(100, 1, "boss", "2020-01-01", ""),
		post(102, 2, "head", "2020-01-01", "2026-06-01"),
		post(102, 4, "keeper", "2026-01-01", ""),
		post(102, 3, "keeper", "2026-09-01", ""),
		post(103, 5, "seller", "2020-01-01", "2026-01-01"),
		post(104, 99, "seller", "2020-01-01", ""),
	}
	pools := []access.Pool{
		{ID: 50, Open: policy.Who{Any: []policy.Clause{{Unit: 2, Below: true}}}},
		{ID: 51, Open: policy.Who{Any: []policy.Clause{{Position: "keeper", Unit: 3}}}},
		{ID: 52, Open: policy.Who{Any: []policy.Clause{{Everyone: true}}, Except: []policy.Clause{{Person: 100}}}},
		{ID: 53},
		{ID: 54, Open: policy.Who{Any: []policy.Clause{{}}}},
		{ID: 49, Open: policy.Who{Any: []policy.Clause{{Position: "keeper"}}}},
		{ID: 55, Open: policy.Who{Any: []policy.Clause{{Unit: 6}, {Unit: 5}}, Except: []policy.Clause{{Person: 100}}}},
	}
	at := func(person policy.ID, now string) (policy.Subject, time.Time) {
		return access.Subject(person, tree, list, pools, day(now))
	}
	check := func(what string, got, want []policy.ID) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	s, until := at(102, "2026-03-01")
	check("units", s.Units, []policy.ID{2, 4})
	check("below", s.Below, []policy.ID{2, 4, 5})
	check("headed", s.Headed, []policy.ID{2, 4, 5, 6})
	check("pools", s.Pools, []policy.ID{49, 50, 52, 55})
	if len(s.Posts) != 2 || s.Posts[1].Position != "keeper" || !slices.Equal(s.Posts[1].Above, []policy.ID{2, 1}) {
		t.Errorf("posts %+v", s.Posts)
	}
	if len(s.Anchors) != 1 || s.Anchors[0].Lat != 22.5 {
		t.Errorf("anchors %+v", s.Anchors)
	}
	if !until.Equal(day("2026-06-01")) {
		t.Errorf("valid until %v", until)
	}
	s, until = at(102, "2026-06-01")
	check("units after the end", s.Units, []policy.ID{4})
	if !until.Equal(day("2026-09-01")) {
		t.Errorf("valid until %v", until)
	}
	s, until = at(102, "2026-09-01")
	check("units after the beginning", s.Units, []policy.ID{3, 4})
	check("pools after the beginning", s.Pools, []policy.ID{49, 50, 51, 52, 55})
	if !until.IsZero() {
		t.Errorf("valid until %v", until)
	}
	s, _ = at(100, "2026-03-01")
	check("the boss's headed", s.Headed, []policy.ID{1, 2, 3, 4, 5, 6})
	check("the boss's pools", s.Pools, []policy.ID{50}) // open to a unit below; of 52 they are excepted
	s, _ = at(101, "2026-03-01")
	check("a head without appointment heads", s.Headed, nil)
	s, _ = at(103, "2026-01-01")
	if len(s.Posts)+len(s.Units)+len(s.Below) != 0 {
		t.Errorf("whoever has left still stands somewhere: %+v", s)
	}
	s, _ = at(104, "2026-03-01")
	if len(s.Posts) != 0 {
		t.Error("an appointment to a unit that is gone counts")
	}
}

// Until the boundary that Subject names, deriving again gives the same subject.
func TestSubjectHoldsUntilItsBoundary(t *testing.T) {
	tree := company(t)
	rapid.Check(t, func(t *rapid.T) {
		base := day("2026-01-01")
		hour := func(label string) time.Time {
			return base.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, label)) * time.Hour)
		}
		var list []org.Appointment
		for i := range rapid.IntRange(0, 4).Draw(t, "n") {
			a := org.Appointment{ID: policy.ID(i + 1), Person: 102, Unit: policy.ID(rapid.Int64Range(1, 6).Draw(t, "unit")), Position: "x", From: hour("from")}
			if rapid.Bool().Draw(t, "ends") {
				until := a.From.Add(time.Duration(rapid.IntRange(1, 9).Draw(t, "hours")) * time.Hour)
				a.Until = &until
			}
			list = append(list, a)
		}
		now := hour("now")
		s, until := access.Subject(102, tree, list, nil, now)
		for later := now; later.Before(base.Add(40*time.Hour)) && (until.IsZero() || later.Before(until)); later = later.Add(30 * time.Minute) {
			other, _ := access.Subject(102, tree, list, nil, later)
			if !slices.Equal(s.Units, other.Units) || !slices.Equal(s.Headed, other.Headed) || !slices.Equal(s.Below, other.Below) || len(s.Posts) != len(other.Posts) {
				t.Fatalf("changed at %v, before %v", later, until)
			}
		}
	})
}
