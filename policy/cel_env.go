package policy

import (
	"errors"
	"slices"
	"sync"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// The limits of CEL text and of condition trees. They stand well above what a person writes and
// below what costs anything to evaluate.
const (
	maxText  = 4096 // bytes of a CEL text, and of one text in a tree
	maxDepth = 16   // conditions inside conditions
	maxNodes = 200  // conditions in a tree
	maxList  = 1000 // values of one in
)

// The object types of p and ctx, and the opaque type of places, as CEL names them.
const (
	personType  = "person"
	contextType = "context"
)

var placeType = types.NewOpaqueType("place")

var errAbsent = errors.New("no such value")

// personFields is the type of p. What is not one of its three fixed fields is an attribute, whose
// type only the organisation knows, so that it is checked when it is evaluated.
var personFields = map[string]*types.FieldType{
	"id": fieldOf(types.StringType, func(s *Subject) (any, bool) { return s.Person.String(), s.Person != 0 }),
	"units": fieldOf(types.NewListType(types.StringType), func(s *Subject) (any, bool) {
		return idTexts(s.Units), true
	}),
	"positions": fieldOf(types.NewListType(types.StringType), func(s *Subject) (any, bool) {
		positions := make([]string, len(s.Posts))
		for i, p := range s.Posts {
			positions[i] = p.Position
		}
		slices.Sort(positions)
		return slices.Compact(positions), true
	}),
}

// contextFields is the type of ctx.
var contextFields = map[string]*types.FieldType{
	"now":     fieldOf(types.TimestampType, func(c *Context) (any, bool) { return c.Now.Truncate(time.Microsecond), !c.Now.IsZero() }),
	"channel": fieldOf(types.StringType, func(c *Context) (any, bool) { return c.Channel, c.Channel != "" }),
	"device":  fieldOf(types.StringType, func(c *Context) (any, bool) { return c.Device, c.Device != "" }),
	"network": fieldOf(types.StringType, func(c *Context) (any, bool) { return c.Network, c.Network != "" }),
}

func attribute(name string) *types.FieldType {
	return fieldOf(types.DynType, func(s *Subject) (any, bool) {
		v := celValue(s.Attrs[name])
		return v, v != nil
	})
}

// fieldOf describes a field of a Go struct to CEL. An absent value is an error there, which
// makes the expression around it unknown.
func fieldOf[T any](t *types.Type, get func(*T) (any, bool)) *types.FieldType {
	return &types.FieldType{
		Type: t,
		IsSet: func(target any) bool {
			object, ok := target.(*T)
			if ok && object != nil {
				_, ok = get(object)
				return ok
			}
			return false
		},
		GetFrom: func(target any) (any, error) {
			if object, ok := target.(*T); ok && object != nil {
				if v, ok := get(object); ok {
					return v, nil
				}
			}
			return nil, errAbsent
		},
	}
}

func idTexts(ids []ID) []string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return texts
}

// celValue gives a value as CEL sees it: ids are decimal strings, money is a number of whole
// units. It is nil for what is missing and for places.
func celValue(v Value) any {
	switch v.Type() {
	case Text:
		return types.String(v.Text())
	case Int:
		return types.Int(v.Int())
	case Number:
		return types.Double(v.Float())
	case Money:
		return types.Double(float64(v.Int()) / 10_000)
	case Time:
		return types.Timestamp{Time: v.Time()}
	case Bool:
		return types.Bool(v.Bool())
	case Ref:
		return types.String(v.ID().String())
	case Set:
		return v.Items()
	}
	return nil
}

// provider tells CEL's checker and planner what fields there are. Beside p and ctx it knows the
// records of one schema, when there is one.
type provider struct {
	types.Provider
	records *recordTypes
}

// FindStructType finds the object type of a name.
func (p provider) FindStructType(name string) (*types.Type, bool) {
	if name == personType || name == contextType || p.records.kind(name) != nil {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return p.Provider.FindStructType(name)
}

// FindStructFieldType finds the type of a field of an object type.
func (p provider) FindStructFieldType(object, field string) (*types.FieldType, bool) {
	switch {
	case object == personType:
		if t, ok := personFields[field]; ok {
			return t, true
		}
		return attribute(field), true
	case object == contextType:
		t, ok := contextFields[field]
		return t, ok
	case p.records.kind(object) != nil:
		return p.records.field(object, field)
	}
	return p.Provider.FindStructFieldType(object, field)
}

// knownEnv is the environment of what is known before the query: p and ctx alone.
var knownEnv = sync.OnceValues(func() (*cel.Env, error) {
	base, err := types.NewRegistry()
	if err != nil {
		return nil, err
	}
	return cel.NewEnv(
		cel.CustomTypeAdapter(base),
		cel.CustomTypeProvider(provider{Provider: base}),
		cel.Variable("p", types.NewObjectType(personType)),
		cel.Variable("ctx", types.NewObjectType(contextType)),
		cel.Function("date", cel.Overload("date_string", []*types.Type{types.StringType}, types.TimestampType, cel.UnaryBinding(dateOf))),
		cel.CrossTypeNumericComparisons(true),
		cel.EnableMacroCallTracking(),
		cel.ParserRecursionLimit(40), // the check costs the cube of the nesting; a tree of maxDepth needs less than 30
		cel.RegexProgramSizeLimit(1000),
	)
})

// recordEnv adds r, a record of a kind, and the distance of places. Extending an environment
// costs as little as looking one up would (a twentieth of the check), so none is kept: that
// would hold every version of a schema in memory.
func recordEnv(schema *Schema, kind Kind) (*cel.Env, error) {
	base, err := knownEnv()
	if err != nil {
		return nil, err
	}
	known, ok := base.CELTypeProvider().(provider)
	if !ok {
		return nil, errors.New("policy: the environment has lost its types")
	}
	return base.Extend(
		cel.CustomTypeProvider(provider{known.Provider, &recordTypes{schema}}),
		cel.Variable("r", recordType(kind)),
		cel.Function("point", cel.Overload("point_lat_lng", []*types.Type{types.DoubleType, types.DoubleType}, placeType)),
		cel.Function("distance", cel.Overload("distance_place_place", []*types.Type{placeType, placeType}, types.DoubleType)),
	)
}

// dateOf gives midnight UTC of a date written as 2006-01-02.
func dateOf(text ref.Val) ref.Val {
	s, ok := text.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(text)
	}
	t, err := time.Parse(time.DateOnly, string(s))
	if err != nil || t.Year() < 1 {
		return types.NewErr("no such date")
	}
	return types.Timestamp{Time: t}
}
