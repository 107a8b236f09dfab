package httpapi_test

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"testing"
)

// The gate before a stage stands on every way to write: one record, a batch, a mass change and an
// import, new or changed. An import tells the row with the stage and what it lacks; taking an import
// back asks no gate, for a record goes where it came from.
func TestGatesHoldOnEveryWrite(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss := p.as("boss")
		with := func(pairs ...string) map[string]any {
			fields := map[string]any{}
			for i := 0; i < len(pairs); i += 2 {
				fields[pairs[i]] = pairs[i+1]
			}
			return map[string]any{"fields": fields}
		}
		customer := into[item](boss.post("/api/v1/records/customer", with("name", "甲", "code", "K1")).must(201))
		made := func(code, stage string) item {
			return into[item](boss.post("/api/v1/records/opportunity", with("name", "商机"+code, "code", code, "customer", customer.ID.String(), "stage", stage)).must(201))
		}
		gated := func(what string, r *reply) {
			t.Helper()
			r.is(400, "stage_gate")
			params := r.problem().Params
			if fmt.Sprint(params["stage"], params["fields"]) != "won[amount closed_on]" {
				t.Errorf("%s: %s", what, r.body)
			}
		}
		one := made("C1", "need")
		gated("one edit", boss.do("PATCH", "/api/v1/records/opportunity/"+one.ID.String(), fieldsOf("stage", "won"), "If-Match", `"1"`))
		gated("one new", boss.post("/api/v1/records/opportunity", with("name", "x", "customer", customer.ID.String(), "stage", "won")))
		gated("a batch", boss.post("/api/v1/records/opportunity/batch", map[string]any{"ids": []any{map[string]any{"id": one.ID, "version": 1}}, "fields": map[string]any{"stage": "won"}}))
		mass := into[massResult](boss.post("/api/v1/records/opportunity/bulk/preview", map[string]any{"ids": []string{one.ID.String()}, "change": fieldsOf("stage", "won")}).must(200))
		if mass.Will != 0 || len(mass.Skipped) != 1 || mass.Skipped[0].Code != "stage_gate" {
			t.Errorf("a mass change: %+v", mass)
		}

		columns := `"columns":[{"column":"商机名称","field":"name"},{"column":"商机编码","field":"code"},{"column":"客户","field":"customer","by":"code"},{"column":"阶段","field":"stage"},{"column":"预计金额","field":"amount"},{"column":"实际结束日期","field":"closed_on"}]`
		head := "商机名称,商机编码,客户,阶段,预计金额,实际结束日期\n"
		bring := func(table, mode string) told {
			t.Helper()
			return boss.tells("imports", boss.upload("o.csv", head+table, "kind", "opportunity", "mapping", `{"kind":"opportunity","key":"code",`+columns+`}`, "mode", mode, "atomic", "row"))
		}
		table := "新单,N1,K1,赢单,,\n旧单,C1,K1,赢单,,\n半单,N2,K1,won,10,\n好单,N3,K1,赢单,10,2026-01-02\n"
		for _, mode := range []string{"dry", "run"} {
			got := bring(table, mode)
			var said []string
			for _, problem := range got.Problems {
				said = append(said, fmt.Sprint(problem.Row, problem.Column, problem.Code, problem.Params["stage"], problem.Params["fields"]))
			}
			want := []string{"2阶段stage_gatewon[amount closed_on]", "3阶段stage_gatewon[amount closed_on]", "4阶段stage_gatewon[closed_on]"}
			if slices.Sort(said); !reflect.DeepEqual(said, want) || got.Created != 1 || got.Updated != 0 || got.Failed != 3 {
				t.Errorf("%s: %q, %+v", mode, said, got)
			}
			if errs := boss.get(got.ErrorsURL).table(); len(errs) != 4 || errs[1][3] != "the record may not go to the stage won yet: it lacks amount, closed_on" {
				t.Errorf("%s: %q", mode, errs)
			}
		}
		// Not from the first stage, whatever is filled in.
		made("C2", "initial")
		barred := bring("商机C2,C2,K1,赢单,10,2026-01-02\n", "run")
		if len(barred.Problems) != 1 || barred.Problems[0].Code != "stage_gate" || fmt.Sprint(barred.Problems[0].Params["from"]) != "[need proposal negotiation]" {
			t.Errorf("%+v", barred.Problems)
		}
		// Won, then lost by an import that is taken back: lost is no stage from which one wins, and
		// yet the record stands where it stood.
		lost := boss.tells("imports", boss.upload("l.csv", "商机编码,阶段,输单原因,实际结束日期\nN3,输单,价格,2026-01-03\n", "kind", "opportunity", "mapping",
			`{"kind":"opportunity","key":"code","columns":[{"column":"商机编码","field":"code"},{"column":"阶段","field":"stage"},{"column":"输单原因","field":"lost_reason"},{"column":"实际结束日期","field":"closed_on"}]}`, "mode", "run"))
		if lost.Updated != 1 {
			t.Fatalf("%+v", lost)
		}
		back := boss.tells("imports", boss.post("/api/v1/imports/"+lost.ID.String()+"/revert", map[string]any{"mode": "run"}))
		if back.Updated != 1 || back.Failed != 0 {
			t.Fatalf("%+v", back)
		}
		found := into[struct{ Items []item }](boss.get("/api/v1/records/opportunity?filter=" + url.QueryEscape(`r.code == "N3"`)).must(200))
		if len(found.Items) != 1 || found.Items[0].Fields["stage"] != "won" {
			t.Errorf("%+v", found.Items)
		}
	})
}
