package store

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"strconv"

	"guan/policy"
)

// sums adds up fields over the records of the list on which they, and their currency, are plain.
func (t *rtx) sums(ctx context.Context, l *listing) (map[string]map[string]string, error) {
	out := map[string]map[string]string{}
	for _, f := range l.sums {
		by, err := t.sum(ctx, l, f)
		if err != nil {
			return nil, err
		}
		out[f.Name] = by
	}
	return out, nil
}

func (t *rtx) sum(ctx context.Context, l *listing, f *policy.Field) (map[string]string, error) {
	var by *policy.Field
	if f.Type == policy.Money {
		by = l.schema.Field("currency")
	}
	stmt := t.db.sqlDialect().Sum(l.totals(), f, by)
	rows, err := t.query(ctx, stmt.SQL, stmt.Args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	current := false
	for rows.Next() {
		var epoch int64
		var currency, high, low sql.NullString
		var n sql.NullInt64
		if err := rows.Scan(&epoch, &currency, &high, &low, &n); err != nil {
			return nil, err
		}
		if epoch != l.v.epoch {
			return nil, errEpoch
		}
		current = true
		if !n.Valid {
			continue
		}
		if out[currency.String], err = total(f.Type, high.String, low.String); err != nil {
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if !current {
		return nil, errEpoch
	}
	return out, nil
}

// total joins the two halves of a sum.
func total(t policy.Type, high, low string) (string, error) {
	if t == policy.Number {
		x, err := strconv.ParseFloat(high, 64)
		return strconv.FormatFloat(x, 'f', -1, 64), err
	}
	h, okHigh := new(big.Int).SetString(high, 10)
	l, okLow := new(big.Int).SetString(low, 10)
	if !okHigh || !okLow {
		return "", fmt.Errorf("store: the database gave a sum of %q and %q", high, low)
	}
	n := h.Mul(h, big.NewInt(1_000_000_000)).Add(h, l)
	if t == policy.Int {
		return n.String(), nil
	}
	if !n.IsInt64() {
		n.Quo(n, big.NewInt(10_000))
		return n.String() + ".00", nil
	}
	return policy.FormatMoney(n.Int64()), nil
}
