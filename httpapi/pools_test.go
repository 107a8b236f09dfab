package httpapi_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"guan/store"
)

// A pool from its settings to its recycling, as its people meet it.
func TestPools(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, _ *handClock) {
		boss, seller, admin := p.as("boss"), p.as("seller"), p.as("admin")
		made := into[made](boss.post("/api/v1/org/pools", map[string]any{"name": "公海", "open": []any{map[string]any{"unit": p.sales.String(), "below": true}}}).must(201))
		pool := "/api/v1/org/pools/" + made.ID.String()
		set := func(c *client, settings map[string]any) *reply {
			return c.do("PUT", pool+"/settings", settings, "If-Match", fmt.Sprint(into[store.PoolStanding](boss.get(pool).must(200)).Version))
		}
		set(seller, map[string]any{}).is(403, "right")
		set(admin, map[string]any{"claims_per_day": -1}).is(400, "pool_number")
		set(admin, map[string]any{"takes": map[string]any{"op": "all"}}).is(400, "pool_takes")
		set(admin, map[string]any{"claims_per_day": 1, "recycle": map[string]any{"leavers": true}}).must(200)
		lie := func() string {
			return customers(into[item](boss.post("/api/v1/records/customer", map[string]any{"fields": map[string]any{"name": "新客", "pool": made.ID.String()}}).must(201)).ID)
		}
		first, second := lie(), lie()
		got := into[item](seller.do("POST", first+"/claim", nil).must(200))
		if got.Fields["owner"] != p.people["seller"].String() {
			t.Errorf("claimed: %v", got.Fields)
		}
		limit := seller.do("POST", second+"/claim", nil).is(429, "pool_claims_day")
		if said, ok := limit.problem().Params["said"].(map[string]any); !ok || said["zh"] == "" || said["en"] == "" {
			t.Errorf("the refusal gives no reason in both languages: %s", limit.body)
		}
		p.as("rival").do("POST", first+"/claim", nil).is(404, "record")
		if now := into[item](boss.get(second).must(200)); now.Version != 1 || now.Fields["pool"] != made.ID.String() {
			t.Errorf("a refused claim left %+v", now)
		}
		seller.post(first+"/release", map[string]any{}).must(200)
		p.as("head").post(second+"/assign", map[string]any{"person": p.people["rival"].String()}).must(200)

		// Somebody leaves; who administers the policy has their customers come back, and sees how far it is.
		leaver := "/api/v1/records/person/" + p.people["rival"].String()
		version := into[item](boss.get(leaver).must(200)).Version
		boss.do("PATCH", leaver, fieldsOf("stage", "left"), "If-Match", fmt.Sprint(version)).must(200)
		admin.do("POST", pool+"/recycling", nil).must(202)
		ctx, stop := context.WithCancel(t.Context())
		over := make(chan struct{})
		go func() { defer close(over); p.runner.Run(ctx) }()
		var run store.PoolRun
		for began := time.Now(); run.FinishedAt == nil && time.Since(began) < patience; time.Sleep(20 * time.Millisecond) {
			run = into[store.PoolRun](admin.get(pool + "/recycling").must(200))
		}
		stop()
		<-over
		if run.Status != store.Done || run.Taken != 2 { // the one assigned, and the one from before
			t.Errorf("the run: %+v", run)
		}
		if now := into[item](seller.get(customers(p.colleagues)).must(200)); now.Fields["pool"] != made.ID.String() {
			t.Errorf("the leaver's customer: %v", now.Fields)
		}
	})
}
