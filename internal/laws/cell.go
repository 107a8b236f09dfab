package laws

import (
	"encoding/json"
	"fmt"
	"strconv"

	"guan/policy"
	"guan/policy/sqlgen"
)

// cell reads a column of a page back into a value. What does not fit comes back as a text that
// equals nothing.
func (d *Database) cell(f *policy.Field, raw any) policy.Value {
	if bytes, ok := raw.([]byte); ok {
		raw = string(bytes)
	}
	if raw == nil {
		return policy.Value{}
	}
	strange := policy.TextOf(fmt.Sprintf("%T %v", raw, raw))
	text, isText := raw.(string)
	switch {
	case f.Type == policy.Text && isText:
		return policy.TextOf(text)
	case f.Type == policy.Set && isText:
		var items []string
		if json.Unmarshal([]byte(text), &items) != nil {
			return strange
		}
		return policy.SetOf(items...)
	case f.Custom && d.dialect == sqlgen.Postgres && isText:
		return cellOf(f.Type, text, strange)
	case f.Type == policy.Text || f.Type == policy.Set || isText:
		return strange
	}
	return cellOf(f.Type, fmt.Sprint(raw), strange)
}

func cellOf(t policy.Type, text string, strange policy.Value) policy.Value {
	switch t {
	case policy.Bool:
		if b, err := strconv.ParseBool(text); err == nil {
			return policy.BoolOf(b)
		}
	case policy.Number:
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return policy.NumberOf(x)
		}
	default:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return strange
		}
		switch t {
		case policy.Int:
			return policy.IntOf(n)
		case policy.Money:
			return policy.MoneyOf(n)
		case policy.Time:
			return policy.MicrosOf(n)
		case policy.Ref:
			return policy.RefOf(policy.ID(n))
		}
	}
	return strange
}
