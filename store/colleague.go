package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Colleague is somebody by name and home unit, as the organisation shows everybody.
type Colleague struct {
	ID   policy.ID `json:"id"`
	Name string    `json:"name"`
	Unit string    `json:"unit,omitempty"`
}

const (
	colleaguesShown = 8
	// colleaguesLook is how many whom the index finds are looked at for those who fit best: what one
	// keypress costs does not grow with the company.
	colleaguesLook = 2_000
)

// Colleagues finds people by name, pinyin or initials, to name them in a comment or to bring them
// onto a record, those first whose name fits best. Who works in the company is no secret within it;
// nothing else of them is told. It takes a session. Faults: Invalid.
func (s *Session) Colleagues(ctx context.Context, q string) ([]Colleague, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	if len([]rune(q)) > searchMax {
		return nil, fault.New(fault.Invalid, "search", "a search has at most 200 characters").WithAt("q")
	}
	kind := records.Builtin().Kind(records.RefPerson)
	alternatives := records.QueryAlternatives(q)
	var found []Colleague
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		found = []Colleague{}
		if len(alternatives) == 0 {
			return nil
		}
		list, err := t.namedLike(ctx, v, kind, alternatives, strings.TrimSpace(strings.ReplaceAll(q, "\x00", "")))
		if err != nil {
			return err
		}
		for _, c := range list[:min(len(list), colleaguesShown)] {
			if u, ok := v.tree.Unit(c.unit); ok {
				c.Unit = u.Name
			}
			found = append(found, c.Colleague)
		}
		return nil
	})
	return found, err
}

// likely is somebody whom the index finds, and how well their name fits.
type likely struct {
	Colleague
	unit policy.ID
	far  int
}

// namedLike finds active people by the search documents of their names, best first. A document also
// holds logins and job titles, which are not asked for: each name is looked at by itself.
func (t *rtx) namedLike(ctx context.Context, v *view, kind *records.Kind, alternatives [][]string, q string) ([]likely, error) {
	class := kind.Field(kind.Title).Class
	schema := v.catalog.Schema().Kind(kind.Name)
	var any []*policy.Pred
	for _, terms := range alternatives {
		any = append(any, policy.SearchPred(schema, terms, class))
	}
	stmt := t.db.sqlDialect().Predicate(v.tenant, schema, policy.Or(any...), true)
	n := len(stmt.Args)
	var list []likely
	err := t.each(ctx, func(rows *sql.Rows) error {
		var c likely
		var unit sql.NullInt64
		if err := rows.Scan(&c.ID, &c.Name, &unit); err != nil {
			return err
		}
		terms := kind.SearchTerms(map[string]policy.Value{kind.Title: policy.TextOf(c.Name)})[class]
		if slices.ContainsFunc(alternatives, func(want []string) bool { return len(want) > 0 && hasTerms(terms, want) }) {
			c.unit, c.far = policy.ID(unit.Int64), records.Closeness(c.Name, q)
			list = append(list, c)
		}
		return nil
	}, fmt.Sprintf("SELECT id, name, unit_id FROM person WHERE id IN (%s) AND tenant_id = $%d AND active ORDER BY CASE WHEN name = $%d THEN 0 ELSE 1 END, name, id LIMIT $%d",
		stmt.SQL, n+1, n+2, n+3), append(slices.Clone(stmt.Args), v.tenant, q, colleaguesLook)...)
	slices.SortStableFunc(list, func(a, b likely) int { return a.far - b.far })
	return list, err
}

// hasTerms reports whether all that are wanted stand among sorted terms.
func hasTerms(sorted, want []string) bool {
	for _, term := range want {
		if _, ok := slices.BinarySearch(sorted, term); !ok {
			return false
		}
	}
	return true
}
