package world_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/access"
	"guan/grants"
	"guan/internal/world"
	"guan/org"
	"guan/policy"
	"guan/records"
)

func TestTheCompanyIsTheSameEveryTime(t *testing.T) {
	a, b := world.New(world.Now), world.New(world.Now)
	if !reflect.DeepEqual(a, b) {
		t.Error("two companies of one instant differ")
	}
	later := world.New(world.Now.AddDate(1, 0, 0))
	for i, r := range a.Records {
		if other := later.Records[i]; r.Key != other.Key || r.ID != other.ID {
			t.Fatalf("a year later %s is %s", r.Key, other.Key)
		}
	}
}

func TestTheCompanyIsWellFormed(t *testing.T) {
	c := world.New(world.Now)
	if err := org.CheckAppointments(c.Tree(), c.Positions, c.Appointments); err != nil {
		t.Error(err)
	}
	for _, p := range c.Positions {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", p.Code, err)
		}
	}
	for _, a := range c.Assignments {
		if err := a.Check(access.Presets); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
	for _, g := range c.Grants {
		if err := g.Check(); err != nil {
			t.Errorf("%s: %v", g.Purpose, err)
		}
	}
	for _, s := range c.Sandboxes {
		for _, err := range []error{s.Check(), s.CheckShare(s.Shares[0])} {
			if err != nil || s.At(c.Now) != grants.Active {
				t.Errorf("%s: %v", s.Title, err)
			}
		}
	}
	if _, problems := policy.Compile(records.Schema(), c.Authored().Lower(), c.Tree().Within); len(problems) > 0 {
		t.Error(problems)
	}
	seen := map[policy.ID]policy.Kind{}
	for _, r := range slices.Concat(c.People, c.Records) {
		k := records.Builtin().Kind(r.Kind)
		for name, v := range r.Values {
			f := k.Field(name)
			if f == nil {
				t.Fatalf("%s has no field %s", r.Key, name)
			}
			normal, err := f.Normal(v)
			if err != nil || !normal.Equal(v) {
				t.Errorf("%s.%s is not in its normal form: %v", r.Key, name, err)
			}
			if known := f.Ref == records.RefPool || f.Ref == records.RefUnit || seen[v.ID()] == f.Ref || v.ID() == r.ID; f.Type == records.Ref && !known {
				t.Errorf("%s.%s refers to what does not stand before it", r.Key, name)
			}
		}
		if err := k.Check(r.Values, nil); err != nil {
			t.Errorf("%s: %v", r.Key, err)
		}
		seen[r.ID] = r.Kind
	}
}

// Every stage of every kind comes about, and the counts are about those of a small chain.
func TestTheCompanyIsFull(t *testing.T) {
	c := world.New(world.Now)
	count := map[policy.Kind]int{}
	stages := map[string]bool{}
	for _, r := range slices.Concat(c.People, c.Records) {
		count[r.Kind]++
		stages[string(r.Kind)+" "+r.Values["stage"].Text()] = true
	}
	for kind, least := range map[policy.Kind]int{
		"person": 40, "customer": 115, "contact": 50, "opportunity": 60, "contract": 20, "payment": 40, "ticket": 40, "activity": 120, "task": 30, "product": 12,
	} {
		if count[kind] < least || count[kind] > 3*least {
			t.Errorf("%d of kind %s", count[kind], kind)
		}
	}
	for _, k := range records.Builtin().Kinds() {
		for _, s := range k.Stages {
			if k.Name != "product" && !stages[string(k.Name)+" "+s.Code] {
				t.Errorf("no %s is %s", k.Name, s.Code)
			}
		}
	}
	if len(c.Units) != 18 || len(c.Disabled) != 1 || len(c.Members) != 6 || len(c.Pools) != 4 {
		t.Errorf("%d units, %d disabled, %d members, %d pools", len(c.Units), len(c.Disabled), len(c.Members), len(c.Pools))
	}
}

// stands sums up what a person reads: kind and number, for the kinds they read anything of.
func stands(c *world.Company, rules *policy.Ruleset, login string) string {
	subject, _ := access.Subject(c.ID("person/"+login), c.Tree(), c.Appointments, c.Pools, c.Now)
	bound := rules.Bind(&subject, &policy.Context{Now: c.Now})
	rows := rows(c)
	var out []string
	for _, kind := range access.Kinds {
		n := 0
		for _, r := range rows {
			if r.Kind == kind && bound.Decide(r, policy.Read).Allowed {
				n++
			}
		}
		out = append(out, fmt.Sprintf("%s %d", kind, n))
	}
	return strings.Join(out, ", ")
}

// rows hangs the records together as the store would load them.
func rows(c *world.Company) []*policy.Row {
	byID := map[policy.ID]*policy.Row{}
	var all []*policy.Row
	for _, r := range slices.Concat(c.People, c.Records) {
		row := &policy.Row{Kind: r.Kind, ID: r.ID, Values: r.Values, Parents: map[string]*policy.Row{}, Related: map[string][]*policy.Row{}}
		byID[r.ID] = row
		all = append(all, row)
	}
	for _, row := range all {
		for _, rel := range records.Schema().Kind(row.Kind).Relations {
			if to := row.Values[rel.Field]; !rel.Many && !to.Missing() {
				row.Parents[rel.Name] = byID[to.ID()]
			}
		}
	}
	for _, row := range all {
		for _, rel := range records.Schema().Kind(row.Kind).Relations {
			if rel.Many {
				for _, other := range all {
					if to := other.Values[rel.Field]; other.Kind == rel.Kind && !to.Missing() && to.ID() == row.ID {
						row.Related[rel.Name] = append(row.Related[rel.Name], other)
					}
				}
			}
		}
	}
	for _, m := range c.Members {
		row := byID[m.Record]
		row.Team = append(row.Team, policy.Member{Person: m.Person, From: m.From, Until: m.Until})
	}
	return all
}

// What every persona reads, by number. A change of packs or data shows here.
func TestPersonasSee(t *testing.T) {
	c := world.New(world.Now)
	rules, problems := policy.Compile(records.Schema(), c.Authored().Lower(), c.Tree().Within)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, p := range world.Personas() {
		if c.Record("person/" + p.Login).Values["name"].Text() != p.Name || p.What.ZH == "" || p.What.EN == "" {
			t.Errorf("%s is not %s", p.Login, p.Name)
		}
		if got := stands(c, rules, p.Login); got != expected[p.Login] {
			t.Errorf("%s\n sees   %s\n should %s", p.Login, got, expected[p.Login])
		}
	}
}

func TestWindows(t *testing.T) {
	c := world.New(world.Now)
	state := map[string]org.State{}
	for _, a := range c.Appointments {
		for _, p := range world.Personas() {
			if a.Person == c.ID("person/"+p.Login) {
				state[p.Login] = a.At(c.Now)
			}
		}
	}
	if state["yanl"] != org.Ended || state["baix"] != org.Planned || state["zhengxl"] != org.Active {
		t.Errorf("appointments stand %v", state)
	}
	var grants []string
	for _, g := range c.Grants {
		grants = append(grants, string(g.At(c.Now)))
	}
	if fmt.Sprint(grants) != "[active pending ended revoked]" {
		t.Errorf("grants stand %v", grants)
	}
	// In three weeks 白雪 has begun.
	rules, _ := policy.Compile(records.Schema(), c.Authored().Lower(), c.Tree().Within)
	subject, until := access.Subject(c.ID("person/baix"), c.Tree(), c.Appointments, c.Pools, c.Now)
	if len(subject.Posts) != 0 || !until.Equal(c.Now.Truncate(24*time.Hour).AddDate(0, 0, 21)) || rules.Len() == 0 {
		t.Errorf("白雪 is %+v until %v", subject, until)
	}
}

var expected = map[string]string{
	"zhoumy":  "customer 125, contact 69, opportunity 74, contract 24, ticket 42, activity 182, payment 48, product 12, task 37, person 41",
	"huangjg": "customer 44, contact 23, opportunity 28, contract 10, ticket 14, activity 66, payment 21, product 12, task 14, person 10",
	"liangwb": "customer 19, contact 10, opportunity 11, contract 3, ticket 6, activity 26, payment 9, product 12, task 6, person 3",
	"zhengxl": "customer 12, contact 5, opportunity 6, contract 3, ticket 2, activity 12, payment 9, product 12, task 4, person 1",
	"liuzq":   "customer 12, contact 4, opportunity 5, contract 2, ticket 2, activity 12, payment 0, product 12, task 3, person 1",
	"gux":     "customer 13, contact 7, opportunity 5, contract 2, ticket 2, activity 14, payment 3, product 12, task 2, person 1",
	"litt":    "customer 2, contact 1, opportunity 1, contract 1, ticket 0, activity 3, payment 0, product 12, task 1, person 1",
	"zhuyf":   "customer 9, contact 3, opportunity 4, contract 2, ticket 2, activity 10, payment 0, product 12, task 2, person 1",
	"luoy":    "customer 26, contact 7, opportunity 0, contract 2, ticket 42, activity 21, payment 0, product 12, task 0, person 4",
	"pengj":   "customer 23, contact 7, opportunity 0, contract 2, ticket 42, activity 21, payment 0, product 12, task 0, person 1",
	"chenr":   "customer 125, contact 0, opportunity 0, contract 24, ticket 0, activity 0, payment 48, product 12, task 0, person 1",
	"tangx":   "customer 125, contact 0, opportunity 74, contract 0, ticket 0, activity 0, payment 0, product 12, task 0, person 1",
	"sunh":    "customer 0, contact 0, opportunity 0, contract 0, ticket 0, activity 0, payment 0, product 0, task 0, person 41",
	"fengz":   "customer 125, contact 69, opportunity 74, contract 24, ticket 42, activity 182, payment 48, product 12, task 37, person 41",
	"yanl":    "customer 0, contact 0, opportunity 0, contract 0, ticket 0, activity 0, payment 0, product 0, task 2, person 1",
	"baix":    "customer 0, contact 0, opportunity 0, contract 0, ticket 0, activity 0, payment 0, product 0, task 0, person 1",
	"tuyl":    "customer 9, contact 3, opportunity 4, contract 1, ticket 2, activity 10, payment 0, product 12, task 2, person 1",
}
