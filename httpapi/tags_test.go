package httpapi_test

import (
	"testing"

	"guan/records"
	"guan/store"
)

// A group of tags, a rule for it and a stage, from the settings to a record.
func TestTagsAndStagesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, seller := p.as("boss"), p.as("seller")
		path := "/api/v1/policy/fields/customer/c_activity"
		boss.do("PUT", path, tagGroup("general", map[string]any{"tag": "gone", "terms": triedRule["terms"]}), "If-Match", "0").is(400, "custom_field")
		boss.do("PUT", path, tagGroup("general", map[string]any{"tag": "busy", "when": map[string]any{"op": "gt", "field": "annual_sales", "value": map[string]any{"money": "1"}}}), "If-Match", "0").is(400, "custom_field")
		boss.do("PUT", path, tagGroup("general", triedRule), "If-Match", "0").must(200)
		kinds := into[ofItems[store.KindInfo]](seller.get("/api/v1/kinds").must(200))
		found := false
		for _, k := range kinds.Items {
			for _, f := range k.Fields {
				found = found || k.Name == "customer" && f.Name == "c_activity" && f.ByRule && f.Colour == "gold" && !f.Create
			}
		}
		if !found {
			t.Error("the group is not shown with its colour")
		}
		made := into[store.Item](seller.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "常来的"}}).must(201))
		at := "/api/v1/records/customer/" + made.ID.String()
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"c_activity": []string{"busy"}}}, "If-Match", "1").is(400, "fields")
		runs := into[ofItems[store.TagRun]](boss.get("/api/v1/policy/tags/runs").must(200))
		if len(runs.Items) != 1 || runs.Items[0].Why != "changed" {
			t.Errorf("the runs are %+v", runs.Items)
		}
		seller.do("DELETE", "/api/v1/policy/tags/runs/customer", nil).is(403, "right")
		boss.do("DELETE", "/api/v1/policy/tags/runs/customer", nil).must(204)
		boss.do("DELETE", "/api/v1/policy/tags/runs/customer", nil).is(404, "tag_run")
		if runs = into[ofItems[store.TagRun]](boss.get("/api/v1/policy/tags/runs").must(200)); runs.Items[0].Status != store.Cancelled {
			t.Errorf("cancelled, it is %+v", runs.Items)
		}
		boss.do("DELETE", path, nil).must(204)

		stages := into[store.WrittenStages](boss.get("/api/v1/policy/stages/customer").must(200))
		stages.Stages = append(stages.Stages, records.StageParts{Code: "renewal", Label: records.Label{ZH: "续费", EN: "Renewal"}, From: []string{"active"}})
		put := boss.do("PUT", "/api/v1/policy/stages/customer", map[string]any{"stages": stages.Stages}, "If-Match", "0").must(200)
		if into[store.WrittenStages](put).Version != 1 {
			t.Error("the stages have no version")
		}
		boss.do("PUT", "/api/v1/policy/stages/customer", map[string]any{"stages": stages.Stages}, "If-Match", "0").is(412, "version")
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"stage": "renewal"}}, "If-Match", "1").is(400, "stage_gate")
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"stage": "active"}}, "If-Match", "1").must(200)
		seller.do("PATCH", at, map[string]any{"fields": map[string]any{"stage": "renewal"}}, "If-Match", "2").must(200)
	})
}
