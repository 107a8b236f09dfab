package records

import (
	"strings"
	"testing"
	"time"
)

func TestWindows(t *testing.T) {
	for _, c := range []struct {
		window TagWindow
		today  string
		spans  string // from until, from until
	}{
		{TagWindow{Mode: WindowThis, Unit: "month"}, "2026-02-28", "2026-02-01 2026-03-01"},
		{TagWindow{Mode: WindowThis, Unit: "quarter"}, "2026-05-31", "2026-04-01 2026-07-01"},
		{TagWindow{Mode: WindowThis, Unit: "year"}, "2026-12-31", "2026-01-01 2027-01-01"},
		{TagWindow{Mode: WindowThis, Unit: "day"}, "2026-12-31", "2026-12-31 2027-01-01"},
		{TagWindow{Mode: WindowPast, Unit: "month", To: 2}, "2026-01-15", "2025-11-01 2026-01-01"},
		{TagWindow{Mode: WindowPast, Unit: "quarter", To: 1}, "2026-01-15", "2025-10-01 2026-01-01"},
		{TagWindow{Mode: WindowEach, Unit: "month", To: 3}, "2026-02-10", "2025-11-01 2025-12-01, 2025-12-01 2026-01-01, 2026-01-01 2026-02-01"},
		// The last 90 days end with today.
		{TagWindow{Mode: WindowAgo, Unit: "day", To: 90}, "2026-03-31", "2026-01-01 2026-04-01"},
		{TagWindow{Mode: WindowAgo, Unit: "day", To: 1}, "2026-03-31", "2026-03-31 2026-04-01"},
		// Who is six months old today is in, who is twelve is out.
		{TagWindow{Mode: WindowAgo, Unit: "month", From: 6, To: 12}, "2026-08-15", "2025-08-16 2026-02-16"},
		// August has a 31st, February and June have none.
		{TagWindow{Mode: WindowAgo, Unit: "month", From: 6, To: 12}, "2026-08-31", "2025-09-01 2026-03-01"},
		{TagWindow{Mode: WindowAgo, Unit: "month", From: 2, To: 6}, "2024-08-31", "2024-03-01 2024-07-01"},
		{TagWindow{Mode: WindowAgo, Unit: "year", To: 1}, "2024-02-29", "2023-03-01 2024-03-01"},
		{TagWindow{Mode: WindowAgo, Unit: "day", From: 90}, "2026-03-31", "0001-01-01 2026-01-01"}, // however long ago
		{TagWindow{Mode: WindowAhead, Unit: "day", To: 30}, "2026-03-01", "2026-03-01 2026-03-31"},
		{TagWindow{Mode: WindowAhead, Unit: "month", From: 1, To: 2}, "2026-01-31", "2026-02-28 2026-03-31"},
	} {
		today, err := time.Parse(time.DateOnly, c.today)
		if err != nil {
			t.Fatal(err)
		}
		if p := c.window.problem(); p != nil {
			t.Errorf("%+v: %v", c.window, p)
		}
		var got []string
		for _, span := range c.window.Spans(today) {
			got = append(got, span.From.Format(time.DateOnly)+" "+span.Until.Format(time.DateOnly))
		}
		if text := strings.Join(got, ", "); text != c.spans {
			t.Errorf("%+v on %s is %s, not %s", c.window, c.today, text, c.spans)
		}
	}
	for _, w := range []TagWindow{{}, {Mode: WindowAgo, Unit: "day"}, {Mode: WindowAgo, Unit: "quarter", To: 1}, {Mode: WindowAgo, Unit: "day", From: 5, To: 5},
		{Mode: WindowAhead, Unit: "day", From: 1}, {Mode: WindowAgo, Unit: "day", From: 3661},
		{Mode: WindowThis, Unit: "month", To: 1}, {Mode: WindowEach, Unit: "month", To: 61}, {Mode: WindowPast, Unit: "month", From: 1, To: 2}, {Mode: WindowPast, Unit: "week", To: 1}} {
		if w.problem() == nil {
			t.Errorf("%+v is a window", w)
		}
	}
}
