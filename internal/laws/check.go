package laws

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"

	"guan/policy"
)

// Stats counts what was compared.
type Stats struct {
	Worlds, Decisions, Pages, Rows, Statements int64
}

// add adds what another compared to its own, the worlds aside: they are the same ones.
func (s *Stats) add(o Stats) {
	s.Decisions += o.Decisions
	s.Pages += o.Pages
	s.Rows += o.Rows
	s.Statements += o.Statements
}

// String writes the counts on one line.
func (s Stats) String() string {
	return fmt.Sprintf("laws: %d worlds, %d decisions, %d pages, %d rows, %d statements on SQLite and PostgreSQL",
		s.Worlds, s.Decisions, s.Pages, s.Rows, s.Statements)
}

// Failure is a broken law.
type Failure struct {
	Law      string // its name
	Database string // where; empty for Go alone
	Detail   string
}

// Error says which law is broken, where and how.
func (f *Failure) Error() string {
	where := f.Database
	if where == "" {
		where = "go"
	}
	return fmt.Sprintf("law %q is broken (%s): %s", f.Law, where, f.Detail)
}

// Check holds a world against the laws: those of Go alone when the database is nil, else those
// that speak of the database, into which the world is loaded. Invalid worlds break the law
// "valid".
func (w *World) Check(ctx context.Context, d *Database, stats *Stats) (failure *Failure) {
	c := &checker{w: w, ctx: ctx, d: d, stats: stats}
	defer func() {
		// The laws speak of a broken one by panicking with it; anything else is a broken engine.
		switch r := recover().(type) {
		case nil:
		case *Failure:
			failure = r
		default:
			failure = c.failure("no panic", "%v\n%s", r, debug.Stack())
		}
	}()
	c.prepare()
	laws := goLaws
	if d != nil {
		laws = databaseLaws
		if err := d.load(ctx, w, c.rows); err != nil {
			c.fail("load", "%v", err)
		}
	}
	for _, law := range laws {
		law(c)
	}
	stats.Worlds++
	return nil
}

var goLaws = []func(*checker){reference, monotone, orderless, renaming, simulation, explanations, reach, spans, voices, sealed, needs, broken}

var databaseLaws = []func(*checker){unread, lists, pages, totals, figures, population, splits, single, changes}

// checker holds a world as the engine sees it.
type checker struct {
	w     *World
	ctx   context.Context
	d     *Database
	stats *Stats
	rows  []*policy.Row
	rules *policy.Ruleset
}

func (c *checker) failure(law, format string, args ...any) *Failure {
	f := &Failure{Law: law, Detail: fmt.Sprintf(format, args...)}
	if c.d != nil {
		f.Database = c.d.Name()
	}
	return f
}

func (c *checker) fail(law, format string, args ...any) { panic(c.failure(law, format, args...)) }

func (c *checker) prepare() {
	if err := c.w.valid(); err != nil {
		c.fail("valid", "%v", err)
	}
	c.rows = c.w.tied(func(r *Record) *policy.Row { return c.w.stored(r) })
	c.rules = c.compile(c.w, c.w.Rules)
}

func (c *checker) compile(w *World, rules []policy.Rule) *policy.Ruleset {
	rs, problems := policy.Compile(schema, rules, w.expand)
	if len(problems) > 0 {
		c.fail("valid", "%v", problems)
	}
	return rs
}

func (c *checker) bind(rs *policy.Ruleset, who policy.ID) *policy.Bound {
	return rs.Bind(c.w.subject(who), c.w.context())
}

// of gives the rows of a kind in the order of their ids.
func (c *checker) of(kind policy.Kind) []*policy.Row {
	var out []*policy.Row
	for _, row := range c.rows {
		if row.Kind == kind {
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b *policy.Row) int { return int(a.ID - b.ID) })
	return out
}

func (c *checker) decide(b *policy.Bound, row *policy.Row, action policy.Action) policy.Outcome {
	c.stats.Decisions++
	return b.Decide(row, action)
}

// askers are the people who ask, each once.
func (c *checker) askers() []policy.ID {
	who := map[policy.ID]bool{}
	for _, a := range c.w.Asks {
		who[a.Person] = true
	}
	return slices.Sorted(maps.Keys(who))
}

// same reports whether two outcomes agree in everything.
func same(a, b policy.Outcome) bool {
	return a.Allowed == b.Allowed && slices.Equal(a.Levels, b.Levels) && slices.Equal(a.Edits, b.Edits)
}

// atMost reports whether a gives nothing that b does not give.
func atMost(a, b policy.Outcome) bool {
	if !a.Allowed {
		return true
	}
	if !b.Allowed {
		return false
	}
	for i := range a.Levels {
		if a.Levels[i] > b.Levels[i] || a.Edits[i] && !b.Edits[i] {
			return false
		}
	}
	return true
}
