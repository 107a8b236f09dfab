package store

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"guan/fault"
	"guan/internal/testdb"
	"guan/policy"
)

// company is a small company in an open database: a head office with two shops, a seller in each,
// a head over both, a boss, and customers of both sellers.
type company struct {
	t  *testing.T
	db *DB
}

const (
	office, north, south            policy.ID = 101, 102, 103
	boss, head, anna, bert, outside policy.ID = 201, 202, 203, 204, 205
)

func newCompany(t *testing.T, at testdb.Database) *company {
	t.Helper()
	ctx := context.Background()
	db, err := Open(ctx, Options{DataDir: at.DataDir, URL: at.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c := &company{t, db}
	c.sql(`INSERT INTO mark_settings (tenant_id, document) VALUES (1, '{"marks":false}')`) // files are compared as texts
	c.sql("INSERT INTO unit (tenant_id, id, parent_id, name, type, created_at, updated_at) VALUES (1,101,NULL,'总部','company',0,0),(1,102,101,'北店','store',0,0),(1,103,101,'南店','store',0,0)")
	c.sql("INSERT INTO position (tenant_id, code, label_zh, label_en) VALUES (1,'boss','老板','Boss'),(1,'head','经理','Head'),(1,'seller','销售','Seller')")
	for id, name := range map[policy.ID]string{boss: "boss", head: "head", anna: "anna", bert: "bert", outside: "outside"} {
		unit := map[policy.ID]policy.ID{boss: office, head: office, anna: north, bert: south, outside: office}[id]
		c.sql("INSERT INTO person (tenant_id, id, version, name, login, active, stage, unit_id, currency, created_at, updated_at) VALUES (1,$1,1,$2,$2,$3,'active',$4,'CNY',0,0)", id, name, true, unit)
	}
	c.sql("INSERT INTO unit_head (tenant_id, unit_id, person_id) VALUES (1,101,202)")
	c.sql(`INSERT INTO appointment (tenant_id, id, person_id, unit_id, position_code, from_at) VALUES
		(1,301,201,101,'boss',0),(1,302,202,101,'head',0),(1,303,203,102,'seller',0),(1,304,204,103,'seller',0)`)
	c.sql("INSERT INTO pack_assignment (tenant_id, id, pack, position_code) VALUES (1,401,'boss','boss'),(1,402,'head','head'),(1,403,'sales','seller')")
	return c
}

func (c *company) sql(text string, args ...any) {
	c.t.Helper()
	if _, err := c.db.writer.Exec(text, args...); err != nil {
		c.t.Fatal(err)
	}
}

func (c *company) as(person policy.ID) *Session {
	return c.db.As(Actor{Tenant: 1, Person: person, Channel: "web", Device: "desktop", Network: "office"})
}

func fields(t *testing.T, text string) Fields {
	t.Helper()
	var f Fields
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func (c *company) create(person policy.ID, kind policy.Kind, text string) *Item {
	c.t.Helper()
	it, err := c.as(person).Create(context.Background(), kind, fields(c.t, text))
	if err != nil {
		c.t.Fatalf("create %s: %v", kind, err)
	}
	return it
}

// TestGateStory follows one customer through the eyes of everybody.
func TestGateStory(t *testing.T) {
	testdb.Each(t, func(t *testing.T, at testdb.Database) {
		ctx := context.Background()
		c := newCompany(t, at)
		mine := c.create(anna, "customer", `{"name":"深圳星光科技","phone":"13800138000","annual_sales":"1000.50","currency":"CNY","tags":["vip"],"place":{"lat":22.5,"lng":114}}`)
		c.create(bert, "customer", `{"name":"南方电子","phone":"13900139000"}`)
		c.create(anna, "contact", `{"name":"王小明","customer":"`+mine.ID.String()+`","phone":"13700137000"}`)

		for who, want := range map[policy.ID]int{boss: 2, head: 2, anna: 1, bert: 1} {
			page, err := c.as(who).List(ctx, ListQuery{Kind: "customer", Count: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(page.Items) != want || page.Total.Count != want {
				t.Errorf("%d sees %d customers (count %d), not %d", who, len(page.Items), page.Total.Count, want)
			}
		}
		if page, err := c.as(outside).List(ctx, ListQuery{Kind: "customer", Filter: `r.type == "company"`, Count: true, Sums: []string{"annual_sales"}}); err != nil || len(page.Items) != 0 || page.Total.Count != 0 || len(page.Sums["annual_sales"]) != 0 {
			t.Errorf("somebody without rights got %+v, %v", page, err)
		}
		if _, err := c.as(outside).List(ctx, ListQuery{Kind: "unicorn"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a kind that is none: %v", err)
		}
		_, hidden := c.as(bert).Get(ctx, "customer", mine.ID)
		_, missing := c.as(bert).Get(ctx, "customer", 999_999)
		if !fault.Is(hidden, fault.NotFound) || hidden.Error() != missing.Error() {
			t.Errorf("hidden is told as %v, missing as %v", hidden, missing)
		}
		got, err := c.as(anna).Get(ctx, "customer", mine.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Fields["phone"] != "13800138000" || got.Fields["annual_sales"] != "1000.50" || got.Refs["owner"].Title != "anna" || got.Refs["unit"].Title != "北店" {
			t.Errorf("the owner reads %+v %+v", got.Fields, got.Refs)
		}
		for filter, want := range map[string]int{
			`r.name.contains("星光")`: 1, `r.phone == "13800138000"`: 1, `"vip" in r.tags`: 1, `r.annual_sales > 1000`: 1, `r.annual_sales > 1000.5`: 0,
			`r.owner == p.id`: 1, `has(r.place)`: 1, `distance(r.place, point(22.5, 114.001)) <= 200.0`: 1, `!has(r.wechat)`: 1,
		} {
			page, err := c.as(anna).List(ctx, ListQuery{Kind: "customer", Filter: filter})
			if err != nil {
				t.Errorf("%s: %v", filter, err)
			} else if len(page.Items) != want {
				t.Errorf("%s shows %d, not %d", filter, len(page.Items), want)
			}
		}
		for search, want := range map[string]int{"星光": 1, "13800138": 1, "无此": 0, "  ,": 0} {
			page, err := c.as(head).List(ctx, ListQuery{Kind: "customer", Search: search})
			if err != nil || len(page.Items) != want {
				t.Errorf("%q finds %+v, %v", search, page, err)
			}
		}
		page, err := c.as(boss).List(ctx, ListQuery{Kind: "customer", Sums: []string{"annual_sales"}, Sort: "annual_sales", Limit: 1})
		if err != nil || page.Sums["annual_sales"]["CNY"] != "1000.50" || page.Next == "" {
			t.Fatalf("%+v %v", page, err)
		}
		second, err := c.as(boss).List(ctx, ListQuery{Kind: "customer", Sort: "annual_sales", Limit: 1, Cursor: page.Next})
		if err != nil || len(second.Items) != 1 || second.Items[0].ID == page.Items[0].ID || second.Next != "" {
			t.Errorf("second page %+v %v", second, err)
		}
		contacts, err := c.as(head).List(ctx, ListQuery{Kind: "contact"})
		if err != nil || len(contacts.Items) != 1 || contacts.Items[0].Refs["customer"].Title != "深圳星光科技" {
			t.Errorf("the head's contacts: %+v %v", contacts, err)
		}

		// Seeing a contact's customer by its name is seeing the customer.
		var beside int
		err = c.db.reader.QueryRow(`SELECT count(*) FROM `+c.db.touching("1", "'customer'", "= $1")+`
			WHERE e.actor_id = $2 AND CAST(e.detail AS TEXT) LIKE '%beside%'`, mine.ID, head).Scan(&beside)
		if err != nil || beside == 0 {
			t.Errorf("the head saw the customer's name beside a contact, and %d entries know it, %v", beside, err)
		}

		// The log tells who asked, never the telephone number that was asked for.
		var logged, general int
		if err := c.db.reader.QueryRow("SELECT count(*) FROM audit_entry WHERE CAST(detail AS TEXT) LIKE '%13800138000%'").Scan(&logged); err != nil {
			t.Fatal(err)
		}
		if err := c.db.reader.QueryRow("SELECT count(*) FROM audit_entry WHERE CAST(detail AS TEXT) LIKE '%r.name.contains%'").Scan(&general); err != nil {
			t.Fatal(err)
		}
		if logged != 0 || general == 0 {
			t.Errorf("%d entries hold the number, %d the filter on names", logged, general)
		}

		// Changes: in the version one saw, of one's own, and not out of one's reach.
		changed, err := c.as(anna).Update(ctx, "customer", mine.ID, got.Version, fields(t, `{"name":"深圳星光科技有限公司"}`))
		if err != nil || changed.Title != "深圳星光科技有限公司" || changed.Version != got.Version+1 {
			t.Fatalf("%+v %v", changed, err)
		}
		if _, err := c.as(anna).Update(ctx, "customer", mine.ID, got.Version, fields(t, `{"name":"x"}`)); !fault.Is(err, fault.Stale) {
			t.Errorf("an old version was accepted: %v", err)
		}
		if _, err := c.as(bert).Update(ctx, "customer", mine.ID, changed.Version, fields(t, `{"name":"x"}`)); !fault.Is(err, fault.NotFound) {
			t.Errorf("a stranger's edit: %v", err)
		}
		if _, err := c.as(anna).Update(ctx, "customer", mine.ID, changed.Version, fields(t, `{"owner":"`+bert.String()+`"}`)); !fault.Is(err, fault.Denied) {
			t.Errorf("giving a customer away by an edit: %v", err)
		}
		if _, err := c.as(bert).Create(ctx, "contact", fields(t, `{"name":"x","customer":"`+mine.ID.String()+`"}`)); err == nil {
			t.Error("a contact was hung on a customer that its maker cannot read")
		}
		why, err := c.as(anna).Explain(ctx, ExplainQuery{Kind: "customer", ID: mine.ID, Field: "id_number"})
		if err != nil || !why.Allowed || why.Level != "masked" || len(why.Permits) == 0 {
			t.Errorf("explanation %+v %v", why, err)
		}
		if len(why.Permits) > 0 && !strings.Contains(why.Permits[0].Sentence.EN, "Sales people win and follow up the customers they own") {
			t.Errorf("in English the reason reads %q", why.Permits[0].Sentence.EN)
		}
		who, err := c.as(anna).WhoCan(ctx, "customer", mine.ID, "read", "")
		if err != nil || len(who.Items) != 3 {
			t.Errorf("who can: %+v %v", who, err)
		}
		kinds, err := c.as(anna).Kinds(ctx)
		if err != nil || len(kinds) < 5 {
			t.Errorf("kinds %v %v", kinds, err)
		}
		me, err := c.as(head).Me(ctx)
		if err != nil || me.Person.Name != "head" || len(me.Appointments) != 1 || !me.Appointments[0].Head {
			t.Errorf("me %+v %v", me, err)
		}

		// A revocation is in force with its commit.
		c.sql("DELETE FROM pack_assignment WHERE id = 403")
		c.sql("UPDATE policy_state SET epoch = epoch + 1")
		if page, err := c.as(anna).List(ctx, ListQuery{Kind: "customer"}); err == nil && len(page.Items) > 0 {
			t.Errorf("after the revocation: %+v", page)
		}
		if err := c.as(boss).Delete(ctx, "customer", mine.ID, changed.Version); !fault.Is(err, fault.Conflict) {
			t.Errorf("a customer with contacts was removed: %v", err)
		}
	})
}
