package org_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/fault"
	"guan/org"
	"guan/policy"
)

func unit(id, parent policy.ID, name string) org.Unit {
	return org.Unit{ID: id, Parent: parent, Name: name, Type: "department"}
}

func sample(t *testing.T) *org.Tree {
	t.Helper()
	company := unit(1, 0, "关雎生活")
	company.Heads = []policy.ID{100}
	south := unit(2, 1, "华南区")
	south.Heads = []policy.ID{101, 102}
	store := unit(5, 2, "深圳湾店")
	store.Place = &policy.LatLng{Lat: 22.5167, Lng: 113.9476}
	store.Heads = []policy.ID{102}
	tree, err := org.NewTree([]org.Unit{store, unit(4, 2, "天河店"), south, unit(3, 1, "华东区"), company})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func codes(err error) []string {
	if err == nil {
		return nil
	}
	e := fault.From(err)
	if len(e.Items) == 0 {
		return []string{e.Code}
	}
	var list []string
	for _, item := range e.Items {
		list = append(list, item.At+": "+item.Code)
	}
	slices.Sort(list)
	return list
}

func TestTreeAnswers(t *testing.T) {
	tree := sample(t)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"root", tree.Root(), policy.ID(1)},
		{"count", tree.Len(), 5},
		{"above a store", tree.Above(5), []policy.ID{2, 1}},
		{"above the root", tree.Above(1), []policy.ID{}},
		{"below the root", tree.Below(1), []policy.ID{2, 3, 4, 5}},
		{"below a leaf", tree.Below(5), []policy.ID{}},
		{"within", tree.Within(2), []policy.ID{2, 4, 5}},
		{"within no unit", tree.Within(9), []policy.ID(nil)},
		{"union of overlapping", tree.Union([]policy.ID{5, 2, 2, 3}), []policy.ID{2, 3, 4, 5}},
		{"headed", tree.HeadedBy(102), []policy.ID{2, 5}},
		{"heads nothing", tree.HeadedBy(7), []policy.ID(nil)},
		{"depth", tree.Depth(5), 3},
		{"depth of no unit", tree.Depth(9), 0},
		{"path", tree.Path(5), "关雎生活/华南区/深圳湾店"},
		{"is within itself", tree.IsWithin(2, 2), true},
		{"is not within a sibling", tree.IsWithin(3, 2), false},
		{"is not within below", tree.IsWithin(1, 2), false},
		{"no unit is within nothing", tree.IsWithin(9, 9), false},
	} {
		if fmt.Sprint(c.got) != fmt.Sprint(c.want) {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
	if id, ok := tree.Find("关雎生活/华南区/深圳湾店"); !ok || id != 5 {
		t.Errorf("Find gave %v %v", id, ok)
	}
	for _, path := range []string{"", "关雎生活/", "华南区", "关雎生活/华南区/深圳湾店/x", "关雎生活//深圳湾店"} {
		if id, ok := tree.Find(path); ok {
			t.Errorf("Find(%q) gave %v", path, id)
		}
	}
	store, _ := tree.Unit(5)
	if p, ok := store.Point(); !ok || p.Lat != 22.5167 {
		t.Errorf("place %v %v", p, ok)
	}
	store.Place = &policy.LatLng{}
	if _, ok := store.Point(); ok {
		t.Error("(0, 0) counts as a place")
	}
}

func TestTreeRefuses(t *testing.T) {
	deep := []org.Unit{unit(1, 0, "1")}
	for id := policy.ID(2); id <= org.MaxDepth+2; id++ {
		deep = append(deep, unit(id, id-1, id.String()))
	}
	place := unit(1, 0, "a")
	place.Place = &policy.LatLng{Lat: 91}
	heads := unit(1, 0, "a")
	heads.Heads = []policy.ID{3, 3}
	typ := unit(1, 0, "a")
	typ.Type = "Big Store"
	for _, c := range []struct {
		what  string
		units []org.Unit
		want  string
	}{
		{"nothing", nil, ""},
		{"two roots", []org.Unit{unit(1, 0, "a"), unit(2, 0, "b")}, "unit 2 parent: unit_root"},
		{"no such parent", []org.Unit{unit(1, 0, "a"), unit(2, 7, "b")}, "unit 2 parent: unit_parent"},
		{"itself", []org.Unit{unit(1, 1, "a")}, "unit 1 parent: unit_cycle"},
		{"a circle beside the tree", []org.Unit{unit(1, 0, "a"), unit(2, 3, "b"), unit(3, 2, "c")}, "unit 2 parent: unit_cycle unit 3 parent: unit_cycle"},
		{"only a circle", []org.Unit{unit(2, 3, "b"), unit(3, 2, "c")}, "unit 2 parent: unit_cycle unit 3 parent: unit_cycle"},
		{"double id", []org.Unit{unit(1, 0, "a"), unit(1, 0, "a")}, "unit 1: unit_double"},
		{"siblings of one name", []org.Unit{unit(1, 0, "a"), unit(2, 1, "B"), unit(3, 1, "b")}, "unit 3 name: unit_sibling"},
		{"cousins of one name", []org.Unit{unit(1, 0, "a"), unit(2, 1, "a"), unit(3, 2, "a")}, ""},
		{"too deep", deep, "unit 21 parent: unit_depth"},
		{"no id", []org.Unit{unit(0, 0, "a")}, "unit 0: unit_id"},
		{"no name", []org.Unit{unit(1, 0, " ")}, "unit 1 name: unit_name"},
		{"space around the name", []org.Unit{unit(1, 0, "a ")}, "unit 1 name: unit_name"},
		{"slash in the name", []org.Unit{unit(1, 0, "a/b")}, "unit 1 name: unit_name"},
		{"NUL in the name", []org.Unit{unit(1, 0, "a\x00b")}, "unit 1 name: unit_name"},
		{"broken UTF-8", []org.Unit{unit(1, 0, "a\xff")}, "unit 1 name: unit_name"},
		{"100 characters", []org.Unit{unit(1, 0, strings.Repeat("店", 100))}, ""},
		{"101 characters", []org.Unit{unit(1, 0, strings.Repeat("店", 101))}, "unit 1 name: unit_name"},
		{"off the globe", []org.Unit{place}, "unit 1 place: unit_place"},
		{"a head twice", []org.Unit{heads}, "unit 1 heads: unit_heads"},
		{"a type of two words", []org.Unit{typ}, "unit 1 type: unit_type"},
	} {
		_, err := org.NewTree(c.units)
		if got := strings.Join(codes(err), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: kind %v", c.what, fault.KindOf(err))
		}
	}
}

func TestChanges(t *testing.T) {
	tree := sample(t)
	renamed, _ := tree.Unit(4)
	renamed.Name = "深圳湾店"
	other, _ := tree.Unit(4)
	other.Name = "深圳湾二店"
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"add", tree.CheckAdd(unit(6, 3, "西湖店")), ""},
		{"add a second root", tree.CheckAdd(unit(6, 0, "x")), "unit_root"},
		{"add a double name", tree.CheckAdd(unit(6, 2, "天河店")), "unit_sibling"},
		{"add a double id", tree.CheckAdd(unit(5, 3, "x")), "unit_double"},
		{"add below nothing", tree.CheckAdd(unit(6, 9, "x")), "unit_parent"},
		{"move", tree.CheckMove(5, 3), ""},
		{"move to where it stands", tree.CheckMove(5, 2), ""},
		{"move below itself", tree.CheckMove(2, 5), "unit_cycle"},
		{"move onto itself", tree.CheckMove(2, 2), "unit_cycle"},
		{"move the root", tree.CheckMove(1, 3), "unit_cycle"},
		{"move to the top", tree.CheckMove(5, 0), "unit_root"},
		{"move nothing", tree.CheckMove(9, 1), "unit"},
		{"rename", tree.CheckUpdate(other), ""},
		{"rename as a sibling", tree.CheckUpdate(renamed), "unit_sibling"},
		{"delete", tree.CheckDelete(5, org.Uses{}), ""},
		{"delete with units below", tree.CheckDelete(2, org.Uses{}), "unit_has_units"},
		{"delete with people", tree.CheckDelete(5, org.Uses{Appointments: 1}), "unit_has_people"},
		{"delete with records", tree.CheckDelete(5, org.Uses{Records: 3}), "unit_has_records"},
		{"delete with rules", tree.CheckDelete(5, org.Uses{Rules: 3}), "unit_has_rules"},
		{"delete nothing", tree.CheckDelete(9, org.Uses{}), "unit"},
	} {
		if got := strings.Join(codes(c.err), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
	if !errors.Is(tree.CheckMove(9, 1), fault.New(fault.NotFound, "unit", "")) {
		t.Error("moving nothing is not NotFound")
	}
}

// drawUnits gives rows that are often, not always, a tree.
func drawUnits(t *rapid.T) []org.Unit {
	n := rapid.IntRange(0, 40).Draw(t, "n")
	var units []org.Unit
	for id := policy.ID(1); id <= policy.ID(n); id++ {
		parent := policy.ID(0)
		if id > 1 {
			parent = policy.ID(rapid.Int64Range(max(1, int64(id)-8), int64(id)-1).Draw(t, "parent"))
			if rapid.IntRange(0, 60).Draw(t, "wild") == 0 {
				parent = policy.ID(rapid.Int64Range(0, int64(n)+1).Draw(t, "wild parent"))
			}
		}
		units = append(units, unit(id, parent, rapid.SampledFrom([]string{"a", "b", id.String(), id.String(), id.String(), id.String(), id.String(), id.String()}).Draw(t, "name")))
		if rapid.IntRange(0, 4).Draw(t, "headed") == 0 {
			units[len(units)-1].Heads = []policy.ID{policy.ID(rapid.Int64Range(100, 104).Draw(t, "head"))}
		}
	}
	return rapid.Permutation(units).Draw(t, "order")
}

// The tree agrees with what a reader of the rows would say who follows parents by hand, and
// the checks of single changes agree with building the changed tree.
func TestTreeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := drawUnits(t)
		tree, err := org.NewTree(units)
		if err != nil {
			return
		}
		parent := map[policy.ID]policy.ID{}
		for _, u := range units {
			parent[u.ID] = u.Parent
		}
		stands := func(id, top policy.ID) bool {
			for ; id != 0; id = parent[id] {
				if id == top {
					return true
				}
			}
			return false
		}
		for _, a := range units {
			var within []policy.ID
			for id := policy.ID(1); id <= policy.ID(len(units)); id++ {
				if stands(id, a.ID) {
					within = append(within, id)
				}
				if tree.IsWithin(id, a.ID) != stands(id, a.ID) {
					t.Fatalf("IsWithin(%v, %v) is %v", id, a.ID, tree.IsWithin(id, a.ID))
				}
			}
			if got := tree.Within(a.ID); !slices.Equal(got, within) {
				t.Fatalf("Within(%v) = %v, want %v", a.ID, got, within)
			}
			if got := tree.Below(a.ID); len(got) != len(within)-1 || slices.Contains(got, a.ID) {
				t.Fatalf("Below(%v) = %v", a.ID, got)
			}
			var above []policy.ID
			for id := a.Parent; id != 0; id = parent[id] {
				above = append(above, id)
			}
			if got := tree.Above(a.ID); !slices.Equal(got, above) || tree.Depth(a.ID) != len(above)+1 {
				t.Fatalf("Above(%v) = %v, want %v", a.ID, got, above)
			}
			if found, ok := tree.Find(tree.Path(a.ID)); !ok || found != a.ID {
				t.Fatalf("Find(%q) = %v %v, want %v", tree.Path(a.ID), found, ok, a.ID)
			}
			for _, head := range a.Heads {
				if !slices.Contains(tree.HeadedBy(head), a.ID) {
					t.Fatalf("HeadedBy(%v) lacks %v", head, a.ID)
				}
			}
		}
		moved := policy.ID(rapid.Int64Range(0, int64(len(units))+1).Draw(t, "moved"))
		to := policy.ID(rapid.Int64Range(0, int64(len(units))+1).Draw(t, "to"))
		changed := slices.Clone(units)
		known := false
		for i := range changed {
			if changed[i].ID == moved {
				changed[i].Parent, known = to, true
			}
		}
		_, whole := org.NewTree(changed)
		if single := tree.CheckMove(moved, to); known && (single == nil) != (whole == nil) || !known && single == nil {
			t.Fatalf("CheckMove(%v, %v) says %v, the changed tree %v", moved, to, single, whole)
		}
		added := unit(policy.ID(len(units)+1), to, rapid.SampledFrom([]string{"a", "b", "z"}).Draw(t, "added"))
		_, whole = org.NewTree(append(slices.Clone(units), added))
		if single := tree.CheckAdd(added); (single == nil) != (whole == nil) {
			t.Fatalf("CheckAdd says %v, the changed tree %v", single, whole)
		}
	})
}

// tenThousand is a tree of 10,000 units, ten below each.
func tenThousand() []org.Unit {
	units := make([]org.Unit, 10_000)
	for i := range units {
		parent := policy.ID(0)
		if i > 0 {
			parent = policy.ID((i-1)/10 + 1)
		}
		units[i] = unit(policy.ID(i+1), parent, fmt.Sprint("单位", i))
	}
	return units
}

func BenchmarkNewTree10000(b *testing.B) {
	units := tenThousand()
	for b.Loop() {
		if _, err := org.NewTree(units); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIsWithin(b *testing.B) {
	tree, err := org.NewTree(tenThousand())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if !tree.IsWithin(9_999, 1) {
			b.Fatal("lost")
		}
	}
}

func at(text string) time.Time {
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return t
}
