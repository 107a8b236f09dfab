package policy

import (
	"slices"
	"time"
)

// Effect says what a matching rule does.
type Effect string

// The two effects. The zero value is neither and is refused.
const (
	Permit Effect = "permit"
	Forbid Effect = "forbid"
)

// Rule is the one shape to which everything an administrator writes lowers.
type Rule struct {
	ID      string   `json:"id"`
	Effect  Effect   `json:"effect"`
	Who     Who      `json:"who"`
	Kind    Kind     `json:"kind"`
	Actions []Action `json:"actions"`
	Where   Path     `json:"where"`
	When    *Cond    `json:"when,omitempty"`
	// Fields gives levels. In a permit what is not named is hidden. A forbid with fields lowers
	// these to the level named and leaves the action alone; one without forbids the action.
	Fields []FieldRule `json:"fields,omitempty"`
	Duty   Duty        `json:"duty,omitzero"`
	From   *time.Time  `json:"from,omitempty"` // [From, Until); nil is open
	Until  *time.Time  `json:"until,omitempty"`
	Scene  string      `json:"scene"` // why the rule exists; empty is refused
	Origin Origin      `json:"origin"`
	// Sensitive asks that changes of the rule be confirmed by a second person. The engine does not
	// look at it.
	Sensitive bool `json:"sensitive,omitempty"`
}

// Who names the people a rule speaks of: any clause of Any, and none of Except.
type Who struct {
	Any    []Clause `json:"any"`
	Except []Clause `json:"except,omitempty"`
}

// Clause matches a person, or one appointment by position and unit (both, when both are
// named), or everyone. An empty clause is refused.
type Clause struct {
	Everyone bool   `json:"everyone,omitempty"`
	Person   ID     `json:"person,omitempty"`
	Position string `json:"position,omitempty"`
	Unit     ID     `json:"unit,omitempty"`
	Below    bool   `json:"below,omitempty"` // units below Unit too
}

// PathKind names an access path: how a record comes to be within somebody's reach.
type PathKind string

// The access paths.
const (
	PathAll       PathKind = "all"
	PathOwn       PathKind = "own"        // the owner is the person
	PathUnit      PathKind = "unit"       // the record's unit is one of the person's
	PathUnitBelow PathKind = "unit_below" // … or stands below one of them
	PathHeaded    PathKind = "headed"     // … is one the person heads, or below it
	PathUnits     PathKind = "units"      // … is one the rule names
	PathTeam      PathKind = "team"       // the person is a named collaborator now
	PathPool      PathKind = "pool"       // the record lies in a pool open to the person
	PathLinked    PathKind = "linked"     // a related record is within reach
	PathNear      PathKind = "near"       // within Meters of a place of the person's units
)

// Path is an access path with what it needs.
type Path struct {
	Path     PathKind `json:"path"`
	Units    []ID     `json:"units,omitempty"`    // units
	Below    bool     `json:"below,omitempty"`    // units: what stands below them too
	Meters   float64  `json:"meters,omitempty"`   // near
	Relation string   `json:"relation,omitempty"` // linked
	Via      *Path    `json:"via,omitempty"`      // linked: the related record's own path (never linked again); nil is all
	Cond     *Cond    `json:"cond,omitempty"`     // linked: a condition over the related record
}

// FieldRule gives a level to a field, a class, or (Class "*") everything. The field's own
// entry counts before its class's, the class's before "*".
type FieldRule struct {
	Class Class  `json:"class,omitempty"`
	Field string `json:"field,omitempty"`
	Level Level  `json:"level"`
	Edit  bool   `json:"edit,omitempty"` // may be written, by the rule's create and edit actions
}

// Everything is the Class that stands for all fields.
const Everything Class = "*"

// Duty is what a person must do before a permitted action takes place.
type Duty struct {
	Approval     []string `json:"approval,omitempty"` // positions, in order
	SecondFactor bool     `json:"second_factor,omitempty"`
	Reason       bool     `json:"reason,omitempty"`
	Watermark    bool     `json:"watermark,omitempty"`
}

// Origin says what a rule was lowered from.
type Origin struct {
	Type string `json:"type"` // pack, sharing, guard, grant, sandbox, emergency
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// levelNames are the levels as rules write them.
var levelNames = [...]string{
	Hidden: "hidden", Masked: "masked", Plain: "plain",
	MaskConstant: "masked:constant", MaskYear: "masked:year", MaskDistrict: "masked:district", MaskDomain: "masked:domain",
	MaskRange: "masked:range", MaskTail: "masked:tail", MaskEnds: "masked:ends",
}

// LevelNames lists how levels are written, from the least to the most open.
func LevelNames() []string { return slices.Clone(levelNames[:]) }

// MarshalText writes hidden, masked or plain, or masked with the mask: masked:year.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// String returns hidden, masked or plain, or masked with the mask: masked:year.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return "unknown"
}

// UnmarshalText reads what MarshalText writes.
func (l *Level) UnmarshalText(text []byte) error {
	i := slices.Index(levelNames[:], string(text))
	if i < 0 {
		return &Problem{Code: "level", Detail: "a level is hidden, masked or plain, or masked with one of the masks constant, year, district, domain, range, tail and ends (masked:year)"}
	}
	*l = Level(i)
	return nil
}
