package httpapi_test

import (
	"bytes"
	"testing"
	"time"

	"guan/store"
)

// The number of a day comes to its end for each by themselves, says so, and begins anew when the day does in the
// company, not in Greenwich.
func TestRevealsOfADay(t *testing.T) {
	const number = "6222020200112233445"
	eachAt(t, func(t *testing.T, p *program, clock *handClock) {
		on := p.shift(clock)
		set := func(perDay int, version string) {
			t.Helper()
			on("boss").do("PUT", "/api/v1/reveal/settings", map[string]any{"factor": []string{}, "per_day": perDay, "seconds": 30}, "If-Match", version).must(200)
		}
		set(2, "0")
		on("boss").do("PATCH", customers(p.own), fieldsOf("bank_account", number), "If-Match", `"1"`).must(200)
		left := func(who string, want int) {
			t.Helper()
			if day := into[store.RevealDay](on(who).get("/api/v1/reveal/today").must(200)); day.Left != want {
				t.Errorf("at %s %s has %d left, not %d", clock.Now(), who, day.Left, want)
			}
		}
		shows := func(who string, rest int) {
			t.Helper()
			got := into[store.Revealed](on(who).reveal(p.own, "bank_account").must(200))
			if got.Value != number || got.Left != rest {
				t.Errorf("%+v", got)
			}
			left(who, rest)
		}
		ended := func(who string, max float64) {
			t.Helper()
			refused := on(who).reveal(p.own, "bank_account").is(429, "reveal_day")
			if said := refused.problem(); said.Params["max"] != max || bytes.Contains(refused.body, []byte(number)) {
				t.Errorf("%s", refused.body)
			}
			left(who, 0)
		}
		left("seller", 2)
		shows("seller", 1)
		shows("seller", 0)
		ended("seller", 2)
		left("head", 2)
		shows("head", 1)
		on("staff").reveal(p.own, "bank_account").must(404) // what is hidden takes nothing of a day
		left("staff", 2)

		midnight := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC) // in China
		clock.set(midnight.Add(-time.Microsecond))
		ended("seller", 2)
		clock.set(midnight)
		left("seller", 2)
		shows("seller", 1)
		clock.set(midnight.Add(8 * time.Hour)) // in Greenwich
		left("seller", 1)
		shows("seller", 0)
		ended("seller", 2)

		// Whoever gives more gives it at once; whoever takes it away shuts it.
		set(3, "1")
		shows("seller", 0)
		set(0, "2")
		ended("head", 0)
	})
}
