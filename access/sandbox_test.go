package access_test

import (
	"slices"
	"testing"

	"guan/access"
	"guan/grants"
	"guan/policy"
)

// A sandbox has as many rules as there are windows in it, whatever the number of its members.
func TestSandboxRules(t *testing.T) {
	s := grants.Sandbox{ID: 4, Sponsor: 10, Title: "联合", Purpose: "联合方案", From: day("2026-03-01"), Until: day("2026-04-01")}
	for i := range 100 {
		s.Members = append(s.Members, grants.Member{Person: policy.ID(100 + i), Mode: grants.View})
	}
	s.Members[7].Mode = grants.Edit
	s.Shares = []grants.Share{{ID: 5, Giver: 10, Kind: "customer", Records: []policy.ID{7}, Actions: []policy.Action{policy.Read, policy.Edit},
		Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain, Edit: true}}, From: s.From, Until: s.Until}}
	rules := access.Authored{Sandboxes: []grants.Sandbox{s}}.Lower()
	if len(rules) != 2 {
		t.Fatalf("%d rules", len(rules))
	}
	edit, read := rules[0], rules[1]
	if !slices.Equal(edit.Actions, []policy.Action{policy.Edit}) || len(edit.Who.Any) != 1 || edit.Who.Any[0].Person != 107 ||
		!slices.Equal(read.Actions, []policy.Action{policy.Read}) || len(read.Who.Any) != 100 || read.Fields[0].Edit {
		t.Errorf("%+v\n%+v", edit, read)
	}
	if read.Origin != (policy.Origin{Type: access.FromSandbox, ID: "4", Name: "联合"}) || read.Scene != "联合方案" || !read.Until.Equal(s.Until) {
		t.Errorf("%+v", read)
	}
	ended := s.From
	s.EndedAt = &ended
	if rules := (access.Authored{Sandboxes: []grants.Sandbox{s}}).Lower(); len(rules) != 0 {
		t.Errorf("%+v", rules)
	}
}
