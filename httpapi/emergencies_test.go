package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"guan/policy"
)

// A record that is not found is opened in an emergency, by its number, and closed at once.
func TestEmergencyOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		head, boss := p.as("head"), p.as("boss")
		head.get(customers(p.other)).must(404)
		weak := glass(p.other)
		weak["reason"] = "急"
		if got := head.post("/api/v1/emergencies", weak).must(400); !strings.Contains(string(got.body), "emergency_reason") {
			t.Errorf("%s", got.body)
		}
		type emergency struct {
			ID     policy.ID `json:"id"`
			Record struct {
				Title string `json:"title"`
			} `json:"record"`
			Can   []string  `json:"can"`
			Until time.Time `json:"until"`
		}
		opened := into[emergency](head.post("/api/v1/emergencies", glass(p.other)).must(201))
		if opened.Record.Title != "北辰集团" || len(opened.Can) != 1 || time.Until(opened.Until) > 10*time.Minute {
			t.Errorf("%+v", opened)
		}
		seen := into[item](head.get(customers(p.other)).must(200))
		if _, amount := seen.Fields["annual_revenue"]; seen.Fields["phone"] != "13800138000" || amount {
			t.Errorf("%+v", seen)
		}
		head.do("PATCH", customers(p.other), fieldsOf("name", "改名"), "If-Match", "1").must(403)
		// It is for reading: no comment is offered, and none is taken.
		talk := customers(p.other) + "/comments"
		if got := into[struct{ Can []string }](head.get(talk).must(200)); len(got.Can) != 0 {
			t.Errorf("%+v", got)
		}
		head.post(talk, map[string]any{"text": "已联系"}).must(403)
		// A file would not hold it.
		type plan struct {
			Total struct {
				Count int `json:"count"`
			} `json:"total"`
		}
		file := map[string]any{"kind": "customer", "purpose": "对账", "filter": "r.name in ['北辰集团', '关山贸易']", "format": "csv"}
		if got := into[plan](head.post("/api/v1/exports/preview", file).must(200)); got.Total.Count != 1 {
			t.Errorf("%+v", got)
		}
		boss.do("POST", "/api/v1/emergencies/"+opened.ID.String()+"/end", nil).must(200)
		head.get(customers(p.other)).must(404)
		boss.post("/api/v1/emergencies/"+opened.ID.String()+"/review", map[string]any{"verdict": "unjustified", "note": "可以先打电话给负责人"}).must(200)
		if got := into[ofItems[struct {
			Review string `json:"review"`
		}]](head.get("/api/v1/emergencies").must(200)).Items; len(got) != 1 || got[0].Review != "unjustified" {
			t.Errorf("%+v", got)
		}
	})
}
