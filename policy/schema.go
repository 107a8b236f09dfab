package policy

import (
	"fmt"
	"maps"
	"slices"
)

// Kind names a sort of record: customer, contact, …
type Kind string

// Action names what somebody does with a record.
type Action string

// The actions every kind knows.
const (
	Read   Action = "read"
	Create Action = "create"
	Edit   Action = "edit"
	Delete Action = "delete"
	Export Action = "export"
	// Figures is to be told of counts and sums of records, which one need not see.
	Figures Action = "figures"
	// Reveal shows one masked field plain for a short time. Its permits say by their levels which; what
	// forbids reading, or lowers what it shows, holds for revealing too.
	Reveal Action = "reveal"

	// Of records that lie in pools: to become the owner, to put it back, to give it an owner.
	Claim   Action = "claim"
	Release Action = "release"
	Assign  Action = "assign"
)

// Class says how sensitive a field is. Every field has exactly one.
type Class string

// The field classes.
const (
	General       Class = "general"
	Contact       Class = "contact"       // 联系方式
	Amount        Class = "money"         // 金额
	Identity      Class = "identity"      // 证件与账号
	Communication Class = "communication" // 沟通内容
	Internal      Class = "internal"
)

// Classes lists every class, in the order in which screens show them.
var Classes = []Class{General, Contact, Amount, Identity, Communication, Internal}

// Level says how much of a field a person sees. The zero value is the least.
type Level uint8

// The levels, from the least to the most open. Between hidden and plain stand the masks; where two
// ways lead to a record the more open mask counts, and a forbid can lower to one.
const (
	Hidden       Level = iota
	MaskConstant       // that there is such a field
	MaskYear           // of a date
	MaskDistrict       // of an address, down to the district
	MaskDomain         // of an e-mail address
	MaskRange          // in which an amount lies
	MaskTail           // the last characters
	MaskEnds           // the first and the last characters
	Masked             // in rules only: by the field's own mask, which is one of those above
	Plain
)

// Masks lists the masks that a rule may name beside Masked.
var Masks = []Level{MaskConstant, MaskYear, MaskDistrict, MaskDomain, MaskRange, MaskTail, MaskEnds}

// IsMask reports whether the level shows a part of the value, or that there is one, and not all of it.
func (l Level) IsMask() bool { return l > Hidden && l < Plain }

// Broad is hidden, masked or plain: what answers tell whose reader is not the rule's author.
func (l Level) Broad() Level {
	if l.IsMask() {
		return Masked
	}
	return l
}

// Field describes one field of a kind to the engine.
type Field struct {
	Name    string
	Type    Type
	Class   Class
	Column  string // name of the column; a Place has the columns Column_lat, _lng and, for the unit vector, _x, _y, _z
	Custom  bool   // stands in the JSON column under the key Column
	Refs    Kind   // what a Ref points at: a kind, or "person", "unit", "pool"
	Search  bool   // part of the text search, in the search column of its class
	NotNull bool
	// Encrypted fields are of type Text and hold what stands for a value: see checkEncrypted.
	Encrypted bool
	// Mask is the field's own mask, and Masks are those that suit it beside MaskConstant, which suits
	// every field. The zero values mean MaskConstant alone.
	Mask  Level
	Masks []Level

	index int
}

// mask resolves a level of a rule for the field. A mask that does not suit the field, as one for
// amounts given to a whole class, shows nothing of it.
func (f *Field) mask(l Level) Level {
	if l == Masked {
		return max(f.Mask, MaskConstant)
	}
	if l.IsMask() && !slices.Contains(f.Masks, l) {
		return MaskConstant
	}
	return l
}

// Index returns the field's place in its kind's Fields, in which level vectors are counted.
func (f *Field) Index() int { return f.index }

// Relation leads from one kind to another. To-one relations follow Field of this kind; to-many
// relations are the records of the other kind whose Field points here.
type Relation struct {
	Name  string
	Kind  Kind
	Field string
	Many  bool
	// NotNull says that a to-one relation always has its parent; only then may a condition
	// speak of the parent's fields.
	NotNull bool
}

// KindSchema describes one kind to the engine.
type KindSchema struct {
	Name      Kind
	Table     string
	Fields    []*Field
	Relations []Relation
	Actions   []Action
	// The fields on which the access paths stand; empty where the kind has no such path.
	Owner, Unit, Pool, Place string
	// Team says whether records of the kind can have collaborators.
	Team bool

	fields map[string]*Field
	schema *Schema
}

// Schema is the closed world in which rules are checked. It does not change once made.
type Schema struct {
	kinds map[Kind]*KindSchema
	names []Kind
}

// NewSchema checks the kinds: every field typed and classed, every name once, every relation's
// end in place.
func NewSchema(kinds ...*KindSchema) (*Schema, error) {
	s := &Schema{kinds: make(map[Kind]*KindSchema, len(kinds))}
	for _, k := range kinds {
		if s.kinds[k.Name] != nil {
			return nil, fmt.Errorf("policy: kind %s stands twice", k.Name)
		}
		k.schema = s
		k.fields = make(map[string]*Field, len(k.Fields))
		for i, f := range k.Fields {
			switch {
			case f.Name == "" || f.Column == "":
				return nil, fmt.Errorf("policy: kind %s: field %d has no name or column", k.Name, i)
			case int(f.Type) >= len(typeNames) || f.Type == 0:
				return nil, fmt.Errorf("policy: field %s.%s has no type", k.Name, f.Name)
			case !slices.Contains(Classes, f.Class):
				return nil, fmt.Errorf("policy: field %s.%s has no class", k.Name, f.Name)
			case k.fields[f.Name] != nil:
				return nil, fmt.Errorf("policy: field %s.%s stands twice", k.Name, f.Name)
			}
			f.index = i
			k.fields[f.Name] = f
		}
		s.kinds[k.Name] = k
	}
	for _, k := range kinds {
		for _, name := range []string{k.Owner, k.Unit, k.Pool, k.Place} {
			if name != "" && k.fields[name] == nil {
				return nil, fmt.Errorf("policy: kind %s: path field %s is not declared", k.Name, name)
			}
		}
		for _, r := range k.Relations {
			other := s.kinds[r.Kind]
			if other == nil {
				return nil, fmt.Errorf("policy: relation %s.%s: no kind %s", k.Name, r.Name, r.Kind)
			}
			holder := k
			if r.Many {
				holder = other
			}
			if f := holder.fields[r.Field]; f == nil || f.Type != Ref {
				return nil, fmt.Errorf("policy: relation %s.%s: %s.%s is no reference", k.Name, r.Name, holder.Name, r.Field)
			}
		}
	}
	s.names = slices.Sorted(maps.Keys(s.kinds))
	return s, nil
}

// Kind returns the kind's schema, nil when there is none.
func (s *Schema) Kind(name Kind) *KindSchema { return s.kinds[name] }

// Kinds returns the names in alphabetical order.
func (s *Schema) Kinds() []Kind { return s.names }

// Field returns the field, nil when the kind has none of that name.
func (k *KindSchema) Field(name string) *Field { return k.fields[name] }

// Relation returns the relation of that name.
func (k *KindSchema) Relation(name string) (*Relation, bool) {
	for i := range k.Relations {
		if k.Relations[i].Name == name {
			return &k.Relations[i], true
		}
	}
	return nil, false
}

// Related returns the kind at the other end of one of the kind's relations.
func (k *KindSchema) Related(r *Relation) *KindSchema { return k.schema.kinds[r.Kind] }
