package access

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"guan/fault"
	"guan/policy"
)

// Routing says whom a tag or stage concerns: when it appears on a record of Kind, somebody gets a
// task and a notice. It gives no right to the record: who gets the task sees of it what the rules
// let them.
type Routing struct {
	Name     string      `json:"name"`
	Kind     policy.Kind `json:"kind"`
	Tag      string      `json:"tag,omitempty"`   // one of Tag and Stage
	Field    string      `json:"field,omitempty"` // the group in which Tag is a code; empty: a free tag
	Stage    string      `json:"stage,omitempty"` // a code
	To       RouteTo     `json:"to"`
	Position string      `json:"position,omitempty"` // of ToPosition
	Task     string      `json:"task"`               // what is to be done
	Hours    int         `json:"hours,omitempty"`    // until it is due; 0 leaves that open
}

// RouteTo says who is meant.
type RouteTo string

// Whom a routing can mean. Of heads and holders of a position the nearest are meant: those of the
// record's unit, or of the first unit above it that has some.
const (
	ToOwner    RouteTo = "owner"
	ToHead     RouteTo = "head"
	ToPosition RouteTo = "position"
)

const (
	maxRoutingText  = 100
	maxRoutingHours = 10_000
	mostTag         = 60
)

// Check says what is wrong with a routing. Which positions there are is its store's to know.
// Faults: Invalid, one for each mistake.
func (r Routing) Check(schema *policy.Schema) error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	for at, text := range map[string]string{"name": r.Name, "task": r.Task} {
		switch {
		case strings.TrimSpace(text) == "" || text != strings.TrimSpace(text):
			wrong(at, "routing_text", "a routing needs a name and a task, without blanks at their ends")
		case utf8.RuneCountInString(text) > maxRoutingText || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
			wrong(at, "routing_text", "a name and a task have at most 100 characters and no control characters")
		}
	}
	kind := schema.Kind(r.Kind)
	switch {
	case kind == nil || kind.Owner != "owner" || r.Kind == TaskKind:
		wrong("kind", "routing_kind", "a routing is for records that somebody owns, and not for tasks: they would make others")
	case (r.Tag == "") == (r.Stage == ""):
		wrong("tag", "routing_when", "a routing names a tag or a stage")
	case r.Field != "" && (r.Tag == "" || kind.Field(r.Field) == nil || !kind.Field(r.Field).Custom):
		wrong("field", "routing_field", "a routing names a group of tags of the kind, and a tag of it")
	case r.Tag != "" && (kind.Field("tags") == nil || utf8.RuneCountInString(r.Tag) > mostTag || r.Tag != strings.TrimSpace(r.Tag)):
		wrong("tag", "routing_tag", "this is no tag of the kind")
	}
	switch r.To {
	case ToOwner, ToHead:
		if r.Position != "" {
			wrong("position", "routing_to", "a position is named where one is meant")
		}
	case ToPosition:
		if r.Position == "" {
			wrong("position", "routing_to", "say which position is meant")
		}
	default:
		wrong("to", "routing_to", "a task goes to the owner, the head or a position")
	}
	if r.Hours < 0 || r.Hours > maxRoutingHours {
		wrong("hours", "routing_hours", "the hours until a task is due are 0 to 10,000")
	}
	return fault.Collect(fault.Invalid, "routing", "the routing is not well formed", errs...)
}

// TaskKind is the kind of what a routing makes.
const TaskKind policy.Kind = "task"

// Fires reports whether a change brought what the routing waits for; before is nil for a new record.
func (r Routing) Fires(before, after map[string]policy.Value) bool {
	if r.Tag != "" {
		field := cmp.Or(r.Field, "tags")
		return stands(after[field], r.Tag) && !stands(before[field], r.Tag)
	}
	return after["stage"].Text() == r.Stage && before["stage"].Text() != r.Stage
}

// stands reports whether a tag is among those of a set, or the one of a choice.
func stands(v policy.Value, tag string) bool {
	return v.Type() == policy.Text && v.Text() == tag || slices.Contains(v.Items(), tag)
}
