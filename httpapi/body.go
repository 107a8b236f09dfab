package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// Body limits in bytes.
const (
	smallBody  = 8 << 10
	recordBody = 1 << 20
	batchBody  = 4 << 20
)

// readBody reads the JSON body of a route strictly: one value of the type, every member known and
// written once, every member that is not optional present, nothing behind it.
func readBody[T any](c *call) (T, error) {
	var body T
	text, err := c.bytes()
	if err != nil {
		return body, err
	}
	if err := checkJSON(text); err != nil {
		return body, err
	}
	if err := checkMembers(text, reflect.TypeFor[T]()); err != nil {
		return body, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&body); err != nil {
		return body, bodyFault(err)
	}
	return body, nil
}

// bytes reads the whole body within the route's limit.
func (c *call) bytes() ([]byte, error) {
	contentType, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || contentType != "application/json" {
		return nil, fault.New(fault.Invalid, "content_type", "the body must be application/json")
	}
	if encoding := c.r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return nil, fault.New(fault.Invalid, "content_type", "the body must not be compressed")
	}
	text, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, c.route.limit))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, fault.Newf(fault.Invalid, "body_large", "the body is larger than %d bytes", c.route.limit).With("limit", c.route.limit)
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "body_broken", "the body ended before it was whole")
	case len(bytes.TrimSpace(text)) == 0:
		return nil, fault.New(fault.Invalid, "body_missing", "the request needs a JSON body")
	case !utf8.Valid(text):
		return nil, fault.New(fault.Invalid, "encoding", "the body is not UTF-8")
	}
	return text, nil
}

// deepest bounds how far JSON may nest: the deepest body of the API stays far below.
const deepest = 64

// checkJSON refuses what is no JSON, what follows the value, members that stand twice (readers
// disagree which one counts), nesting without end, and texts that no database keeps as they were
// sent: NUL, and half a character of UTF-16. Positions are line:column.
func checkJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var open []map[string]bool // the members of each open object; nil for an array
	key := false               // the next text is a member's name
	for {
		before := d.InputOffset()
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && len(open) == 0:
			return fault.New(fault.Invalid, "json", "the body is not JSON")
		case err != nil:
			at := d.InputOffset()
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				at = max(at, syntax.Offset-1)
			} else {
				at = int64(len(text)) // it ends too early
			}
			return invalid(position(text, at), "json", "the body is not JSON")
		}
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{':
				open, key = append(open, map[string]bool{}), true
			case '[':
				open, key = append(open, nil), false
			default:
				open = open[:len(open)-1]
				key = len(open) > 0 && open[len(open)-1] != nil
			}
			if len(open) > deepest {
				return invalid(position(text, d.InputOffset()), "json_deep", "the body nests deeper than %d", deepest)
			}
		case string:
			if err := checkText(text, before, d.InputOffset(), t); err != nil {
				return err
			}
			if !key {
				key = len(open) > 0 && open[len(open)-1] != nil
				break
			}
			names := open[len(open)-1]
			if names[t] {
				return invalid(nameFromOutside(t), "json_double", "the member stands twice")
			}
			names[t], key = true, false
		default:
			key = len(open) > 0 && open[len(open)-1] != nil
		}
		if len(open) == 0 {
			if rest := bytes.TrimLeft(text[d.InputOffset():], " \t\r\n"); len(rest) > 0 {
				return invalid(position(text, int64(len(text)-len(rest))), "json_trailing", "something follows the JSON value")
			}
			return nil
		}
	}
}

// checkText refuses a text, read from between two offsets, that holds NUL or half a character.
func checkText(text []byte, from, to int64, read string) error {
	at := from + int64(max(bytes.IndexByte(text[from:to], '"'), 0))
	switch {
	case strings.ContainsRune(read, 0):
		return invalid(position(text, at), "text", "texts must not contain NUL")
	case strings.ContainsRune(read, utf8.RuneError) && halfCharacter(text[at:to]):
		return invalid(position(text, at), "encoding", "the text has half a character of UTF-16")
	}
	return nil
}

// halfCharacter reports whether JSON text escapes one half of a character that UTF-16 writes in two.
func halfCharacter(quoted []byte) bool {
	unit := func(i int) (rune, bool) {
		if i+6 > len(quoted) || quoted[i] != '\\' || quoted[i+1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(quoted[i+2:i+6]), 16, 16)
		return rune(n), err == nil
	}
	for i := 0; i < len(quoted); i++ {
		if quoted[i] != '\\' {
			continue
		}
		first, escaped := unit(i)
		switch {
		case !escaped:
			i++ // another escape
		case !utf16.IsSurrogate(first):
			i += 5
		default:
			if second, pair := unit(i + 6); !pair || utf16.DecodeRune(first, second) == utf8.RuneError {
				return true
			}
			i += 11
		}
	}
	return false
}

// position gives line:column, both from 1, of a byte offset.
func position(text []byte, offset int64) string {
	before := text[:min(max(offset, 0), int64(len(text)))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("%d:%d", line, column)
}

// checkMembers refuses members that the type does not have under exactly that name, which
// encoding/json would match in any case, and reports those that are missing.
func checkMembers(text []byte, body reflect.Type) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(text, &given); err != nil || given == nil {
		return fault.New(fault.Invalid, "json_type", "the body must be a JSON object")
	}
	var known []string
	var errs []error
	for _, m := range membersOf(body) {
		known = append(known, m.name)
		if value, ok := given[m.name]; !m.optional && (!ok || string(value) == "null") {
			errs = append(errs, invalid(m.name, "required", "is required"))
		}
	}
	for name := range given {
		if !slices.Contains(known, name) {
			errs = append(errs, invalid(nameFromOutside(name), "unknown_member", "the body has no such member"))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return fault.Collect(fault.Invalid, "body", "the body is wrong", errs...)
}

// member is one member of a JSON object that a struct stands for.
type member struct {
	name     string
	optional bool
	field    reflect.StructField
}

// membersOf lists the members of a struct, those of embedded structs among them.
func membersOf(t reflect.Type) []member {
	var all []member
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			all = append(all, membersOf(embedded)...)
			continue
		case !f.IsExported() || name == "-":
			continue
		case name == "":
			name = f.Name
		}
		all = append(all, member{name, strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero"), f})
	}
	return all
}

// bodyFault says what does not fit, without the value.
func bodyFault(err error) error {
	var wrong *json.UnmarshalTypeError
	var problem *policy.Problem
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &problem):
		return fault.New(fault.Invalid, problem.Code, problem.Detail).WithAt(problem.At)
	case errors.As(err, &wrong):
		return invalid(wrong.Field, "json_type", "is of another type").With("expected", jsonName(wrong.Type))
	}
	if name, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		return invalid(nameFromOutside(strings.Trim(name, `"`)), "unknown_member", "the body has no such member")
	}
	return fault.Wrap(err, fault.Invalid, "json", "the body does not fit")
}

// jsonName names a type as JSON does.
func jsonName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Slice, reflect.Array:
		return "array"
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Pointer:
		return jsonName(t.Elem())
	}
	return "number"
}
