package store

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
)

// cursor is a position in a list: which part, the sort value and the id of the last row shown.
// It carries no right: the next page asks the gate anew, and a cursor somebody made up is only
// another place to begin at.
type cursor struct {
	Sort  string          `json:"s"`
	Rest  bool            `json:"r,omitempty"`
	Start bool            `json:"b,omitempty"` // at the beginning of the part
	ID    policy.ID       `json:"i,omitempty"`
	Value json.RawMessage `json:"v,omitempty"`
}

var badCursor = fault.New(fault.Invalid, "cursor", "the cursor is not one that this list gave").WithAt("cursor")

func (c cursor) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func parseCursor(text, sort string) (cursor, error) {
	var c cursor
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) > 4096 || json.Unmarshal(raw, &c) != nil || c.Sort != sort || (c.ID == 0) != c.Start {
		return cursor{}, badCursor
	}
	return c, nil
}

// position gives the cursor as the statement needs it.
func (c cursor) position(f *policy.Field) (*sqlgen.Cursor, error) {
	if c.Start {
		return nil, nil
	}
	if c.Rest {
		return &sqlgen.Cursor{ID: c.ID}, nil
	}
	v, err := unwireSort(f, c.Value)
	if err != nil {
		return nil, badCursor
	}
	return &sqlgen.Cursor{Value: v, ID: c.ID}, nil
}

// wireSort writes a sort value exactly, which the form for people does not always do.
func wireSort(v policy.Value) json.RawMessage {
	var text []byte
	switch v.Type() {
	case policy.Text:
		text, _ = json.Marshal(v.Text())
	case policy.Number:
		text, _ = json.Marshal(v.Float())
	case policy.Bool:
		text, _ = json.Marshal(v.Bool())
	default:
		text, _ = json.Marshal(v.Int())
	}
	return text
}

func unwireSort(f *policy.Field, raw json.RawMessage) (v policy.Value, err error) {
	switch f.Type {
	case policy.Text:
		var s string
		if err = json.Unmarshal(raw, &s); err == nil && strings.ContainsRune(s, 0) {
			err = badCursor // PostgreSQL's texts hold no NUL
		}
		return policy.TextOf(s), err
	case policy.Number:
		var x float64
		err = json.Unmarshal(raw, &x)
		return policy.NumberOf(x), err
	case policy.Bool:
		var b bool
		err = json.Unmarshal(raw, &b)
		return policy.BoolOf(b), err
	}
	var n int64
	err = json.Unmarshal(raw, &n)
	return valueOfInt(f.Type, n), err
}
