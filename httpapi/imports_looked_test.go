package httpapi_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The boss must not see what is kept from them, but has the right to know that somebody looks after it: an
// import says so of the row and of nothing more, and the head is asked from its result.
func TestImportSaysLookedAfter(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		boss, head, seller := p.as("boss"), p.as("head"), p.as("seller")
		there := into[made](seller.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "深圳雾岛科技有限公司", "city": "深圳", "phone": "13712345678"}}).must(201))
		boss.do("PUT", "/api/v1/policy/rules/apart", map[string]any{
			"effect": "forbid", "kind": "customer", "actions": []string{"read"}, "where": map[string]any{"path": "all"}, "scene": "独立核算",
			"when": map[string]any{"op": "eq", "field": "city", "value": map[string]any{"text": "深圳"}},
			"who":  map[string]any{"any": []any{map[string]any{"person": p.people["boss"].String()}}},
		}).must(200)
		boss.get("/api/v1/records/customer/" + there.ID.String()).must(404)

		preview := into[struct {
			Upload string
			Looks  *struct{ Hour, Day, Left int }
		}](boss.sendForm("/api/v1/imports/preview", "新.csv", "name\n雾岛科技\n", "kind", "customer").must(200))
		if preview.Looks == nil || preview.Looks.Hour != 20 || preview.Looks.Day != 60 || preview.Looks.Left != 20 {
			t.Errorf("%+v", preview.Looks)
		}
		if other := head.sendForm("/api/v1/imports/preview", "新.csv", "name\n雾岛科技\n", "kind", "customer").must(200); bytes.Contains(other.body, []byte(`"looks"`)) {
			t.Errorf("the head, who has no such right: %s", other.body)
		}

		type looked struct {
			told
			Unchecked int
			Looked    *struct{ Rows, Open int }
		}
		tells := func(asked *reply) looked {
			j := boss.tells("imports", asked)
			got := boss.get("/api/v1/imports/" + j.ID.String()).must(200)
			for _, secret := range []string{there.ID.String(), "深圳雾岛", "姓seller", `"matched"`} {
				if bytes.Contains(got.body, []byte(secret)) {
					t.Errorf("the answer holds %s: %s", secret, got.body)
				}
			}
			return into[looked](got)
		}
		rows := []string{"深圳 雾岛科技（有限公司）,SZ1,", "新来一家,SZ2,", "又一家,SZ3,137 1234 5678"}
		for i := range 30 {
			rows = append(rows, fmt.Sprintf("散户%c,SZ%d,", rune('甲'+i), i+10))
		}
		mapping := `{"kind":"customer","distinct":true,"columns":[{"column":"name","field":"name"},{"column":"code","field":"code"},{"column":"phone","field":"phone"}]}`
		tried := tells(boss.upload("新.csv", "name,code,phone\n"+strings.Join(rows, "\n")+"\n", "kind", "customer", "mapping", mapping, "atomic", "row"))
		if tried.Created != 31 || tried.Failed != 2 || tried.Unchecked != 13 || tried.Looked == nil || tried.Looked.Rows != 2 || tried.Looked.Open != 2 {
			t.Fatalf("tried: %+v %+v", tried, tried.Looked)
		}
		if p := tried.Problems; len(p) != 2 || p[0].Row != 2 || p[1].Row != 4 || p[0].Code != "looked_after" || p[0].Column != "" || p[0].Params != nil || p[1].Column != "" {
			t.Errorf("%+v", p)
		}
		if errs := boss.get(tried.ErrorsURL).table(); len(errs) != 3 || !slices.Equal(errs[1], []string{"2", "", "looked_after", "somebody looks after this already"}) {
			t.Errorf("%v", errs)
		}
		ran := tells(boss.upload("", "", "from", tried.ID.String(), "mode", "run", "atomic", "row"))
		if ran.Created != 31 || ran.Failed != 2 || ran.Unchecked != 13 || ran.Looked == nil || ran.Looked.Open != 2 {
			t.Errorf("ran: %+v %+v", ran, ran.Looked)
		}
		boss.post("/api/v1/records/customer/looked-after", fieldsOf("name", "别的")).is(429, "looked_limit")

		// Nobody but who imported asks; each row is asked about once, whichever page asks.
		ask := "/api/v1/imports/" + ran.ID.String() + "/ask-head"
		head.post(ask, map[string]any{"note": "我也想要"}).is(404, "job")
		boss.post(ask, map[string]any{"note": "  "}).is(400, "required")
		got := into[struct{ Asked, Open int }](boss.post(ask, map[string]any{"note": "客户找到了总部"}).must(200))
		if got.Asked != 2 || got.Open != 0 {
			t.Errorf("%+v", got)
		}
		boss.post("/api/v1/imports/"+tried.ID.String()+"/ask-head", map[string]any{"note": "再问"}).is(409, "nothing_to_ask")
		if again := into[looked](boss.get("/api/v1/imports/" + ran.ID.String()).must(200)); again.Looked.Rows != 2 || again.Looked.Open != 0 {
			t.Errorf("%+v", again.Looked)
		}
		tasks := into[struct{ Items []item }](head.get("/api/v1/records/task").must(200))
		if len(tasks.Items) != 2 || tasks.Items[0].Fields["content"] != "客户找到了总部" || tasks.Items[0].Fields["customer"] != there.ID.String() {
			t.Errorf("%+v", tasks.Items)
		}
		// The history that auditors read says nothing of it.
		if all := p.as("auditor").get("/api/v1/imports?of=everybody").must(200); bytes.Contains(all.body, []byte(`"looked"`)) {
			t.Errorf("everybody's history tells: %s", all.body)
		}
	})
}
