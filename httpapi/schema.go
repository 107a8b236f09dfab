package httpapi

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// schema is a JSON Schema 2020-12 node as it stands in OpenAPI 3.1.
type schema map[string]any

// schemas turns the types of the wire into schemas, each named struct once under components.
type schemas struct {
	named map[string]schema
	types map[string]reflect.Type
}

func newSchemas() *schemas {
	return &schemas{named: map[string]schema{}, types: map[string]reflect.Type{}}
}

var (
	idSchema   = schema{"type": "string", "pattern": "^[1-9][0-9]{0,15}$", "description": "An id: a decimal number below 2^53."}
	textSchema = schema{"type": "string"}
)

// known holds the types whose JSON form their Go type does not tell.
var known = map[reflect.Type]schema{
	reflect.TypeFor[policy.ID]():       idSchema,
	reflect.TypeFor[policy.Level]():    {"type": "string", "enum": policy.LevelNames()},
	reflect.TypeFor[time.Time]():       {"type": "string", "format": "date-time"},
	reflect.TypeFor[json.RawMessage](): {"description": "A field's value: its type is told by GET /api/v1/kinds. Money is a decimal string, an id a string, a date 2006-01-02, an instant RFC 3339, a place {lat, lng}, a set an array of strings."},
	reflect.TypeFor[fault.Kind]():      {"type": "string"},
	reflect.TypeFor[access.Scene]():    {"description": "A text, or {zh, en}."},
}

// of returns the schema of a type: a reference for a named struct.
func (s *schemas) of(t reflect.Type) schema {
	if fixed, ok := known[t]; ok {
		return fixed
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return schema{"type": "integer"}
	case reflect.Float32, reflect.Float64:
		return schema{"type": "number"}
	case reflect.String:
		return textSchema
	case reflect.Slice:
		return schema{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Interface:
		return schema{}
	case reflect.Struct:
		if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			return textSchema
		}
		return s.component(t)
	}
	panic(fmt.Sprintf("httpapi: no schema for %s", t))
}

// component puts a struct under components and returns the reference to it.
func (s *schemas) component(t reflect.Type) schema {
	name := componentName(t)
	reference := schema{"$ref": "#/components/schemas/" + name}
	if s.types[name] == t {
		return reference
	}
	other, taken := s.named[name]
	s.types[name] = t
	s.named[name] = nil // a type that contains itself refers to it
	properties := schema{}
	required := []string{}
	for _, m := range membersOf(t) {
		properties[m.name] = s.of(m.field.Type)
		if !m.optional {
			required = append(required, m.name)
		}
	}
	s.named[name] = schema{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	if taken && !reflect.DeepEqual(other, s.named[name]) {
		panic(fmt.Sprintf("httpapi: two types would both be the schema %s", name))
	}
	return reference
}

// componentName is the type's name, in capitals where it stands in this package alone; items of a
// thing are its list.
func componentName(t reflect.Type) string {
	if t == reflect.TypeFor[fault.Item]() {
		return "Mistake"
	}
	name := t.Name()
	if of, ok := strings.CutPrefix(name, "items["); ok {
		of = strings.TrimSuffix(of, "]")
		name = of[strings.LastIndex(of, ".")+1:] + "List"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}
