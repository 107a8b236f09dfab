package policy

import (
	"strings"

	"cel.dev/cel-go/common/types"
)

// recordTypes are the records of a schema as CEL's checker sees them: one object type a kind.
//
// A reference and the parent it leads to often have one name (r.customer == '123' and
// r.customer.name), and CEL gives a name one type. So resolve renames the steps that lead to
// other records before the check: to a parent with a point behind the name, to many records
// with brackets, which no name in a text can have.
type recordTypes struct{ schema *Schema }

const (
	recordPrefix = "record."
	parentMark   = "."
	manyMark     = "[]"
)

func recordType(kind Kind) *types.Type { return types.NewObjectType(recordPrefix + string(kind)) }

func (r *recordTypes) kind(object string) *KindSchema {
	name, ok := strings.CutPrefix(object, recordPrefix)
	if r == nil || !ok {
		return nil
	}
	return r.schema.Kind(Kind(name))
}

// field gives the type of a field or of a marked relation.
func (r *recordTypes) field(object, name string) (*types.FieldType, bool) {
	kind := r.kind(object)
	if kind == nil {
		return nil, false
	}
	for _, mark := range []string{parentMark, manyMark} {
		bare, marked := strings.CutSuffix(name, mark)
		if !marked {
			continue
		}
		relation, ok := kind.Relation(bare)
		if !ok {
			return nil, false
		}
		t := recordType(relation.Kind)
		if mark == manyMark {
			t = types.NewListType(t)
		}
		return &types.FieldType{Type: t}, true
	}
	f := kind.Field(name)
	if f == nil {
		return nil, false
	}
	return &types.FieldType{Type: celTypes[f.Type]}, true
}

// celTypes are the field types as CEL's checker sees them: an id is a text, money a number.
var celTypes = [...]*types.Type{
	Text:   types.StringType,
	Int:    types.IntType,
	Number: types.DoubleType,
	Money:  types.DoubleType,
	Time:   types.TimestampType,
	Bool:   types.BoolType,
	Ref:    types.StringType,
	Set:    types.NewListType(types.StringType),
	Place:  placeType,
}
