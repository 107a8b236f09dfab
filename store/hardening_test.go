package store

import (
	"context"
	"encoding/base64"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/fault"
	"guan/internal/testdb"
	"guan/org"
	"guan/policy"
)

// What a process ended stays ended in another one whose clock is behind.
func TestEndsHoldOnSlowerClocks(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx, f := context.Background(), newFirm(t, at)
		slow := openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: func() time.Time { return f.clock.Now().Add(-3 * time.Second) }})
		f.customer("lin", "东方", "")
		sees := func(who string, want int) {
			t.Helper()
			page, err := slow.As(f.as(who).actor).List(ctx, ListQuery{Kind: "customer"})
			f.must(err)
			if len(page.Items) != want {
				t.Errorf("%s sees %d, not %d", who, len(page.Items), want)
			}
		}
		g, err := f.as("lin").Grant(ctx, f.lend("wang", 100, "东方"))
		f.must(err)
		f.clock.advance(time.Minute)
		sees("wang", 1)
		_, err = f.as("lin").RevokeGrant(ctx, g.ID)
		f.must(err)
		sees("wang", 0)

		sees("lin", 1)
		a := f.appointment("lin")
		if a.State != org.Active {
			t.Fatal(a.State)
		}
		f.must(f.as("admin").EndAppointment(ctx, a.ID, a.Version))
		sees("lin", 0)
	})
}

// A process that has just started takes more writes at once than it has connections.
func TestFirstWritesAtOnce(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		f := newFirm(t, at)
		fresh := openWith(t, Options{DataDir: at.DataDir, URL: at.URL, Clock: f.clock.Now})
		ctx, cancel := context.WithTimeout(context.Background(), longest)
		defer cancel()
		var wg sync.WaitGroup
		for range 2*poolSize + 4 {
			wg.Go(func() {
				if _, err := fresh.As(f.as("lin").actor).Create(ctx, "customer", Fields{"name": []byte(`"东方"`)}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// While a customer is edited others hang contacts on it.
func TestEditLetsOthersRefer(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		if f.db.dialect == SQLite {
			return // one writer
		}
		ctx := context.Background()
		it := f.customer("lin", "东方", "")
		f.must(f.db.maintain(ctx, func(edit *tx) error {
			edit.actor = f.as("lin").actor
			st, err := f.db.state(ctx, DefaultTenant)
			if err != nil {
				return err
			}
			if err := edit.lockRecord(ctx, st.catalog.Kind("customer"), it.ID, false); err != nil {
				return err
			}
			within, cancel := context.WithTimeout(ctx, longest)
			defer cancel()
			_, err = f.as("lin").Create(within, "contact", Fields{"name": []byte(`"王小明"`), "customer": []byte(`"` + it.ID.String() + `"`)})
			return err
		}))
	})
}

// A guard on collaborators holds a giver who is one beside their own rules.
func TestGrantHeedsGuardsOnCollaborators(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", `phone="13800138000"`)
		shy := sharing("shy", policy.Path{Path: policy.PathTeam}, policy.Clause{Everyone: true})
		shy.Effect, shy.Fields = policy.Forbid, []policy.FieldRule{{Class: policy.Contact, Level: policy.Masked}}
		_, err := f.as("admin").PutRule(ctx, shy)
		f.must(err)
		f.must(f.as("boss").AddCollaborator(ctx, "customer", it.ID, NewCollaborator{Person: f.id("lin")}))
		g := f.lend("wang", 100, "东方")
		g.Fields = []policy.FieldRule{{Class: policy.General, Level: policy.Plain}, {Class: policy.Contact, Level: policy.Plain}}
		_, err = f.as("lin").Grant(ctx, g)
		f.must(err)
		for _, who := range []string{"lin", "wang"} {
			got, err := f.as(who).Get(ctx, "customer", it.ID)
			f.must(err)
			if got.Fields["phone"] != nil || got.Masked["phone"] == "" {
				t.Errorf("%s reads %v", who, got.Fields["phone"])
			}
		}
	})
}

// A token for reading changes nothing, not even whether its person is on a team.
func TestReadingTokenLeavesNoTeam(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", "")
		f.must(f.as("lin").AddCollaborator(ctx, "customer", it.ID, NewCollaborator{Person: f.id("wang")}))
		actor := f.as("wang").actor
		actor.Session, actor.Token, actor.Scope = 0, 5, &Scope{Actions: []policy.Action{policy.Read}}
		f.refused(f.db.As(actor).RemoveCollaborator(ctx, "customer", it.ID, f.id("wang")), fault.Denied, "action")
		f.must(f.as("wang").RemoveCollaborator(ctx, "customer", it.ID, f.id("wang")))
	})
}

// Nothing that somebody may write into a query is an error of the server, or work without end.
func TestHostileQueries(t *testing.T) {
	bothFirms(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "东方", "")
		boss := f.as("boss")
		_, err := boss.List(ctx, ListQuery{Kind: "customer", Sort: "name", Cursor: base64.RawURLEncoding.EncodeToString([]byte(`{"s":"name","i":"5","v":"\u0000"}`))})
		f.refused(err, fault.Invalid, "cursor")
		_, err = boss.List(ctx, ListQuery{Kind: "customer", Sums: []string{"annual_sales", "annual_sales"}})
		f.refused(err, fault.Invalid, "sum")
		_, err = boss.Explain(ctx, ExplainQuery{Kind: "customer", ID: it.ID, Person: 1 << 50})
		f.refused(err, fault.Invalid, "person")
		for _, filter := range []string{
			`r.name == p.id + string(b'\x00')`, `(p.id + string(b'\x00')) in r.tags`, `r.name in [p.id + string(b'\x00')]`,
			`r.annual_sales > double(p.id) * 1e300 * 1e300`, `r.annual_sales > double(p.id) * 1e300 * 1e300 - double(p.id) * 1e300 * 1e300`,
			`r.employees > int(p.id) * 4611686018427387904`, `r.created_at > ctx.now + duration('900000h')`,
			`r.name.contains('*?[]%_\\')`, `r.name.startsWith('` + strings.Repeat("[", 4000) + `')`, `distance(r.place, point(-90.0, 180.0)) <= 20000000.0`,
		} {
			if _, err := boss.List(ctx, ListQuery{Kind: "customer", Filter: filter, Count: true}); fault.Is(err, fault.Internal) {
				t.Errorf("%s: %v", filter, err)
			}
		}
		for _, search := range []string{`"`, `a"b`, "*", "NEAR(", "{search_contact}:1", "a\x00b", strings.Repeat("东", 200), "\xff\xfe", "$1", "^x"} {
			if _, err := boss.List(ctx, ListQuery{Kind: "customer", Search: search, Count: true}); err != nil {
				t.Errorf("%q: %v", search, err)
			}
		}
	})
}
