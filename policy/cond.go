package policy

// Op is an operator of a condition tree.
type Op string

// The operators. All, Any and Not join; the others are leaves.
const (
	OpAll      Op = "all"
	OpAny      Op = "any"
	OpNot      Op = "not"
	OpEq       Op = "eq"
	OpNe       Op = "ne"
	OpLt       Op = "lt"
	OpLe       Op = "le"
	OpGt       Op = "gt"
	OpGe       Op = "ge"
	OpIn       Op = "in"          // Field in Values
	OpStarts   Op = "starts_with" // Field, a Text
	OpEnds     Op = "ends_with"
	OpContains Op = "contains"
	OpHas      Op = "has"    // Field is not missing: the only operator that sees a missing one
	OpTag      Op = "tag"    // Value is a member of the Set in Field
	OpExists   Op = "exists" // some record of Relation satisfies Args[0] (any, when there is none)
	OpWithin   Op = "within" // the Place in Field stands within Meters of Point
	OpKnown    Op = "known"  // CEL over p and ctx alone, true or false before the query
)

// Cond is a condition tree: stored and sent as JSON, shown as a sentence or as CEL text. A
// tree from outside becomes usable only through Compile or CheckFilter, which check it against
// a Schema.
type Cond struct {
	Op       Op        `json:"op"`
	Args     []Cond    `json:"args,omitempty"`
	Field    string    `json:"field,omitempty"`    // "stage", or "customer.stage" for the field of a NOT NULL parent
	Value    *Operand  `json:"value,omitempty"`    // the right side of a comparison, the needle, the tag
	Values   []Operand `json:"values,omitempty"`   // of in
	Relation string    `json:"relation,omitempty"` // of exists
	Point    *LatLng   `json:"point,omitempty"`    // of within
	Meters   float64   `json:"meters,omitempty"`   // of within
	CEL      string    `json:"cel,omitempty"`      // of known
}

// Operand is the right side of a comparison: exactly one of its parts is set.
type Operand struct {
	Text   *string  `json:"text,omitempty"`
	Int    *int64   `json:"int,omitempty"`
	Number *float64 `json:"number,omitempty"`
	Money  *string  `json:"money,omitempty"` // decimal, at most 4 places: "1000.50"
	Time   *string  `json:"time,omitempty"`  // RFC 3339, or a date
	Bool   *bool    `json:"bool,omitempty"`
	Ref    *ID      `json:"ref,omitempty"`
	Field  string   `json:"field,omitempty"` // another field of the same record and type
	CEL    string   `json:"cel,omitempty"`   // over p and ctx: "p.id", "ctx.now - duration('720h')"
}

// LatLng is a place in WGS-84 degrees.
type LatLng struct {
	Lat float64 `json:"lat"`
	Lng float64 `json:"lng"`
}

// Problem is what is wrong with a rule, condition or filter, and where.
type Problem struct {
	Code   string // short and stable, for catalogues
	At     string // path into the tree ("args[1].value") or position in the text ("1:14")
	Detail string // one English sentence without values of records
}

// Error returns the place and the detail.
func (p *Problem) Error() string {
	if p.At == "" {
		return p.Detail
	}
	return p.At + ": " + p.Detail
}
