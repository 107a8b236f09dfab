package store

import (
	"context"
	"database/sql"
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

const colleaguesShown = 8

// Colleagues finds people by name, pinyin or initials, to name them in a comment or to bring them
// onto a record. Who works in the company is no secret within it; nothing else of them is told. It
// takes a session. Faults: Invalid.
func (s *Session) Colleagues(ctx context.Context, q string) ([]Colleague, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	if len([]rune(q)) > searchMax {
		return nil, fault.New(fault.Invalid, "search", "a search has at most 200 characters").WithAt("q")
	}
	kind := records.Builtin().Kind(records.RefPerson)
	class := kind.Field(kind.Title).Class
	alternatives := records.QueryAlternatives(q)
	var found []Colleague
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		found = []Colleague{}
		return t.each(ctx, func(rows *sql.Rows) error {
			var c Colleague
			var unit sql.NullInt64
			if err := rows.Scan(&c.ID, &c.Name, &unit); err != nil || len(found) == colleaguesShown {
				return err
			}
			terms := kind.SearchTerms(map[string]policy.Value{kind.Title: policy.TextOf(c.Name)})[class]
			if !slices.ContainsFunc(alternatives, func(want []string) bool { return len(want) > 0 && hasTerms(terms, want) }) {
				return nil
			}
			if u, ok := v.tree.Unit(policy.ID(unit.Int64)); ok {
				c.Unit = u.Name
			}
			found = append(found, c)
			return nil
		}, "SELECT id, name, unit_id FROM person WHERE tenant_id = $1 AND active ORDER BY CASE WHEN name = $2 THEN 0 ELSE 1 END, name, id", v.tenant, strings.TrimSpace(strings.ReplaceAll(q, "\x00", "")))
	})
	return found, err
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
