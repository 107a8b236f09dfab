package audit

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// The two databases give a JSON document back in different texts: one keeps it as it was written, the
// other orders its keys and writes its numbers anew. What is sealed is what the document says.

// appendJSON writes what a JSON document says: one byte for the type, then the value. Numbers are
// exact decimals, keys are in the order of their bytes. A document that two readers could understand
// in two ways (a key twice, something behind its end) is refused.
func appendJSON(out []byte, document []byte) ([]byte, error) {
	if !utf8.Valid(document) {
		return nil, errors.New("audit: a document is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	out, err := appendNext(out, d)
	if err != nil {
		return nil, fmt.Errorf("audit: a document is not JSON: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("audit: something stands behind the end of a document")
	}
	return out, nil
}

func appendNext(out []byte, d *json.Decoder) ([]byte, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch x := token.(type) {
	case nil:
		return append(out, 'n'), nil
	case bool:
		if x {
			return append(out, 't'), nil
		}
		return append(out, 'f'), nil
	case json.Number:
		text, err := exact(x.String())
		return appendText(append(out, '#'), text), err
	case string:
		return appendText(append(out, '"'), x), nil
	case json.Delim:
		if x == '[' {
			return appendArray(out, d)
		}
		return appendObject(out, d)
	}
	return nil, fmt.Errorf("audit: unexpected %v", token)
}

func appendArray(out []byte, d *json.Decoder) ([]byte, error) {
	var items []byte
	var n uint32
	for ; d.More(); n++ {
		var err error
		if items, err = appendNext(items, d); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return append(binary.BigEndian.AppendUint32(append(out, '['), n), items...), err
}

func appendObject(out []byte, d *json.Decoder) ([]byte, error) {
	type member struct {
		key   string
		value []byte
	}
	var members []member
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		value, err := appendNext(nil, d)
		if err != nil {
			return nil, err
		}
		members = append(members, member{key.(string), value})
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	out = binary.BigEndian.AppendUint32(append(out, '{'), uint32(len(members)))
	for i, m := range members {
		if i > 0 && m.key == members[i-1].key {
			return nil, fmt.Errorf("audit: the key %q stands twice", m.key)
		}
		out = append(appendText(out, m.key), m.value...)
	}
	return out, nil
}

// appendText writes a text with its length in bytes before it.
func appendText(out []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint32(out, uint32(len(text))), text...)
}

// exact writes a JSON number in the one form that each number has: "0", or an optional minus, the
// digits without zeros at either end, and "e" with the power of ten where that is not 0. 100, 1e2 and
// 100.0 are all "1e2".
func exact(number string) (string, error) {
	mantissa, power, _ := strings.Cut(strings.ToLower(number), "e")
	scale := new(big.Int)
	if power != "" {
		if _, ok := scale.SetString(strings.TrimPrefix(power, "+"), 10); !ok {
			return "", fmt.Errorf("audit: %q is not a number", number)
		}
	}
	digits, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	scale.Sub(scale, big.NewInt(int64(len(fraction))))
	digits = strings.TrimLeft(whole+fraction, "0")
	bare := strings.TrimRight(digits, "0")
	if bare == "" {
		return "0", nil
	}
	scale.Add(scale, big.NewInt(int64(len(digits)-len(bare))))
	if negative {
		bare = "-" + bare
	}
	if scale.Sign() == 0 {
		return bare, nil
	}
	return bare + "e" + scale.String(), nil
}

// appendNumber writes a number that may be absent: 0, or 1 and eight bytes.
func appendNumber(out []byte, n *int64) []byte {
	if n == nil {
		return append(out, 0)
	}
	return binary.BigEndian.AppendUint64(append(out, 1), uint64(*n))
}

// appendOptional writes a text that may be absent: 0, or 1 and the text.
func appendOptional(out []byte, text *string) []byte {
	if text == nil {
		return append(out, 0)
	}
	return appendText(append(out, 1), *text)
}

// spelled is the entry with its documents written in the one way in which an archive writes them. What is
// no document, or could be understood in two ways, stays as it is: its leaf cannot be computed.
func (e *Stored) spelled() *Stored {
	if e == nil {
		return nil
	}
	out := *e
	for _, document := range []*json.RawMessage{&out.Rules, &out.Fields, &out.Detail} {
		if text, err := spell(*document); err == nil {
			*document = text
		}
	}
	return &out
}

// spell writes what a document says in one way: keys in order, numbers exact, no spaces.
func spell(document []byte) ([]byte, error) {
	if _, err := appendJSON(nil, document); err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	tree, err := exactly(tree)
	if err != nil {
		return nil, err
	}
	out, err := lineOf(tree)
	return bytes.TrimSuffix(out, []byte("\n")), err
}

// exactly writes every number of a document as exact does.
func exactly(node any) (any, error) {
	var err error
	switch x := node.(type) {
	case json.Number:
		text, err := exact(x.String())
		return json.Number(text), err
	case []any:
		for i := range x {
			if x[i], err = exactly(x[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for key := range x {
			if x[key], err = exactly(x[key]); err != nil {
				return nil, err
			}
		}
	}
	return node, nil
}
