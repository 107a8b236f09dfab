package org

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// Unit is one node of the tree: a company, region, department, store, …
type Unit struct {
	ID     policy.ID
	Parent policy.ID // 0 for the root
	Name   string
	Type   string         // a lower-case word: company, region, department, store, …
	Place  *policy.LatLng // WGS-84; nil and (0, 0) are unknown
	Heads  []policy.ID    // people
}

// The limits of a unit.
const (
	MaxName  = 100 // characters of a name
	MaxDepth = 20  // units from the root to the deepest, both counted
)

// Separator stands between the names of a path. Names may not contain it, so that a path
// names one unit.
const Separator = "/"

// Point returns the unit's place, false when it is unknown.
func (u Unit) Point() (policy.Point, bool) {
	if u.Place == nil {
		return policy.Point{}, false
	}
	return policy.NewPoint(u.Place.Lat, u.Place.Lng)
}

// check looks at what a unit says by itself.
func (u Unit) check() error {
	switch {
	case u.ID <= 0:
		return fault.New(fault.Invalid, "unit_id", "a unit needs an id")
	case u.Parent < 0 || u.Parent == u.ID:
		return fault.New(fault.Invalid, "unit_cycle", "a unit cannot stand below itself").WithAt("parent")
	case !isCode(u.Type):
		return fault.New(fault.Invalid, "unit_type", "the type of a unit is a lower-case word of at most 64 letters, digits and underscores").WithAt("type")
	}
	if err := checkName(u.Name); err != nil {
		return err
	}
	if p := u.Place; p != nil && !(p.Lat == 0 && p.Lng == 0) {
		if _, ok := u.Point(); !ok {
			return fault.New(fault.Invalid, "unit_place", "the place of a unit is a latitude of -90 to 90 and a longitude of -180 to 180 degrees").WithAt("place")
		}
	}
	for i, head := range u.Heads {
		if head <= 0 || slices.Contains(u.Heads[:i], head) {
			return fault.New(fault.Invalid, "unit_heads", "the heads of a unit are people, each named once").WithAt("heads")
		}
	}
	return nil
}

func checkName(name string) error {
	bad := func(detail string) error {
		return fault.New(fault.Invalid, "unit_name", detail).WithAt("name").With("max", MaxName)
	}
	switch n := utf8.RuneCountInString(name); {
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return bad("the name of a unit contains control characters or is no valid UTF-8")
	case strings.TrimSpace(name) == "":
		return bad("a unit needs a name")
	case strings.TrimSpace(name) != name:
		return bad("the name of a unit begins or ends with a space")
	case n > MaxName:
		return bad("the name of a unit is longer than 100 characters")
	case strings.Contains(name, Separator):
		return bad("the name of a unit contains a slash, which separates the names of a path")
	}
	return nil
}

// nameKey is what siblings must differ in: names that differ only in case look the same.
func nameKey(name string) string { return strings.ToLower(name) }

// isCode accepts the short words by which unit types and positions are known.
func isCode(s string) bool {
	if s == "" || len(s) > 64 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
