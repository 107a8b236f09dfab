package httpapi_test

import (
	"bufio"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// With nothing running beside the requests a grant begins and ends at its instant on every route that
// would show the record or tell of it, whatever zone its end was written in, over a change of the
// clocks too: a microsecond before it is there, at the instant it is not.
func TestGrantEndsAtItsInstantOverHTTP(t *testing.T) {
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		boss := p.as("boss")
		own, filter := p.own.String(), url.QueryEscape(`r.name.contains("关山")`)
		lend := func(from, until string) {
			t.Helper()
			boss.post("/api/v1/grants", map[string]any{"receiver": p.people["staff"].String(), "kind": "customer", "records": []string{own}, "actions": []string{"read", "export"},
				"fields": []any{map[string]any{"class": "general", "level": "plain"}, map[string]any{"class": "money", "level": "plain"}}, "from": from, "until": until, "purpose": "对账"}).must(201)
		}
		order := map[string]any{"kind": "customer", "purpose": "对账", "format": "csv", "fields": []string{"name"}}
		shows := func(r *reply) bool {
			return r.status == 200 && (strings.Contains(string(r.body), "关山") || strings.Contains(string(r.body), "1234567"))
		}
		reads := map[string]string{
			"get":     "/api/v1/records/customer/" + own,
			"list":    "/api/v1/records/customer",
			"filter":  "/api/v1/records/customer?filter=" + filter,
			"sum":     "/api/v1/records/customer?sum=annual_revenue&fields=type",
			"search":  "/api/v1/records/customer?q=" + url.QueryEscape("关山"),
			"palette": "/api/v1/search?q=" + url.QueryEscape("关山"),
		}
		check := func(when string, open bool) {
			t.Helper()
			staff := p.as("staff")
			for name, path := range reads {
				if got := staff.get(path); shows(got) != open {
					t.Errorf("%s: %s answers %d: %.200s", when, name, got.status, got.body)
				}
			}
			want := 0
			if open {
				want = 1
			}
			counted := into[struct{ Total struct{ Count int } }](staff.get("/api/v1/records/customer?count=capped&limit=1").must(200)).Total.Count
			if counted != want {
				t.Errorf("%s: %d are counted", when, counted)
			}
			for _, path := range []string{"/api/v1/explain?kind=customer&id=" + own, "/api/v1/records/customer/" + own + "/timeline", "/api/v1/records/customer/" + own + "/comments"} {
				if got := staff.get(path); (got.status == 200) != open {
					t.Errorf("%s: %s answers %d", when, path, got.status)
				}
			}
		}
		for _, c := range []struct{ from, until string }{
			{"2026-03-03T09:00:00+08:00", "2026-03-03T02:30:00Z"},
			// The night in which Berlin goes from +01:00 to +02:00: a quarter of an hour, not more.
			{"2026-03-29T01:50:00+01:00", "2026-03-29T03:05:00+02:00"},
			// The night in which it goes back: half past two comes twice.
			{"2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"},
		} {
			from, err := time.Parse(time.RFC3339, c.from)
			if err != nil {
				t.Fatal(err)
			}
			until, err := time.Parse(time.RFC3339, c.until)
			if err != nil {
				t.Fatal(err)
			}
			clock.set(from.Add(-time.Minute))
			boss = p.as("boss")
			lend(c.from, c.until)
			clock.set(from.Add(-time.Microsecond))
			check("just before "+c.from, false)
			clock.set(from)
			check("at "+c.from, true)

			clock.set(until.Add(-time.Microsecond))
			check("just before "+c.until, true)
			staff := p.as("staff")
			done := staff.ordered("exports", staff.post("/api/v1/exports", order))
			file := "/api/v1/exports/" + done.ID.String() + "/file"
			if got := staff.get(file).must(200).table(); len(got) != 2 || got[1][0] != "关山贸易" {
				t.Errorf("the file has %v", got)
			}
			late := into[background](staff.post("/api/v1/exports", order).must(202))
			stream := staff.listens("/api/v1/session/stream")

			clock.set(until)
			staff.get(file).is(412, "export_changed")
			p.works() // what was ordered before the end is made after it
			if got := staff.get("/api/v1/exports/" + late.ID.String() + "/file"); shows(got) {
				t.Errorf("a file made after the end says %s", got.body)
			}
			// Somebody works on the record after the end: on the stream that was open before nothing tells of it.
			x := into[item](boss.get("/api/v1/records/customer/" + own).must(200))
			boss.do("PATCH", "/api/v1/records/customer/"+own, fieldsOf("city", "关山市"+c.until[:10]), "If-Match", strconv.FormatInt(x.Version, 10)).must(200)
			check("at "+c.until, false)
			staff.do("DELETE", "/api/v1/session", nil).must(204)
			for _, line := range stream() {
				if strings.Contains(line, own) || strings.Contains(line, "关山") || line != "" && line != "event: open" && line != "event: ended" && line != "data: {}" && !strings.HasPrefix(line, ":") {
					t.Errorf("the stream says %q", line)
				}
			}
			notices := string(p.as("staff").get("/api/v1/notices").must(200).body)
			if strings.Contains(notices, "关山") {
				t.Errorf("the notices tell %.300s", notices)
			}
		}
	})
}

// listens opens a stream and returns what reads it to its end, which comes with that of the session.
func (c *client) listens(path string) func() []string {
	c.p.t.Helper()
	r, err := http.NewRequestWithContext(c.p.t.Context(), "GET", c.p.url+path, nil)
	if err != nil {
		c.p.t.Fatal(err)
	}
	a, err := c.http.Do(r)
	if err != nil || a.StatusCode != 200 || a.Header.Get("Content-Type") != "text/event-stream" {
		c.p.t.Fatalf("%s: %v, %+v", path, err, a)
	}
	return func() []string {
		defer a.Body.Close()
		var lines []string
		for scan := bufio.NewScanner(a.Body); scan.Scan(); {
			lines = append(lines, scan.Text())
		}
		return lines
	}
}
