package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"guan/policy"
)

type massResult struct {
	ID      policy.ID
	Status  string
	Total   int
	Will    int
	Done    int
	Undone  int
	Until   *time.Time
	Skipped []struct {
		Code  string
		Count int
	}
}

// A change of many records over HTTP: looked at, done, undone.
func TestBulkOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		ids := []string{p.own.String(), p.other.String(), p.colleagues.String()}
		looked := into[massResult](seller.post("/api/v1/records/customer/bulk/preview", map[string]any{"ids": ids, "change": map[string]any{"tags": map[string]any{"add": []string{"重点"}}}}).must(200))
		if looked.Will != 1 || looked.Total != 3 || len(looked.Skipped) != 1 || looked.Skipped[0].Code != "record" || looked.Skipped[0].Count != 2 {
			t.Errorf("%+v", looked)
		}
		done := into[massResult](seller.post("/api/v1/records/customer/bulk", map[string]any{"preview": looked.ID.String()}).must(200))
		if done.Done != 1 || done.Status != "done" {
			t.Errorf("%+v", done)
		}
		tags := into[item](seller.get(customers(p.own)).must(200)).Fields["tags"]
		if list, ok := tags.([]any); !ok || len(list) == 0 {
			t.Errorf("%v", tags)
		}
		back := into[massResult](seller.do("POST", "/api/v1/bulk/"+looked.ID.String()+"/undo", nil).must(200))
		if back.Undone != 1 {
			t.Errorf("%+v", back)
		}
		seller.post("/api/v1/records/customer/bulk/preview", map[string]any{"change": map[string]any{"delete": true}}).is(400, "bulk_which")
		seller.post("/api/v1/records/customer/bulk/preview", map[string]any{"match": map[string]any{"filter": "r.nothing == 1"}, "change": map[string]any{"delete": true}}).must(400)
	})
}

// What was looked at is done, and what was done is taken back, until the instant that is shown and not at it.
func TestBulkEndsWhenItSays(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		seller := p.as("seller")
		change := map[string]any{"ids": []string{p.own.String()}, "change": map[string]any{"tags": map[string]any{"add": []string{"重点"}}}}
		looks := func() massResult {
			t.Helper()
			m := into[massResult](seller.post("/api/v1/records/customer/bulk/preview", change).must(200))
			if m.Until == nil || !m.Until.After(clock.Now()) {
				t.Fatalf("%+v", m)
			}
			return m
		}
		does := func(m massResult) *reply {
			return seller.post("/api/v1/records/customer/bulk", map[string]any{"preview": m.ID.String()})
		}
		m := looks()
		clock.set(*m.Until)
		does(m).is(404, "bulk")
		for _, late := range []time.Duration{0, time.Microsecond} {
			m = looks()
			clock.set(m.Until.Add(-time.Microsecond))
			done := into[massResult](does(m).must(200))
			if done.Until == nil {
				t.Fatalf("%+v", done)
			}
			clock.set(done.Until.Add(-late))
			undo := seller.do("POST", "/api/v1/bulk/"+m.ID.String()+"/undo", nil)
			if late > 0 {
				undo.must(200)
				continue
			}
			undo.is(409, "bulk_undo")
			change["change"] = map[string]any{"tags": map[string]any{"add": []string{"再来"}}}
		}
	})
}

// A saved view comes back as its URL; whoever may not see a field gets no filter over it.
func TestViewsOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		seller := p.as("seller")
		body := map[string]any{"kind": "customer", "name": "我的", "default": true, "search": map[string]any{"f": [][]string{{"phone", "eq", "13800138000"}}, "sort": "-name", "as": "board", "w": map[string]int{"name": 320}}}
		made := seller.post("/api/v1/views", body).must(201)
		if !strings.Contains(string(made.body), `"13800138000"`) || made.header.Get("ETag") != `"1"` {
			t.Errorf("%s", made.body)
		}
		body["shared"] = map[string]any{"units": []string{p.east.String()}}
		seller.post("/api/v1/views", body).is(400, "view_share_filter")
		for _, who := range []string{"head", "boss", "admin", "staff"} {
			if list := p.as(who).get("/api/v1/views?kind=customer").must(200); strings.Contains(string(list.body), "13800138000") {
				t.Errorf("%s: %s", who, list.body)
			}
		}
	})
}
