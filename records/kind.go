package records

import (
	"fmt"
	"slices"

	"guan/policy"
)

// Label is a name in both languages of the product.
type Label struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// In returns the label in the language: English for "en" and its variants, Chinese otherwise.
func (l Label) In(lang string) string {
	if len(lang) >= 2 && lang[:2] == "en" {
		return l.EN
	}
	return l.ZH
}

// Choice is one value of a closed list: a stable code that is stored, and what people read. One that
// is retired stays where it stands and is given to no record any more.
type Choice struct {
	Code    string  `json:"code"`
	Label   Label   `json:"label"`
	Retired bool    `json:"retired,omitempty"`
	Outcome Outcome `json:"outcome,omitempty"` // of a stage; empty: something is to be done yet
}

// Relation leads to records of another kind. A to-one relation follows Field of this kind; a
// to-many relation is the records of Kind whose Field points here.
type Relation struct {
	Name    string
	Label   Label
	Kind    policy.Kind
	Field   string
	Many    bool
	NotNull bool // a to-one relation that every record has
}

// Kind describes one sort of record. It does not change once its Catalog is made.
type Kind struct {
	Name      policy.Kind
	Table     string
	Label     Label
	Plural    Label // Chinese has none: ZH is the singular's
	Fields    []*Field
	Stages    []Choice // in their order; a new record begins in the first
	Gates     []Gate   // what stands before some of them
	Relations []Relation
	Title     string   // the field that names a record
	Subtitle  []string // the fields that tell records of one title apart
	List      []string // columns that a list shows at first
	Actions   []policy.Action

	// The fields on which the access paths stand; empty where the kind has no such path.
	Owner, Unit, Pool, Place string
	// Claimed: records without an owner lie in pools, out of which people claim them.
	Claimed bool
	Team    bool // records may have collaborators

	Derived []*Field // the groups of tags that the store keeps by rules
	Feeds   []Feed   // whose tags look at records of this kind

	// between checks what holds between the fields of one record.
	between []rule

	fields map[string]*Field
}

// Field returns the field of that name, nil when the kind has none.
func (k *Kind) Field(name string) *Field { return k.fields[name] }

// InitialStage is the stage of a record that was created without one.
func (k *Kind) InitialStage() string {
	return k.Stages[max(slices.IndexFunc(k.Stages, func(c Choice) bool { return !c.Retired }), 0)].Code
}

// Stage returns the stage of that code.
func (k *Kind) Stage(code string) (Choice, bool) {
	i := slices.IndexFunc(k.Stages, func(c Choice) bool { return c.Code == code })
	if i < 0 {
		return Choice{}, false
	}
	return k.Stages[i], true
}

// Relation returns the relation of that name.
func (k *Kind) Relation(name string) (*Relation, bool) {
	i := slices.IndexFunc(k.Relations, func(r Relation) bool { return r.Name == name })
	if i < 0 {
		return nil, false
	}
	return &k.Relations[i], true
}

// define completes a kind that comes with Guan: the fields every kind has, and the paths that
// stand on them. Its errors are the programmer's.
func define(k *Kind) *Kind {
	k.Actions = slices.Clone(Actions)
	if k.Claimed {
		k.Actions = append(k.Actions, PoolActions...)
	}
	k.Fields = slices.Concat([]*Field{idField(k)}, k.Fields, systemFields(k))
	if k.Owner == "" {
		k.Owner, k.Pool, k.Team = "owner", "pool", true
	}
	k.Unit = "unit"
	k.index()
	return k
}

func (k *Kind) index() {
	k.fields = make(map[string]*Field, len(k.Fields))
	for _, f := range k.Fields {
		if k.fields[f.Name] != nil {
			panic(fmt.Sprintf("records: field %s.%s stands twice", k.Name, f.Name))
		}
		k.fields[f.Name] = f
	}
}

// schema gives the engine's view of the kind.
func (k *Kind) schema() *policy.KindSchema {
	s := &policy.KindSchema{
		Name: k.Name, Table: k.Table, Actions: k.Actions,
		Owner: k.Owner, Unit: k.Unit, Pool: k.Pool, Place: k.Place, Team: k.Team,
	}
	for _, f := range k.Fields {
		s.Fields = append(s.Fields, f.schema())
	}
	for _, r := range k.Relations {
		s.Relations = append(s.Relations, policy.Relation{Name: r.Name, Kind: r.Kind, Field: r.Field, Many: r.Many, NotNull: r.NotNull})
	}
	return s
}
