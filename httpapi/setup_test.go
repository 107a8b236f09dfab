package httpapi_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"guan/access"
	"guan/httpapi"
	"guan/internal/testdb"
	"guan/jobs"
	"guan/store"
)

// empty starts the program on a database in which nobody is, with a code that opens its setup.
func empty(t *testing.T, at testdb.Database) (*program, string) {
	t.Helper()
	if at.DataDir == "" {
		at.DataDir = t.TempDir()
	}
	db, err := store.Open(t.Context(), store.Options{DataDir: at.DataDir, URL: at.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	code, err := db.System(store.JobSetup, store.DefaultTenant).SetupCode(t.Context())
	if err != nil || code == "" {
		t.Fatal(code, err)
	}
	runner, err := jobs.New(db, store.DefaultTenant, nil)
	if err != nil {
		t.Fatal(err)
	}
	server, err := httpapi.New(httpapi.Options{DB: db, Jobs: runner.Folder(), Archives: runner.Archives(), Listen: "127.0.0.1:0", Limits: httpapi.Limits{Requests: -1, SignIns: -1},
		UI: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "the UI") })})
	if err != nil {
		t.Fatal(err)
	}
	go server.Run(t.Context())
	t.Cleanup(func() { server.Close() })
	return &program{t: t, url: server.URL(), server: server, db: db, runner: runner}, code
}

type setupState struct{ Needed bool }

// The first person sets the company up once; what the trade brings stands, and there is no second
// time.
func TestSetupOnce(t *testing.T) {
	blank.InTurn(t, func(t *testing.T, at testdb.Database) {
		p, code := empty(t, at)
		c := p.anonymous()
		if !into[setupState](c.get("/api/v1/setup").must(200)).Needed {
			t.Fatal("an empty installation needs no setup")
		}
		c.post("/api/v1/setup/trades", map[string]string{"code": "wrong"}).is(403, "setup_code")
		offer := c.post("/api/v1/setup/trades", map[string]string{"code": code}).must(200)
		trades := into[ofItems[struct{ ID string }]](offer)
		// Whoever chooses a pack for a position reads what it gives.
		for _, trade := range access.Trades {
			for _, position := range trade.Positions {
				for _, pack := range position.Packs {
					if !slices.ContainsFunc(into[struct{ Packs []access.Pack }](offer).Packs, func(p access.Pack) bool { return p.ID == pack && p.Description.ZH != "" && p.Description.EN != "" }) {
						t.Errorf("%s of %s has the pack %s, of which nothing is told", position.Code, trade.ID, pack)
					}
				}
			}
		}
		if len(trades.Items) != 7 {
			t.Errorf("%d trades", len(trades.Items))
		}
		c.post("/api/v1/setup", setupBody("wrong")).is(403, "setup_code")
		bad := setupBody(code)
		bad["trade"], bad["company"] = "piracy", map[string]any{"name": " "}
		if got := c.post("/api/v1/setup", bad).is(400, "setup").problem(); len(got.Errors) != 2 {
			t.Errorf("%+v", got.Errors)
		}
		broken := setupBody(code)
		broken["units"] = []any{map[string]any{"name": "x", "type": "store", "parent": "nowhere"}}
		c.post("/api/v1/setup", broken).is(400, "unit_parent")
		if !into[setupState](c.get("/api/v1/setup").must(200)).Needed {
			t.Fatal("a refused setup left something behind")
		}
		c.post("/api/v1/setup", setupBody(code)).must(201)

		me := into[struct {
			Can   []string
			Kinds []string
			Packs []struct{ ID string }
		}](c.get("/api/v1/me").must(200))
		if got := fmt.Sprint(me.Can); got != "[org people policy audit tokens import duplicates]" {
			t.Errorf("the first administrator may %s", got)
		}
		units := into[ofItems[struct{ ID, Name, Parent string }]](c.get("/api/v1/org/units").must(200))
		if len(units.Items) != 3 || units.Items[0].Name != "新公司" || units.Items[1].Name != "华东大区" || units.Items[2].Parent != units.Items[1].ID {
			t.Errorf("%+v", units.Items)
		}
		if got := into[ofItems[any]](c.get("/api/v1/policy/fields").must(200)); len(got.Items) < 4 {
			t.Errorf("%d custom fields", len(got.Items))
		}
		if got := into[ofItems[any]](c.get("/api/v1/policy/rules").must(200)); len(got.Items) < 3 {
			t.Errorf("%d rules", len(got.Items))
		}
		if got := into[ofItems[any]](c.get("/api/v1/records/customer").must(200)); len(got.Items) != 0 {
			t.Error("an administrator who does not see all sees the customers that are there")
		}
		if into[setupState](c.get("/api/v1/setup").must(200)).Needed {
			t.Error("still needed")
		}
		p.anonymous().post("/api/v1/setup", setupBody(code)).is(404, "setup")
		p.anonymous().post("/api/v1/setup/trades", map[string]string{"code": code}).is(404, "setup")
		if again, err := p.db.System(store.JobSetup, store.DefaultTenant).SetupCode(t.Context()); again != "" || err != nil {
			t.Error(again, err)
		}
		// A general manager can be appointed by an administrator who is none.
		boss := c.post("/api/v1/org/changes", map[string]any{"join": []any{map[string]any{
			"fields": map[string]any{"name": "总经理", "login": "gm"}, "account": true,
			"appointments": []any{map[string]any{"unit": units.Items[0].ID, "position": "general_manager"}},
		}}}).must(200)
		made := into[struct{ Joined []struct{ Password string } }](boss).Joined[0]
		gm := p.anonymous()
		gm.post("/api/v1/session", map[string]string{"login": "gm", "password": made.Password}).must(200)
		gm.get("/api/v1/me").is(403, "must_change")
		gm.post("/api/v1/password", map[string]string{"old": made.Password, "new": made.Password}).is(400, "password_old")
		gm.post("/api/v1/password", map[string]string{"old": made.Password, "new": password}).must(204)
		if got := into[ofItems[any]](gm.get("/api/v1/records/customer").must(200)); len(got.Items) != 3 {
			t.Errorf("%d sample customers", len(got.Items))
		}
	})
}

// What a wizard does is all or nothing, and what it would change is told before: exactly.
func TestReorganise(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		admin, boss, seller := p.as("admin"), p.as("boss"), p.as("seller")
		count := func(c *client) int {
			return len(into[ofItems[item]](c.get("/api/v1/records/customer").must(200)).Items)
		}
		type impact struct {
			People []struct {
				Person struct{ Name string }
				Kinds  []struct {
					Kind         string
					Gained, Lost map[string]int
				}
			}
		}
		// The seller's pack is of the person: a move changes what their head sees.
		unit := into[ofItems[struct {
			ID      string
			Name    string
			Version int
		}]](admin.get("/api/v1/org/units").must(200))
		var east, root string
		var version int
		for _, u := range unit.Items {
			if u.Name == "东区" {
				east, version = u.ID, u.Version
			}
			if u.Name == "总部" {
				root = u.ID
			}
		}
		move := map[string]any{"units": []any{map[string]any{"id": east, "version": version, "parent": root}}}
		told := into[impact](admin.post("/api/v1/org/impact", move).must(200))
		if len(told.People) != 1 || told.People[0].Person.Name != "姓head" || told.People[0].Kinds[0].Lost["read"] != 1 {
			t.Errorf("%+v", told)
		}
		head := p.as("head")
		if count(head) != 2 {
			t.Errorf("the impact changed something: %d", count(head))
		}
		admin.post("/api/v1/org/changes", move).must(200)
		if count(head) != 1 {
			t.Errorf("the head sees %d after the move", count(head))
		}
		admin.post("/api/v1/org/changes", move).is(412, "version")

		// One wrong part undoes the others.
		login := fresh("anna")
		join := map[string]any{"fields": map[string]any{"name": "安娜", "login": login, "phone": "13800138001"}, "packs": []string{"sales"}, "account": true,
			"appointments": []any{map[string]any{"unit": east, "position": "member", "until": time.Now().Add(time.Hour)}}}
		admin.post("/api/v1/org/changes", map[string]any{"join": []any{join}, "appoint": []any{map[string]any{"person": "1", "unit": east, "position": "member"}}}).is(400, "person")
		if got := into[impact](admin.post("/api/v1/org/impact", map[string]any{"join": []any{join}}).must(200)); len(got.People) != 1 || got.People[0].Person.Name != "安娜" {
			t.Errorf("%+v", got)
		}
		made := into[struct {
			Joined []struct {
				Person   struct{ ID, Login string }
				Password string
			}
		}](admin.post("/api/v1/org/changes", map[string]any{"join": []any{join}}).must(200)).Joined[0]
		if made.Person.Login != login || len(made.Password) < 16 {
			t.Errorf("%+v", made)
		}
		// The seller leaves; the new colleague gets what is theirs. The administrator is told numbers.
		leaving := into[ofItems[struct {
			Kind string
			All  int
		}]](admin.get("/api/v1/org/people/" + p.people["seller"].String() + "/leaving").must(200))
		if len(leaving.Items) != 1 || leaving.Items[0].Kind != "customer" || leaving.Items[0].All != 1 {
			t.Errorf("%+v", leaving)
		}
		hand := func(to string) map[string]any {
			return map[string]any{"leave": []any{map[string]any{"person": p.people["seller"].String(), "hand": []any{map[string]any{"kind": "customer", "to": to, "unit": true}}}}}
		}
		admin.post("/api/v1/org/changes", hand(p.people["admin"].String())).is(403, "self_gain")
		if got := into[impact](admin.post("/api/v1/org/impact", hand(made.Person.ID)).must(200)); len(got.People) != 1 || got.People[0].Kinds[0].Lost["read"] != 1 {
			t.Errorf("%+v", got)
		}
		seller.get("/api/v1/me").must(200)
		if got := into[struct{ Handed int }](admin.post("/api/v1/org/changes", hand(made.Person.ID)).must(200)); got.Handed != 1 {
			t.Errorf("%d handed over", got.Handed)
		}
		seller.get("/api/v1/me").is(401, "signin")
		p.anonymous().post("/api/v1/session", credentialsOf("seller", password)).is(401, "credentials")
		anna := p.anonymous()
		anna.post("/api/v1/session", credentialsOf(login, made.Password)).must(200)
		anna.get("/api/v1/records/customer").is(403, "must_change")
		anna.post("/api/v1/password", map[string]string{"old": made.Password, "new": password}).must(204)
		if got := count(anna); got != 1 {
			t.Errorf("she sees %d customers", got)
		}
		person := into[item](boss.get("/api/v1/records/person/" + p.people["seller"].String()).must(200))
		if person.Fields["stage"] != "left" || person.Fields["left_on"] == nil {
			t.Errorf("%+v", person.Fields)
		}
		admin.post("/api/v1/org/changes", map[string]any{}).is(400, "changes")
	})
}

// A staff list makes people, units and appointments in one go; first passwords open nothing but the
// choice of another.
func TestStaffList(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		boss.do("PUT", "/api/v1/org/positions/keeper", map[string]any{"label": map[string]any{"zh": "店长", "en": "Keeper"}}).must(200)
		table := "姓名,登录名,部门,岗位,电话,是否负责人\n"
		for i := range 1000 {
			head := ""
			if i%100 == 0 {
				head = "是"
			}
			table += fmt.Sprintf("员工%d,staff%d,大区%d/门店%d,店长,1380013%04d,%s\n", i, i, i%10, i%100, i, head)
		}
		send := func(mapping, table string) background {
			parts := []string{"kind", "staff", "mode", "run"}
			if mapping != "" {
				parts = append(parts, "mapping", mapping)
			}
			return boss.ordered("imports", boss.upload("staff.csv", table, parts...))
		}
		began := time.Now()
		if done := send("", table); done.Status != "failed" || done.Failed != 1000 {
			t.Errorf("units were made that nobody asked for: %+v", done)
		}
		mapping := `{"kind":"staff","columns":[{"column":"姓名","field":"name"},{"column":"登录名","field":"login"},{"column":"部门","field":"unit"},{"column":"岗位","field":"position"},
			{"column":"电话","field":"phone"},{"column":"是否负责人","field":"head"}],"constants":{"create_units":"yes"}}`
		if done := send(mapping, table); done.Status != "done" || done.Created != 1000 {
			t.Fatalf("%+v", done)
		}
		t.Logf("1,000 people tried and imported in %s", time.Since(began))
		if done := send(mapping, table); done.Status != "done" || done.Unchanged != 1000 {
			t.Errorf("a second time: %+v", done)
		}
		units := into[ofItems[struct {
			Name  string
			Heads []any
		}]](boss.get("/api/v1/org/units").must(200))
		heads := 0
		for _, u := range units.Items {
			heads += len(u.Heads)
		}
		if len(units.Items) != 4+10+100 || heads != 11 {
			t.Errorf("%d units, %d heads", len(units.Items), heads)
		}
		handed := into[ofItems[struct {
			Person   struct{ Login string }
			Password string
		}]](boss.post("/api/v1/org/accounts", map[string]any{}).must(200))
		if len(handed.Items) != 1000 || handed.Items[0].Password == handed.Items[1].Password {
			t.Fatalf("%d accounts", len(handed.Items))
		}
		if again := into[ofItems[any]](boss.post("/api/v1/org/accounts", map[string]any{}).must(200)); len(again.Items) != 0 {
			t.Errorf("%d accounts a second time", len(again.Items))
		}
		c := p.anonymous()
		first := handed.Items[7]
		signed := into[struct {
			MustChange bool `json:"must_change"`
		}](c.post("/api/v1/session", credentialsOf(first.Person.Login, first.Password)).must(200))
		if !signed.MustChange {
			t.Error("the sign-in does not say that the password must change")
		}
		c.get("/api/v1/kinds").is(403, "must_change")
		c.post("/api/v1/password", map[string]string{"old": first.Password, "new": password}).must(204)
		c.get("/api/v1/kinds").must(200)
	})
}
