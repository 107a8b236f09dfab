package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"guan/grants"
	"guan/internal/testdb"
	"guan/policy"
)

// What is in force in the company of BenchmarkLiving.
const (
	livingCustomers = 100_000 // a seller's list is longer than a page with and without
	livingGrants    = 5_000
	livingSandboxes = 500
	livingGuards    = 50
	livingSharings  = 20
)

// BenchmarkLiving measures the lists of a company with thousands of grants, and hundreds of sandboxes,
// guards and sharing rules in force against the same lists without them, turn and turn about.
func BenchmarkLiving(b *testing.B) {
	for _, database := range []struct {
		name string
		open func(testing.TB) testdb.Database
	}{{"sqlite", testdb.SQLite}, {"postgres", testdb.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			bare, living := newBenchWorld(b, database.open(b), livingCustomers), newBenchWorld(b, database.open(b), livingCustomers)
			for _, w := range []*benchWorld{bare, living} {
				w.exec(b, "UPDATE customer SET tags = (CASE id % 10 WHEN 0 THEN '[\"标签2\",\"老客户\"]' ELSE '[]' END)"+w.db.pick("", "::jsonb"))
			}
			living.enliven(b)
			for _, w := range []*benchWorld{bare, living} {
				w.analyse(b)
			}
			var report strings.Builder
			fmt.Fprintf(&report, "\n### %s, %d customers; %d grants, %d sandboxes, %d guards and %d sharing rules in force\n\n| | person | without | with | × |\n|---|---|---|---|---|\n",
				database.name, bare.customers, livingGrants, livingSandboxes, livingGuards, livingSharings)
			compare := func(name, person string, x, y func()) {
				without, with := pairs(b, x, y)
				fmt.Fprintf(&report, "| %s | %s | %.2f | %.2f | %.2f |\n", name, person, without, with, with/without)
			}
			for _, c := range benchCases {
				for i, p := range bare.people() {
					x, few := bare.asked(b, p, c)
					y, _ := living.asked(b, living.people()[i], c)
					if !few {
						compare(c.name, p.name, x, y)
					}
				}
			}
			fmt.Fprintf(&report, "\n### %s, whole requests\n\n| | person | without | with | × |\n|---|---|---|---|---|\n", database.name)
			for _, c := range benchCases {
				for i, p := range bare.people() {
					if c.deep == 0 {
						compare(c.name, p.name, bare.request(b, p, c), living.request(b, living.people()[i], c))
					}
				}
			}
			fmt.Print("\n" + report.String())
		})
	}
}

// asked prepares a question of a person's by the plan that would be chosen; few, when they see too
// little for it.
func (w *benchWorld) asked(b *testing.B, p benchPerson, c benchCase) (run func(), few bool) {
	l := w.listing(b, p.id, c)
	if c.deep > 0 {
		if w.visible(b, p.id) <= c.deep {
			return func() {}, true
		}
		w.skip(b, l, c.deep)
	}
	if c.count {
		return func() { w.total(b, l) }, false
	}
	plan, err := w.db.single().plan(context.Background(), l)
	if err != nil {
		b.Fatal(err)
	}
	return func() { w.page(b, l, plan) }, false
}

// request is a question as a person asks it: bound to them, read, shaped, and recorded.
func (w *benchWorld) request(b *testing.B, p benchPerson, c benchCase) func() {
	session := w.db.As(Actor{Tenant: 1, Person: p.id, Channel: "web"})
	return func() {
		if _, err := session.List(context.Background(), ListQuery{Kind: "customer", Filter: c.filter, Search: c.search, Count: c.count, Limit: 50}); err != nil {
			b.Fatal(err)
		}
	}
}

// enliven puts everything in force that people set up in years: grants of some named customers each,
// one in ten moving with the data within its giver's reach, sandboxes of eight people, guards on tags and stages, and sharing
// rules between units. Of guards and sharing rules every second one speaks of customers.
func (w *benchWorld) enliven(b *testing.B) {
	now := w.db.Now()
	kinds := []policy.Kind{"customer", "contact", "customer", "opportunity", "customer", "contract"}
	for i := range livingGrants {
		giver := personID(5 + i%(benchPeople-5))
		g := grants.Grant{ID: policy.ID(20_000_000 + i), Giver: giver, Receiver: personID(1 + i%(benchPeople-1)), Kind: "customer", Actions: []policy.Action{policy.Read, policy.Edit},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}, {Class: policy.Contact, Level: policy.Plain}},
			From:   now.Add(-time.Hour), Until: now.Add(240 * time.Hour), Purpose: fmt.Sprintf("代为跟进 %d", i)}
		if i%10 == 0 {
			city := fmt.Sprintf("城市%d", i%3000)
			g.When = &policy.Cond{Op: policy.OpEq, Field: "city", Value: &policy.Operand{Text: &city}}
			g.Within = &policy.Cond{Op: policy.OpEq, Field: "owner", Value: &policy.Operand{Ref: &giver}}
		} else {
			for j := range 5 {
				g.Records = append(g.Records, policy.ID(2_000_000+(i*7919+j)%w.customers))
			}
		}
		document, err := jsonText(g)
		if err != nil {
			b.Fatal(err)
		}
		w.exec(b, `INSERT INTO access_grant (tenant_id, id, giver_id, receiver_id, kind, document, purpose, from_at, until_at, created_at) VALUES (1,$1,$2,$3,'customer',$4,$5,$6,$7,0)`,
			g.ID, g.Giver, g.Receiver, document, g.Purpose, g.From.UnixMicro(), g.Until.UnixMicro())
	}
	for i := range livingSandboxes {
		id, giver := policy.ID(21_000_000+i), personID(5+i%(benchPeople-5))
		x := grants.Share{ID: id, Giver: giver, Kind: "customer", Actions: []policy.Action{policy.Read},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, From: now.Add(-time.Hour), Until: now.Add(240 * time.Hour)}
		for j := range 20 {
			x.Records = append(x.Records, policy.ID(2_000_000+(i*6011+j)%w.customers))
		}
		document, err := jsonText(x)
		if err != nil {
			b.Fatal(err)
		}
		w.exec(b, "INSERT INTO sandbox (tenant_id, id, sponsor_id, title, purpose, from_at, until_at, created_at) VALUES (1,$1,$2,$3,$3,$4,$5,0)",
			id, giver, fmt.Sprintf("联合拜访 %d", i), x.From.UnixMicro(), x.Until.UnixMicro())
		w.exec(b, "INSERT INTO sandbox_share (tenant_id, sandbox_id, id, giver_id, kind, document, created_at) VALUES (1,$1,$1,$2,'customer',$3,0)", id, giver, document)
		for j := range 8 {
			w.exec(b, "INSERT INTO sandbox_member (tenant_id, sandbox_id, id, person_id, mode, part, joined_at) VALUES (1,$1,$2,$3,'view','member',0)",
				id, j+1, personID(1+(i*8+j)%(benchPeople-1)))
		}
	}
	rule := func(r policy.Rule, i int) {
		document, err := jsonText(r)
		if err != nil {
			b.Fatal(err)
		}
		w.exec(b, "INSERT INTO rule (tenant_id, id, seq, document, created_at, updated_at) VALUES (1,$1,$2,$3,0,0)", r.ID, i+1, document)
	}
	for i := range livingGuards {
		tag := fmt.Sprintf("标签%d", i)
		r := policy.Rule{ID: fmt.Sprintf("guard%d", i), Effect: policy.Forbid, Kind: kinds[i%len(kinds)], Actions: []policy.Action{policy.Read, policy.Edit, policy.Export},
			Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Where: policy.Path{Path: policy.PathAll}, Scene: "bench",
			When: &policy.Cond{Op: policy.OpTag, Field: "tags", Value: &policy.Operand{Text: &tag}}, Fields: []policy.FieldRule{{Class: policy.Amount, Level: policy.Hidden}}}
		if i%5 == 0 {
			r.Who = policy.Who{Any: []policy.Clause{{Position: "seller"}}}
			r.When = &policy.Cond{Op: policy.OpAll, Args: []policy.Cond{*r.When, {Op: policy.OpEq, Field: "stage", Value: &policy.Operand{Text: new("lost")}}}}
		}
		rule(r, i)
	}
	for i := range livingSharings {
		rule(policy.Rule{ID: fmt.Sprintf("sharing%d", i), Effect: policy.Permit, Kind: kinds[i%len(kinds)], Actions: []policy.Action{policy.Read},
			Who:   policy.Who{Any: []policy.Clause{{Unit: unitID(3, 9*i), Below: true}}},
			Where: policy.Path{Path: policy.PathUnits, Units: []policy.ID{unitID(3, 9*i+1)}, Below: true}, Scene: "bench",
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}}, livingGuards+i)
	}
	w.exec(b, "UPDATE policy_state SET epoch = epoch + 1")
}
