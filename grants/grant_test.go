package grants_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

func day(text string) time.Time {
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return t
}

func good() grants.Grant {
	return grants.Grant{
		ID: 1, Giver: 10, Receiver: 11, Kind: "customer", Records: []policy.ID{7, 8},
		Actions: []policy.Action{policy.Read}, Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}},
		From: day("2026-03-01"), Until: day("2026-04-01"), Purpose: "休假期间代为跟进",
	}
}

func TestStateAtTheEdges(t *testing.T) {
	tick := time.Microsecond
	mid := day("2026-03-15")
	early := day("2026-02-15")
	late := day("2026-05-01")
	end := day("2026-04-01")
	for _, c := range []struct {
		what    string
		revoked *time.Time
		now     time.Time
		want    grants.State
	}{
		{"before", nil, day("2026-03-01").Add(-tick), grants.Pending},
		{"at the beginning", nil, day("2026-03-01"), grants.Active},
		{"just before the end", nil, end.Add(-tick), grants.Active},
		{"at the end", nil, end, grants.Ended},
		{"just before its revocation", &mid, mid.Add(-tick), grants.Active},
		{"at its revocation", &mid, mid, grants.Revoked},
		{"revoked, after its end", &mid, late, grants.Revoked},
		{"revoked before it began, before that", &early, early.Add(-tick), grants.Pending},
		{"revoked before it began", &early, early, grants.Revoked},
		{"revoked before it began, in its window", &early, mid, grants.Revoked},
		{"revoked when it had ended", &late, late, grants.Ended},
		{"revoked at its end", &end, end, grants.Ended},
	} {
		g := good()
		g.RevokedAt = c.revoked
		if got := g.At(c.now); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestCheck(t *testing.T) {
	exists := &policy.Cond{Op: policy.OpHas, Field: "owner"}
	many := make([]policy.ID, grants.MaxRecords+1)
	for i := range many {
		many[i] = policy.ID(i + 1)
	}
	for _, c := range []struct {
		what   string
		change func(*grants.Grant)
		want   string
	}{
		{"good", func(*grants.Grant) {}, ""},
		{"a condition instead of records", func(g *grants.Grant) { g.Records, g.When = nil, exists }, ""},
		{"both", func(g *grants.Grant) { g.When = exists }, ""},
		{"neither", func(g *grants.Grant) { g.Records = nil }, "grant_reach"},
		{"empty records", func(g *grants.Grant) { g.Records = []policy.ID{} }, "grant_reach"},
		{"1,000 records", func(g *grants.Grant) { g.Records = many[:1000] }, ""},
		{"1,001 records", func(g *grants.Grant) { g.Records = many }, "grant_records_many"},
		{"a record twice", func(g *grants.Grant) { g.Records = []policy.ID{7, 7} }, "grant_records"},
		{"record 0", func(g *grants.Grant) { g.Records = []policy.ID{0} }, "grant_records"},
		{"no giver", func(g *grants.Grant) { g.Giver = 0 }, "grant_giver"},
		{"no receiver", func(g *grants.Grant) { g.Receiver = 0 }, "grant_receiver"},
		{"to oneself", func(g *grants.Grant) { g.Receiver = g.Giver }, "grant_self"},
		{"no kind", func(g *grants.Grant) { g.Kind = "" }, "grant_kind"},
		{"no action", func(g *grants.Grant) { g.Actions = nil }, "grant_actions"},
		{"create", func(g *grants.Grant) { g.Actions = append(g.Actions, policy.Create) }, "grant_create"},
		{"no fields", func(g *grants.Grant) { g.Fields = nil }, "grant_fields"},
		{"no purpose", func(g *grants.Grant) { g.Purpose = " \n" }, "grant_purpose"},
		{"a purpose of 501 characters", func(g *grants.Grant) { g.Purpose = strings.Repeat("因", 501) }, "grant_purpose_long"},
		{"NUL in the purpose", func(g *grants.Grant) { g.Purpose = "a\x00" }, "grant_purpose_text"},
		{"no beginning", func(g *grants.Grant) { g.From = time.Time{} }, "grant_from"},
		{"no end", func(g *grants.Grant) { g.Until = time.Time{} }, "grant_until"},
		{"empty", func(g *grants.Grant) { g.Until = g.From }, "grant_window"},
		{"backward", func(g *grants.Grant) { g.Until = g.From.Add(-time.Hour) }, "grant_window"},
		{"400 days", func(g *grants.Grant) { g.Until = g.From.Add(400 * 24 * time.Hour) }, ""},
		{"more than 400 days", func(g *grants.Grant) { g.Until = g.From.Add(400*24*time.Hour + time.Second) }, "grant_long"},
		{"several", func(g *grants.Grant) { g.Giver, g.Purpose = 0, "" }, "grant_giver grant_purpose"},
	} {
		g := good()
		c.change(&g)
		err := g.Check()
		var codes []string
		if err != nil {
			for _, item := range fault.From(err).Items {
				codes = append(codes, item.Code)
			}
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// Between two boundaries nothing changes: whoever asks again at the next boundary misses
// nothing.
func TestNextBoundaryMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := day("2026-01-01")
		hour := func(label string) time.Time {
			return base.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, label)) * time.Hour)
		}
		var list []grants.Grant
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			g := good()
			g.From = hour("from")
			g.Until = g.From.Add(time.Duration(rapid.IntRange(1, 10).Draw(t, "hours")) * time.Hour)
			if rapid.Bool().Draw(t, "revoked") {
				at := hour("at")
				g.RevokedAt = &at
			}
			list = append(list, g)
		}
		active := func(now time.Time) []bool {
			var out []bool
			for _, g := range list {
				out = append(out, g.At(now) == grants.Active)
			}
			return out
		}
		now := hour("now")
		next, ok := grants.NextBoundary(list, now)
		for later := now; later.Before(base.Add(50 * time.Hour)); later = later.Add(time.Hour / 2) {
			if ok && !later.Before(next) {
				break
			}
			if !slices.Equal(active(now), active(later)) {
				t.Fatalf("changed at %v without a boundary after %v (next %v %v)", later, now, next, ok)
			}
		}
	})
}
