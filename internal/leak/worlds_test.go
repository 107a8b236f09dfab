package leak_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"guan/internal/testdb"
)

// askAll makes every person ask all that there is to ask about single fields, instead of a share:
// GUAN_LEAK=all. It takes some minutes.
var askAll = os.Getenv("GUAN_LEAK") == "all"

// dialects are the databases on which something is asked: both; with GUAN_TURN, a number, what the turns say:
// of groups one on SQLite, one on PostgreSQL and one on none, and others with the next number.
func dialects(group int, turns ...string) map[string]func(testing.TB) testdb.Database {
	all := map[string]func(testing.TB) testdb.Database{"sqlite": testdb.SQLite, "postgres": testdb.Postgres}
	if turn, err := strconv.Atoi(os.Getenv("GUAN_TURN")); err == nil {
		one := turns[(turn+group)%len(turns)]
		maps.DeleteFunc(all, func(dialect string, _ func(testing.TB) testdb.Database) bool { return dialect != one })
	}
	return all
}

// Two worlds that differ only in what somebody may not see answer them the same.
func TestTwoWorlds(t *testing.T) {
	for i, g := range groups {
		for dialect, fresh := range dialects(i, "sqlite", "postgres", "none") {
			t.Run(g.name+"/"+dialect, func(t *testing.T) {
				t.Parallel()
				x := startPair(t, g, fresh)
				for _, who := range g.who {
					t.Run(who, func(t *testing.T) {
						x := *x
						x.t, x.a.t, x.b.t = t, t, t
						c := x.caller(who)
						for _, p := range probes {
							p.ask(c)
							c.untouched()
						}
						t.Logf("%d questions", c.asks) // to each world
					})
				}
			})
		}
	}
}

// The census: every route of the document is asked in the two worlds, and by a row for each.
func TestEveryRouteIsAsked(t *testing.T) {
	p := start(t, testdb.SQLite(t), variant{})
	document := into[struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}](p.anonymous().get("/openapi.json").must(200))
	asked := map[string]bool{}
	for _, p := range probes {
		for _, route := range p.routes {
			asked[route] = true
		}
	}
	for path, methods := range document.Paths {
		for method := range methods {
			route := strings.ToUpper(method) + " " + path
			if !asked[route] {
				t.Errorf("%s stands in no row of probes: say what people with few rights could try there", route)
			}
			delete(asked, route)
		}
	}
	for _, route := range slices.Sorted(maps.Keys(asked)) {
		t.Errorf("%s is no route any more", route)
	}
}
