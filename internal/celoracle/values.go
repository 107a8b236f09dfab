package celoracle

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"guan/policy"
)

// record is a row as a CEL value with fields. One without a row has no fields at all.
type record struct{ row *policy.Row }

var recordType = types.NewObjectType("record", traits.IndexerType|traits.FieldTesterType)

func (r record) find(index ref.Val) ref.Val {
	name, ok := index.(types.String)
	if !ok {
		return nil
	}
	key := string(name)
	if parent, marked := strings.CutSuffix(key, parentMark); marked {
		if r.row == nil || r.row.Parents[parent] == nil {
			return nil // deleted: nobody can say anything of it, not even what it lacks
		}
		return record{r.row.Parents[parent]}
	}
	if relation, marked := strings.CutSuffix(key, manyMark); marked {
		var many []ref.Val
		if r.row != nil {
			for _, row := range r.row.Related[relation] {
				many = append(many, record{row})
			}
		}
		return types.NewRefValList(types.DefaultTypeAdapter, many)
	}
	if r.row == nil {
		return nil
	}
	return celValue(r.row.Values[key])
}

// Get returns the field, or an error when it is missing.
func (r record) Get(index ref.Val) ref.Val {
	if v := r.find(index); v != nil {
		return v
	}
	return types.NewErr("no such value")
}

// IsSet reports whether the field has a value.
func (r record) IsSet(field ref.Val) ref.Val { return types.Bool(r.find(field) != nil) }

var errNative = errors.New("not convertible")

func (r record) ConvertToNative(reflect.Type) (any, error) { return nil, errNative }
func (r record) ConvertToType(ref.Type) ref.Val            { return types.NewErr("%s", errNative) }
func (r record) Equal(ref.Val) ref.Val                     { return types.NewErr("records do not compare") }
func (r record) Type() ref.Type                            { return recordType }
func (r record) Value() any                                { return r.row }

// place is a point on the globe, in degrees.
type place struct{ lat, lng float64 }

var placeType = types.NewOpaqueType("place")

func (p place) ConvertToNative(reflect.Type) (any, error) { return nil, errNative }
func (p place) ConvertToType(ref.Type) ref.Val            { return types.NewErr("%s", errNative) }
func (p place) Equal(ref.Val) ref.Val                     { return types.NewErr("places do not compare") }
func (p place) Type() ref.Type                            { return placeType }
func (p place) Value() any                                { return p }

func point(lat, lng ref.Val) ref.Val {
	a, isLat := lat.(types.Double)
	b, isLng := lng.(types.Double)
	if !isLat || !isLng {
		return types.NewErr("a point has two numbers")
	}
	return place{float64(a), float64(b)}
}

func distance(a, b ref.Val) ref.Val {
	p, ok := a.(place)
	q, also := b.(place)
	if !ok || !also {
		return types.NewErr("a distance lies between two places")
	}
	return types.Double(greatCircle(p, q))
}

// greatCircle is the distance in metres after Vincenty, which is exact to the last digits for
// near places and for opposite ones alike.
func greatCircle(p, q place) float64 {
	const degree = math.Pi / 180
	sinP, cosP := math.Sincos(p.lat * degree)
	sinQ, cosQ := math.Sincos(q.lat * degree)
	sinD, cosD := math.Sincos((q.lng - p.lng) * degree)
	across := math.Hypot(cosQ*sinD, cosP*sinQ-sinP*cosQ*cosD)
	return policy.EarthRadius * math.Atan2(across, sinP*sinQ+cosP*cosQ*cosD)
}

func date(text ref.Val) ref.Val {
	s, ok := text.(types.String)
	if !ok {
		return types.NewErr("a date is a text")
	}
	t, err := time.Parse(time.DateOnly, string(s))
	if err != nil {
		return types.NewErr("no such date")
	}
	return types.Timestamp{Time: t}
}
