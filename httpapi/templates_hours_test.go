package httpapi_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guan/store"
)

// Outside 8:00 to 20:00 in the time of the company nobody exports, on any day: not the boss, not what was
// ordered before, and no file that was made before is handed out. At eight it opens by itself.
func TestWorkingHoursTemplate(t *testing.T) {
	china := time.FixedZone("UTC+8", 8*60*60)
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		p.switchesOn("working_hours").must(200)
		for _, kind := range []string{"contact", "opportunity", "contract"} {
			fields := map[string]any{"customer": p.own.String(), "owner": p.people["seller"].String(), "name": "甲", "number": "甲"}
			if kind != "contract" {
				delete(fields, "number")
			}
			p.as("boss").post("/api/v1/records/"+kind, map[string]any{"fields": fields}).must(201)
		}
		order := func(who, kind string) *reply {
			return on(who).post("/api/v1/exports", map[string]any{"kind": kind, "purpose": "对账", "format": "csv"})
		}
		for _, x := range []struct {
			at   time.Time
			open bool
		}{
			{time.Date(2026, 3, 3, 8, 0, 0, 0, china).Add(-time.Microsecond), false},
			{time.Date(2026, 3, 3, 8, 0, 0, 0, china), true},
			{time.Date(2026, 3, 3, 20, 0, 0, 0, china).Add(-time.Microsecond), true},
			{time.Date(2026, 3, 3, 20, 0, 0, 0, china), false},
			{time.Date(2026, 3, 4, 0, 0, 0, 0, china), false},
			{time.Date(2026, 3, 7, 12, 0, 0, 0, china), true}, // a Saturday: the template speaks of hours
			{time.Date(2026, 3, 8, 21, 0, 0, 0, china), false},
		} {
			clock.set(x.at)
			for _, kind := range []string{"customer", "contact", "opportunity", "contract"} {
				for _, who := range []string{"seller", "boss"} {
					got := order(who, kind)
					if !x.open {
						got.is(403, "export")
						continue
					}
					if job := on(who).ordered("exports", got); job.Status != "done" || job.Done == 0 {
						t.Errorf("at %v %s exports %s: %+v", x.at, who, kind, job)
					}
				}
			}
			if got := slices.Contains(into[item](on("seller").get(customers(p.own)).must(200)).Can, "export"); got != x.open {
				t.Errorf("at %v the export is offered: %v", x.at, got)
			}
			on("seller").get("/api/v1/records/customer").must(200) // to look is another thing
		}

		why := into[store.Explanation](on("seller").get("/api/v1/explain?kind=customer&action=export&id=" + p.own.String()).must(200))
		if why.Allowed || len(why.Forbids) != 1 || why.Forbids[0].Scene.ZH != "下班后的导出没有业务理由" || !strings.Contains(why.Forbids[0].Sentence.ZH, "北京时间在 0:00–8:00、20:00–24:00") {
			t.Errorf("at night the explanation is %+v", why)
		}
		clock.set(time.Date(2026, 3, 9, 19, 59, 0, 0, china))
		made := on("seller").ordered("exports", order("seller", "customer"))
		late := into[background](order("seller", "customer").must(202))
		clock.advance(time.Minute)
		on("seller").get(made.FileURL).is(412, "export_changed")
		p.works()
		if got := into[background](on("seller").get("/api/v1/exports/" + late.ID.String()).must(200)); got.Status != "failed" || got.Done != 0 {
			t.Errorf("what was ordered in time is made at night: %+v", got)
		}
		clock.set(time.Date(2026, 3, 10, 8, 0, 0, 0, china))
		on("seller").get(made.FileURL).must(200)
	})
}
