package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"

	"guan/policy"
	"guan/policy/sqlgen"
)

// fetched is one row of a page: what the database let out, before levels are applied.
type fetched struct {
	id      policy.ID
	version int64
	values  map[string]policy.Value // of the selected columns
	opened  map[string]policy.Value // of those that are kept encrypted, where they are plain
	answer  func(*policy.Test) policy.Tri
}

// dialect returns the dialect as the compiler knows it.
func (db *DB) sqlDialect() sqlgen.Dialect {
	if db.dialect == Postgres {
		return sqlgen.Postgres
	}
	return sqlgen.SQLite
}

// fetch runs the statement of a page. It fails with errEpoch when the policy is another one than
// the statement was compiled for.
func (t *rtx) fetch(ctx context.Context, q *sqlgen.List) ([]fetched, error) {
	rows, err := t.fetchClosed(ctx, q)
	if err == nil {
		err = t.unseal(ctx, q, rows)
	}
	return rows, err
}

// fetchClosed is fetch without opening what is kept encrypted, for changes, which compare what stands for it.
func (t *rtx) fetchClosed(ctx context.Context, q *sqlgen.List) ([]fetched, error) {
	rows, err := t.fetchKept(ctx, q)
	if err == nil && t.encrypting != nil {
		for i := range rows {
			if rows[i].values, err = t.renewed(ctx, q.Tenant, q.Read.Kind.Name, rows[i].id, rows[i].values); err != nil {
				break
			}
		}
	}
	return rows, err
}

func (t *rtx) fetchKept(ctx context.Context, q *sqlgen.List) ([]fetched, error) {
	page := t.db.sqlDialect().Page(q)
	rows, err := t.query(ctx, page.SQL, page.Args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []fetched
	current := false
	for rows.Next() {
		var epoch int64
		var id, version sql.NullInt64
		words := make([]sql.NullInt64, page.Words)
		cells := newCells(q.Columns)
		var sortKey any
		into := []any{&epoch, &id, &version}
		for i := range words {
			into = append(into, &words[i])
		}
		into = append(cells.targets(into), &sortKey)
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		if epoch != q.Epoch {
			return nil, errEpoch
		}
		current = true
		if !id.Valid {
			continue // the row that carries the epoch of an empty page
		}
		values, err := cells.values()
		if err != nil {
			return nil, err
		}
		bits := make([]int64, len(words))
		for i, w := range words {
			bits[i] = w.Int64
		}
		out = append(out, fetched{id: policy.ID(id.Int64), version: version.Int64, values: values, answer: page.Answers(policy.ID(id.Int64), bits)})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if !current {
		return nil, errEpoch // the tenant is gone
	}
	return out, nil
}

// cells are the scan targets of one row's columns.
type cells struct {
	fields []*policy.Field
	text   []sql.NullString
	number []sql.NullFloat64
	second []sql.NullFloat64
	whole  []sql.NullInt64
	truth  []sql.NullBool
}

func newCells(fields []*policy.Field) *cells {
	n := len(fields)
	return &cells{fields, make([]sql.NullString, n), make([]sql.NullFloat64, n), make([]sql.NullFloat64, n), make([]sql.NullInt64, n), make([]sql.NullBool, n)}
}

func (c *cells) targets(into []any) []any {
	for i, f := range c.fields {
		switch {
		case f.Custom, f.Type == policy.Text, f.Type == policy.Set:
			into = append(into, &c.text[i])
		case f.Type == policy.Place:
			into = append(into, &c.number[i], &c.second[i])
		case f.Type == policy.Number:
			into = append(into, &c.number[i])
		case f.Type == policy.Bool:
			into = append(into, &c.truth[i])
		default:
			into = append(into, &c.whole[i])
		}
	}
	return into
}

func (c *cells) values() (map[string]policy.Value, error) {
	values := make(map[string]policy.Value, len(c.fields))
	for i, f := range c.fields {
		v, err := c.value(i, f)
		if err != nil {
			return nil, err
		}
		if !v.Missing() {
			values[f.Name] = v
		}
	}
	return values, nil
}

func (c *cells) value(i int, f *policy.Field) (policy.Value, error) {
	switch {
	case f.Custom || f.Type == policy.Text || f.Type == policy.Set:
		if !c.text[i].Valid {
			return policy.Value{}, nil
		}
		return valueOfText(f.Type, c.text[i].String)
	case f.Type == policy.Place:
		if !c.number[i].Valid || !c.second[i].Valid {
			return policy.Value{}, nil
		}
		return policy.PlaceOf(c.number[i].Float64, c.second[i].Float64), nil
	case f.Type == policy.Number:
		if c.number[i].Valid {
			return policy.NumberOf(c.number[i].Float64), nil
		}
	case f.Type == policy.Bool:
		if c.truth[i].Valid {
			return policy.BoolOf(c.truth[i].Bool), nil
		}
	case c.whole[i].Valid:
		return valueOfInt(f.Type, c.whole[i].Int64), nil
	}
	return policy.Value{}, nil
}

func valueOfInt(t policy.Type, n int64) policy.Value {
	switch t {
	case policy.Int:
		return policy.IntOf(n)
	case policy.Money:
		return policy.MoneyOf(n)
	case policy.Time:
		return policy.MicrosOf(n)
	}
	return policy.RefOf(policy.ID(n))
}

// valueOfText reads a text column, a set, or a scalar out of the custom document, which both
// databases give as text.
func valueOfText(t policy.Type, text string) (policy.Value, error) {
	switch t {
	case policy.Text:
		return policy.TextOf(text), nil
	case policy.Set:
		var items []string
		err := json.Unmarshal([]byte(text), &items)
		return policy.SetOf(items...), err
	case policy.Bool:
		return policy.BoolOf(text == "true" || text == "1"), nil
	case policy.Number:
		f, err := strconv.ParseFloat(text, 64)
		return policy.NumberOf(f), err
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return valueOfInt(t, n), err
}
