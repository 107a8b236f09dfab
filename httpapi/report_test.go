package httpapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"guan/paper"
	"guan/policy"
	"guan/report"
	"guan/store"
	"guan/watch"
)

// watches seals what was done and has it watched, as the program does in the background.
func (p *program) watches() {
	p.t.Helper()
	if _, err := p.db.System(store.JobSeal, store.DefaultTenant).Seal(context.Background()); err != nil {
		p.t.Fatal(err)
	}
	for more := true; more; {
		var err error
		if more, err = p.db.System(store.JobWatch, store.DefaultTenant).Watch(context.Background()); err != nil {
			p.t.Fatal(err)
		}
	}
}

// reports seals what was done and makes the reports that are due.
func (p *program) reports() {
	p.t.Helper()
	p.watches()
	for more := true; more; {
		var err error
		if more, err = p.db.System(store.JobReport, store.DefaultTenant).MakeReports(context.Background()); err != nil {
			p.t.Fatal(err)
		}
	}
}

// monthly is somebody's newest report, by its page, with what it says on paper in both languages.
func (c *client) monthly() (r store.ReportDocument, zh, en string) {
	c.p.t.Helper()
	list := into[store.ReportList](c.get("/api/v1/reports").must(200)).Items
	if len(list) == 0 {
		c.p.t.Fatalf("%s has no report", c.login)
	}
	path := "/api/v1/reports/" + list[0].ID.String()
	r = into[store.ReportDocument](c.get(path).must(200))
	text := map[string]string{}
	for _, lang := range []string{"zh", "en"} {
		lines, err := paper.Lines(c.get(path + "/file?lang=" + lang).must(200).body)
		if err != nil {
			c.p.t.Fatal(err)
		}
		text[lang] = strings.Join(lines, "\n")
	}
	return r, text["zh"], text["en"]
}

func did(r store.ReportDocument, who policy.ID) report.Deeds {
	for _, l := range r.Looked {
		if l.ID == who {
			return l.Deeds
		}
	}
	return report.Deeds{}
}

// A month in which everything happened that a report tells of: each reader is told of what they may know, each thing
// once, on the page and on paper, in both languages; and of nothing that stands in a record.
func TestMonthTold(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		on("boss").do("PUT", "/api/v1/reveal/settings", map[string]any{"factor": []string{}, "per_day": 50, "seconds": 30}, "If-Match", "0").must(200)
		on("boss").do("PATCH", customers(p.own), map[string]any{"fields": map[string]any{"bank_account": "6222020903001483077"}}, "If-Match", `"1"`).must(200)
		p.watches() // what was before the first look only teaches

		// Seen, opened, refused; two values revealed.
		on("seller").get("/api/v1/records/customer").must(200)
		on("seller").get(customers(p.own)).must(200)
		on("seller").get(customers(p.other)).must(404)
		for range 2 {
			on("seller").reveal(p.own, "bank_account").must(200)
		}
		// Exported, by the head and by the boss.
		order := func(who, purpose string) {
			t.Helper()
			c := on(who)
			c.get(c.ordered("exports", c.post("/api/v1/exports", map[string]any{"kind": "customer", "purpose": purpose, "format": "csv"})).FileURL).must(200)
		}
		order("head", "部门例会用")
		order("boss", "董事会用")
		// Opened in an emergency, and judged.
		opened := into[made](on("head").post("/api/v1/emergencies", glass(p.other)).must(201)).ID.String()
		on("boss").do("POST", "/api/v1/emergencies/"+opened+"/end", nil).must(200)
		on("boss").post("/api/v1/emergencies/"+opened+"/review", map[string]any{"verdict": "unjustified", "note": "可以先打电话"}).must(200)
		// Lent: one grant ends before its time, one by its instant in the next month.
		lend := func(by, to string, record policy.ID, until time.Time) string {
			t.Helper()
			return into[made](on(by).post("/api/v1/grants", map[string]any{"receiver": p.people[to].String(), "kind": "customer", "records": []string{record.String()}, "actions": []string{"read"},
				"fields": []any{map[string]any{"class": "general", "level": "plain"}}, "until": until.UTC().Format(time.RFC3339), "purpose": "代班"}).must(201)).ID.String()
		}
		lend("seller", "staff", p.own, clock.Now().Add(35*24*time.Hour))
		on("seller").do("DELETE", "/api/v1/grants/"+lend("seller", "rival", p.own, clock.Now().Add(24*time.Hour)), nil).must(200)
		lend("boss", "admin", p.other, clock.Now().Add(24*time.Hour))
		// A rule came into force, and a marked record was opened.
		p.published(func(document map[string]any) {
			rules, _ := document["rules"].([]any)
			document["rules"] = append(rules, map[string]any{"id": "told", "effect": "forbid", "kind": "customer", "actions": []string{"export"}, "where": map[string]any{"path": "all"}, "scene": "月报演练",
				"who": map[string]any{"any": []any{map[string]any{"person": p.people["rival"].String()}}}})
		}).must(200)
		on("auditor").do("PUT", "/api/v1/honey/customer/"+p.colleagues.String(), map[string]any{"note": ""}).must(204)
		on("rival").get(customers(p.colleagues)).must(200)
		p.watches()

		clock.set(time.Date(2026, 4, 1, 2, 0, 0, 0, time.UTC)) // ten in the morning in China
		p.reports()
		for _, who := range []string{"seller", "rival", "staff"} {
			if list := into[store.ReportList](on(who).get("/api/v1/reports").must(200)).Items; len(list) != 0 {
				t.Errorf("%s has %+v", who, list)
			}
		}
		type told struct{ exports, emergencies, grants, honey int }
		for who, want := range map[string]told{"boss": {2, 1, 3, 1}, "auditor": {2, 1, 3, 1}, "head": {0, 0, 2, 0}} {
			r, zh, en := on(who).monthly()
			got := told{exports: len(r.Exports), emergencies: len(r.Emergencies), grants: len(r.Grants)}
			for _, u := range r.Unusual {
				for _, a := range u.Alerts {
					if a.Detector == string(watch.Honey) && u.ID == p.people["rival"] {
						got.honey += int(a.Count)
					}
				}
			}
			if r.Month != "2026-03" || r.Preliminary || got != want {
				t.Errorf("%s is told of %s, preliminary %t: %+v, want %+v", who, r.Month, r.Preliminary, got, want)
			}
			if s := did(r, p.people["seller"]); s.Reveals != 2 || s.Denials != 1 || s.Seen < 1 || s.Opened < 1 || s.Exports != 0 {
				t.Errorf("%s is told that the seller did %+v", who, s)
			}
			if outside := did(r, p.people["boss"]) != (report.Deeds{}); outside == (who == "head") {
				t.Errorf("%s is told of the boss: %t", who, outside)
			}
			ended := 0
			for _, g := range r.Grants {
				if !g.Given {
					t.Errorf("%s: given in another month: %+v", who, g)
				}
				if g.Ended {
					ended++
				}
				if g.Revoked != (g.To.ID == p.people["rival"]) {
					t.Errorf("%s: taken back: %+v", who, g)
				}
			}
			if want := map[bool]int{true: 1, false: 2}[who == "head"]; ended != want {
				t.Errorf("%s is told of %d grants that ended, want %d", who, ended, want)
			}
			// The first version is from when the company was set up, here on the same day.
			if last := r.Changes[len(r.Changes)-1]; len(r.Changes) < 1 || last.By == nil || last.By.ID != p.people["admin"] || last.Note != map[bool]string{true: "", false: "试行"}[who == "head"] {
				t.Errorf("%s is told of the rules: %+v", who, r.Changes)
			}
			words := map[bool][]string{true: {"姓seller", "2026-03"}, false: {"姓seller", "2026-03", "部门例会用", "董事会用", "试行"}}[who == "head"]
			for lang, text := range map[string]string{"zh": zh, "en": en} {
				for _, word := range words {
					if !strings.Contains(text, word) {
						t.Errorf("the paper of %s in %s lacks %s:\n%s", who, lang, word, text)
					}
				}
				for _, secret := range []string{"关山贸易", "北辰集团", "西岭商行", "6222020903001483077", "13800138000"} {
					if strings.Contains(text, secret) {
						t.Errorf("the paper of %s in %s tells %s", who, lang, secret)
					}
				}
			}
			if who != "head" {
				e, x := r.Emergencies[0], r.Exports
				if e.By.ID != p.people["head"] || e.Reason == "" || e.Verdict != "unjustified" {
					t.Errorf("%s: %+v", who, e)
				}
				if fmt.Sprint(x[0].Purpose, x[1].Purpose) != "董事会用部门例会用" || x[0].Rows != 3 || x[1].Rows != 2 {
					t.Errorf("%s: %+v", who, x)
				}
			}
		}

		// Nothing of it counts once more in April, and what goes on is told of as such.
		clock.set(time.Date(2026, 5, 1, 2, 0, 0, 0, time.UTC))
		p.reports()
		r, _, _ := on("boss").monthly()
		if s := did(r, p.people["seller"]); r.Month != "2026-04" || s.Reveals != 0 || len(r.Exports) != 0 || len(r.Emergencies) != 0 || len(r.Changes) != 0 {
			t.Errorf("%s: %+v %+v", r.Month, s, r)
		}
		if len(r.Grants) != 1 || r.Grants[0].Given || !r.Grants[0].Ended || r.Grants[0].To.ID != p.people["staff"] {
			t.Errorf("%+v", r.Grants)
		}
	})
}
