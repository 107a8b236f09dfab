package store

import (
	"context"
	"slices"

	"guan/policy"
	"guan/records"
)

// KindInfo describes a kind to one person: only what some rule lets them see of it.
type KindInfo struct {
	Name      policy.Kind      `json:"name"`
	Label     records.Label    `json:"label"`
	Plural    records.Label    `json:"plural"`
	Fields    []FieldInfo      `json:"fields"`
	Stages    []records.Choice `json:"stages"`
	Gates     []records.Gate   `json:"gates"` // what stands before some of the stages
	Title     string           `json:"title"`
	Subtitle  []string         `json:"subtitle"`
	Columns   []string         `json:"columns"`
	Relations []RelationInfo   `json:"relations"`
	// SecondFactor: some rule shows more of the kind to who has just proved it.
	SecondFactor bool            `json:"second_factor,omitempty"`
	Can          []policy.Action `json:"can"`               // create, export, import
	CanAsk       []policy.Action `json:"can_ask,omitempty"` // create, when somebody approves it
}

// FieldInfo describes a field. Level is mixed when it is more open on some records than on others.
type FieldInfo struct {
	Name     string           `json:"name"`
	Label    records.Label    `json:"label"`
	Type     records.Type     `json:"type"`
	Class    policy.Class     `json:"class"`
	Format   records.Format   `json:"format,omitempty"`
	Choices  []records.Choice `json:"choices,omitempty"`
	Ref      policy.Kind      `json:"ref,omitempty"`
	Required bool             `json:"required"`
	ReadOnly bool             `json:"read_only"`
	Custom   bool             `json:"custom"`
	Filter   bool             `json:"filter"`
	Sort     bool             `json:"sort"`
	Search   bool             `json:"search"`
	Create   bool             `json:"create"` // may be given to a new record
	Level    string           `json:"level"`  // plain, masked, hidden, mixed
	Max      int              `json:"max,omitempty"`
	Colour   string           `json:"colour,omitempty"`  // of a group of tags
	ByRule   bool             `json:"by_rule,omitempty"` // nobody sets its tags: rules do
	// Encrypted: it can be asked whether there is a value, and whether it is exactly one.
	Encrypted bool `json:"encrypted,omitempty"`
}

// RelationInfo leads to a kind that may be read too.
type RelationInfo struct {
	Name  string        `json:"name"`
	Label records.Label `json:"label"`
	Kind  policy.Kind   `json:"kind"`
	Field string        `json:"field"`
	Many  bool          `json:"many"`
}

// Kinds describes the kinds of which the actor may read something.
func (s *Session) Kinds(ctx context.Context) ([]KindInfo, error) {
	var out []KindInfo
	err := s.db.lookNowAs(ctx, s.actor, func(v *view) error {
		out = []KindInfo{}
		for _, k := range v.catalog.Kinds() {
			if !v.bound.Reduce(policy.Read, k.Name).None() {
				out = append(out, v.kindInfo(k))
			}
		}
		return nil
	})
	return out, err
}

func (v *view) kindInfo(k *records.Kind) KindInfo {
	info := KindInfo{Name: k.Name, Label: k.Label, Plural: k.Plural, Fields: []FieldInfo{}, Stages: k.Stages, Gates: k.Gates, Title: k.Title,
		Subtitle: []string{}, Columns: []string{}, Relations: []RelationInfo{}, Can: []policy.Action{}}
	if info.Gates == nil {
		info.Gates = []records.Gate{}
	}
	read, create := v.bound.Reduce(policy.Read, k.Name), v.bound.Reduce(policy.Create, k.Name)
	made := create // with approval
	if lifted := v.liftedFor(policy.Create, k.Name); lifted != nil {
		made = lifted
	}
	known := v.knownFields(k)
	for _, f := range k.Fields {
		e := known[f.Name]
		if e == nil && f.Custom {
			continue
		}
		if e == nil {
			// That the product has such a field is no secret, and a page that shows it locked can say
			// why. What a company added itself may be one.
			info.Fields = append(info.Fields, FieldInfo{Name: f.Name, Label: f.Label, Type: f.Type, Class: f.Class, Format: f.Format, Ref: f.Ref, ReadOnly: true, Level: policy.Hidden.String()})
			continue
		}
		info.Fields = append(info.Fields, FieldInfo{
			Name: f.Name, Label: f.Label, Type: f.Type, Class: f.Class, Format: f.Format, Choices: f.Choices, Ref: f.Ref,
			Required: f.Required, ReadOnly: f.ReadOnly, Custom: f.Custom, Filter: f.Filter, Sort: f.Sort, Search: f.Search,
			Create: !f.ReadOnly && mayWrite(made, e), Level: spread(read, e), Max: f.Max, ByRule: f.Group.ByRule(), Encrypted: f.Encrypted,
		})
		if f.Group != nil {
			info.Fields[len(info.Fields)-1].Colour = f.Group.Colour
		}
	}
	for _, list := range []struct {
		from []string
		to   *[]string
	}{{k.Subtitle, &info.Subtitle}, {k.List, &info.Columns}} {
		for _, name := range list.from {
			if known[name] != nil {
				*list.to = append(*list.to, name)
			}
		}
	}
	for _, r := range k.Relations {
		if v.bound.Reduce(policy.Read, r.Kind).None() || !v.relationShows(k, &r, known) {
			continue
		}
		info.Relations = append(info.Relations, RelationInfo{r.Name, r.Label, r.Kind, r.Field, r.Many})
	}
	if !create.None() {
		info.Can = append(info.Can, policy.Create)
	} else if !made.None() {
		info.CanAsk = append(info.CanAsk, policy.Create)
	}
	if !v.bound.Reduce(policy.Export, k.Name).None() {
		info.Can = append(info.Can, policy.Export)
	}
	info.SecondFactor = v.waitsForFactor(k.Name, policy.Read)
	if v.may("import") && !create.None() {
		info.Can = append(info.Can, "import")
	}
	return info
}

// relationShows reports whether the field on which the relation stands may be known.
func (v *view) relationShows(k *records.Kind, r *records.Relation, known map[string]*policy.Field) bool {
	if r.Many {
		return v.knownFields(v.catalog.Kind(r.Kind))[r.Field] != nil
	}
	return known[r.Field] != nil
}

// spread says how open a field is over all records.
func spread(r *policy.Reduction, f *policy.Field) string {
	lowest := slices.MinFunc(r.Branches, func(a, b *policy.Branch) int { return int(a.Levels[f.Index()]) - int(b.Levels[f.Index()]) }).Levels[f.Index()]
	for _, g := range r.Guards {
		lowest = min(lowest, g.Caps[f.Index()])
	}
	highest := r.Reach(f)
	if lowest.Broad() == highest.Broad() {
		return highest.Broad().String()
	}
	return "mixed"
}
