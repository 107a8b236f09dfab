package store

import (
	"slices"

	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// Item is a record as its reader may see it. A field stands in exactly one of Fields, Masked and
// Hidden; one that was not asked for stands in none.
type Item struct {
	ID       policy.ID         `json:"id"`
	Kind     policy.Kind       `json:"kind"`
	Version  int64             `json:"version"`
	Title    string            `json:"title"`
	Fields   map[string]any    `json:"fields"`
	Masked   map[string]string `json:"masked"`
	Hidden   []string          `json:"hidden"`
	Can      []policy.Action   `json:"can"`
	Editable []string          `json:"editable"`
	Asks     []string          `json:"asks,omitempty"`    // fields that one may change when somebody approves it
	CanAsk   []policy.Action   `json:"can_ask,omitempty"` // what one may do when somebody approves it
	Reveal   []string          `json:"reveal,omitempty"`  // of Masked: what one may have shown, see Session.Reveal
	Follow   bool              `json:"follow,omitempty"`  // of one record alone: an activity about it may be written, or asked for
	Refs     map[string]Link   `json:"refs"`
	Covered  []string          `json:"covered,omitempty"` // of Masked: what the person would see and who looks as them may not

	masks map[string]policy.Level // by which mask each of Masked is shown
	plain map[string]policy.Value // what stands in Fields, typed
	lent  []policy.ID             // the grants that open it, where one record was asked for
	boxes []policy.ID             // the sandboxes by which it is reached
	why   []int                   // the rules by which it is read
}

// Link names what a plain reference points at. Title is empty when the reader may not read it.
type Link struct {
	ID    policy.ID `json:"id"`
	Title string    `json:"title,omitempty"`
}

// shape is how the rows of one kind are read and shown for one actor.
type shape struct {
	v       *view
	kind    *records.Kind
	schema  *policy.KindSchema
	read    *policy.Reduction
	also    []*policy.Reduction // actions of single records
	lifted  *policy.Reduction   // editing with approval; nil where nothing waits for one
	reveal  *policy.Reduction   // nil where nothing is revealed
	asks    []*policy.Reduction // the other actions that wait for approval, with it
	fields  []*policy.Field     // to show
	columns []*policy.Field     // to select: what may be plain or masked somewhere
	boxed   []boxed             // the ways in by a sandbox
	closed  bool                // nothing is opened that is kept encrypted
}

// recordActions are the actions that an Item's Can speaks of.
var recordActions = slices.Concat([]policy.Action{policy.Edit, policy.Delete, policy.Export}, records.PoolActions)

// askedActions are those of them that are asked for as a whole.
var askedActions = slices.Concat([]policy.Action{policy.Delete}, records.PoolActions)

// shape prepares reading a kind; names nil asks for all fields. A kind that does not exist and
// one of which nothing can be read are alike to the caller: both read nothing.
func (v *view) shape(kind *records.Kind, names []string) *shape {
	s := &shape{v: v, kind: kind, schema: v.catalog.Schema().Kind(kind.Name)}
	s.read = v.bound.Reduce(policy.Read, kind.Name)
	s.boxed = v.boxedIn(s.read)
	for _, a := range kind.Actions {
		if !slices.Contains(recordActions, a) {
			continue
		}
		s.also = append(s.also, v.bound.Reduce(a, kind.Name))
	}
	s.reveal = v.revealing(kind.Name)
	s.lifted = v.liftedFor(policy.Edit, kind.Name)
	for _, a := range askedActions {
		if r := v.liftedFor(a, kind.Name); r != nil && slices.Contains(kind.Actions, a) {
			s.asks = append(s.asks, r)
		}
	}
	for _, f := range s.schema.Fields {
		if names != nil && !slices.Contains(names, f.Name) && f.Name != kind.Title {
			continue
		}
		if names == nil || slices.Contains(names, f.Name) {
			s.fields = append(s.fields, f)
		}
		if s.read.Reach(f) > policy.Hidden {
			s.columns = append(s.columns, f)
		}
	}
	return s
}

// list starts the statement of a page of the shape.
func (s *shape) list(limit int) *sqlgen.List {
	also := slices.Concat(s.also, s.asks)
	for _, r := range []*policy.Reduction{s.lifted, s.reveal} {
		if r != nil {
			also = append(also, r)
		}
	}
	return &sqlgen.List{Tenant: s.v.tenant, Epoch: s.v.epoch, Read: s.read, Also: also, Columns: s.columns, Limit: limit}
}

// item applies the levels to a row. What is not plain leaves this function as a preview or not
// at all.
func (s *shape) item(row fetched) Item {
	outcome := s.read.Outcome(row.answer)
	it := Item{ID: row.id, Kind: s.kind.Name, Version: row.version, Fields: map[string]any{}, Masked: map[string]string{},
		Hidden: []string{}, Can: []policy.Action{}, Editable: []string{}, Refs: map[string]Link{}, plain: map[string]policy.Value{}, masks: map[string]policy.Level{}}
	if !outcome.Allowed {
		return it // cannot be: the statement gave only what is allowed
	}
	var edit, lifted, reveal policy.Outcome
	if s.lifted != nil {
		lifted = s.lifted.Outcome(row.answer)
	}
	if s.reveal != nil {
		reveal = s.reveal.Outcome(row.answer)
	}
	for _, r := range s.also {
		o := r.Outcome(row.answer)
		if o.Allowed {
			it.Can = append(it.Can, r.Action)
		}
		if r.Action == policy.Edit {
			edit = o
		}
	}
	for _, r := range s.asks {
		if !slices.Contains(it.Can, r.Action) && r.Outcome(row.answer).Allowed {
			it.CanAsk = append(it.CanAsk, r.Action)
		}
	}
	for _, f := range s.fields {
		described := s.kind.Field(f.Name)
		switch level := outcome.Level(f); {
		case level == policy.Plain:
			it.plain[f.Name] = row.shown(f.Name)
			it.Fields[f.Name] = described.Wire(row.shown(f.Name))
			if !described.ReadOnly && edit.Editable(f) {
				it.Editable = append(it.Editable, f.Name)
			} else if !described.ReadOnly && lifted.Editable(f) {
				it.Asks = append(it.Asks, f.Name)
			}
		case level.IsMask():
			it.Masked[f.Name], it.masks[f.Name] = records.Preview(described, row.values[f.Name], level), level
			if reveal.Level(f) == policy.Plain && it.Masked[f.Name] != "" {
				it.Reveal = append(it.Reveal, f.Name)
			}
		default:
			if !f.Custom || s.read.Reach(f) > policy.Hidden {
				it.Hidden = append(it.Hidden, f.Name)
			}
		}
	}
	it.Title, it.boxes, it.why = s.title(row, outcome), reachedIn(s.boxed, row.answer), s.read.Opened(row.answer)
	return it
}

func (s *shape) title(row fetched, outcome policy.Outcome) string {
	f := s.schema.Field(s.kind.Title)
	switch level := outcome.Level(f); {
	case level == policy.Plain:
		return row.values[f.Name].Text()
	case level.IsMask():
		return records.Preview(s.kind.Field(f.Name), row.values[f.Name], level)
	}
	return ""
}
