package access

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"guan/org"
	"guan/policy"
)

// Document is everything that administrators write of a policy, as one thing that can be drafted,
// compared, kept and put under version control: the packs beside the presets, what packs hang on,
// and the written rules in their order. It is the same in JSON and YAML.
type Document struct {
	Packs       []PackDocument `json:"packs"`
	Assignments []Assignment   `json:"assignments"`
	Rules       []RuleDocument `json:"rules"`
}

// PackDocument is a pack that a company put together itself.
type PackDocument struct {
	ID          string          `json:"id"`
	Label       org.Label       `json:"label"`
	Description org.Label       `json:"description"`
	System      []policy.Action `json:"system,omitempty"`
	Rules       []RuleDocument  `json:"rules"` // without Who and window; ids are short within the pack
}

// RuleDocument is a rule as it is written: the one shape, without the origin that follows from
// where it stands.
type RuleDocument struct {
	ID        string             `json:"id"`
	Name      string             `json:"name,omitempty"`
	Effect    policy.Effect      `json:"effect"`
	Who       *policy.Who        `json:"who,omitempty"` // of written rules; in a pack it comes from the assignments
	Kind      policy.Kind        `json:"kind"`
	Actions   []policy.Action    `json:"actions"`
	Where     policy.Path        `json:"where"`
	When      *policy.Cond       `json:"when,omitempty"`
	Fields    []policy.FieldRule `json:"fields,omitempty"`
	Duty      policy.Duty        `json:"duty,omitzero"`
	From      *time.Time         `json:"from,omitempty"`
	Until     *time.Time         `json:"until,omitempty"`
	Scene     Scene              `json:"scene"`
	Sensitive bool               `json:"sensitive,omitempty"`
}

// Scene is why a rule exists: one text, or one in each language. Without English it is written as
// a text.
type Scene org.Label

// MarshalJSON writes a text, or {zh, en}.
func (s Scene) MarshalJSON() ([]byte, error) {
	if s.EN == "" {
		return json.Marshal(s.ZH)
	}
	return json.Marshal(org.Label(s))
}

// UnmarshalJSON reads a text, or {zh, en}.
func (s *Scene) UnmarshalJSON(text []byte) error {
	*s = Scene{}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte(`"`)) {
		return json.Unmarshal(text, &s.ZH)
	}
	return strict(text, (*org.Label)(s))
}

// UnmarshalJSON reads a rule. What rules of other lists say of their origin follows from where the
// rule stands here, but for its name.
func (r *RuleDocument) UnmarshalJSON(text []byte) error {
	type plain RuleDocument
	var in struct {
		plain
		Origin *policy.Origin `json:"origin,omitempty"`
	}
	if err := strict(text, &in); err != nil {
		return err
	}
	*r = RuleDocument(in.plain)
	if r.Name == "" && in.Origin != nil {
		r.Name = in.Origin.Name
	}
	return nil
}

// strict refuses members that there are not: what is read over would be lost without a word.
func strict(text []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

// Pack is the pack with its rules under their whole ids.
func (p PackDocument) Pack() Pack {
	out := Pack{ID: p.ID, Label: p.Label, Description: p.Description, System: p.System, SceneEN: map[string]string{}, Custom: true}
	for _, r := range p.Rules {
		rule := r.rule()
		rule.ID = p.ID + "/" + r.ID
		rule.Who, rule.From, rule.Until = policy.Who{}, nil, nil
		out.Rules = append(out.Rules, rule)
		if r.Scene.EN != "" {
			out.SceneEN[rule.ID] = r.Scene.EN
		}
	}
	return out
}

// Bare are the pack's rules as if they spoke of everyone, to be checked by themselves.
func (p Pack) Bare() []policy.Rule {
	rules := slices.Clone(p.templates())
	for i := range rules {
		rules[i].Who = policy.Who{Any: []policy.Clause{{Everyone: true}}}
	}
	return rules
}

// Rule is the rule for the engine, as it stands in its table.
func (r RuleDocument) Rule() policy.Rule {
	rule := r.rule()
	rule.Origin = policy.Origin{Type: FromSharing, ID: r.ID, Name: r.Name}
	if r.Effect == policy.Forbid {
		rule.Origin.Type = FromGuard
	}
	return rule
}

func (r RuleDocument) rule() policy.Rule {
	rule := policy.Rule{ID: r.ID, Effect: r.Effect, Kind: r.Kind, Actions: r.Actions, Where: r.Where, When: r.When, Fields: r.Fields, Duty: r.Duty,
		From: r.From, Until: r.Until, Scene: r.Scene.ZH, Sensitive: r.Sensitive, Origin: policy.Origin{Name: r.Name}}
	if rule.Scene == "" {
		rule.Scene = r.Scene.EN
	}
	if r.Who != nil {
		rule.Who = *r.Who
	}
	return rule
}

// WrittenDocument is a written rule as a document has it.
func WrittenDocument(r policy.Rule) RuleDocument {
	who := r.Who
	out := ruleDocument(r)
	out.Who = &who
	return out
}

// PartOfPack is a rule of a preset pack, or of a sharing template, as a custom pack would have it:
// its id is short and its scene in both languages.
func PartOfPack(r policy.Rule, packID, sceneEN string) RuleDocument {
	out := ruleDocument(r)
	out.ID = strings.TrimPrefix(r.ID, packID+"/")
	out.Scene.EN = sceneEN
	out.From, out.Until = nil, nil
	return out
}

func ruleDocument(r policy.Rule) RuleDocument {
	return RuleDocument{ID: r.ID, Name: r.Origin.Name, Effect: r.Effect, Kind: r.Kind, Actions: r.Actions, Where: r.Where, When: r.When, Fields: r.Fields,
		Duty: r.Duty, From: r.From, Until: r.Until, Scene: Scene{ZH: r.Scene}, Sensitive: r.Sensitive}
}

// Normal is the document in the one form in which it is compared and kept: instants in UTC and
// whole µs, lists instead of nothing, no empty parts.
func (d Document) Normal() Document {
	out := Document{Packs: []PackDocument{}, Assignments: []Assignment{}, Rules: []RuleDocument{}}
	for _, p := range d.Packs {
		p.Rules = slices.Clone(p.Rules)
		for i := range p.Rules {
			p.Rules[i] = p.Rules[i].normal()
			if who := p.Rules[i].Who; who != nil && len(who.Any)+len(who.Except) == 0 {
				p.Rules[i].Who = nil
			}
		}
		if p.Rules == nil {
			p.Rules = []RuleDocument{}
		}
		out.Packs = append(out.Packs, p)
	}
	for _, a := range d.Assignments {
		a.From, a.Until = utc(a.From), utc(a.Until)
		out.Assignments = append(out.Assignments, a)
	}
	// The order of assignments means nothing: it is that of their ids, the new ones last.
	slices.SortStableFunc(out.Assignments, func(a, b Assignment) int { return cmp.Compare(uint64(a.ID)-1, uint64(b.ID)-1) })
	for _, r := range d.Rules {
		r = r.normal()
		if r.Who == nil {
			r.Who = &policy.Who{}
		}
		if r.Who.Any == nil {
			r.Who = &policy.Who{Any: []policy.Clause{}, Except: r.Who.Except}
		}
		out.Rules = append(out.Rules, r)
	}
	return out
}

func (r RuleDocument) normal() RuleDocument {
	r.From, r.Until = utc(r.From), utc(r.Until)
	if r.Actions == nil {
		r.Actions = []policy.Action{}
	}
	return r
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	cut := time.UnixMicro(t.UnixMicro()).UTC()
	return &cut
}

// Authored is the policy with this document in the place of what administrators wrote; presets stay, and
// so does all that is in force beside it, whatever that may be.
func (d Document) Authored(now Authored) Authored {
	out := now
	out.Packs, out.Assignments, out.Sharings, out.Guards = slices.Clone(Presets), d.Assignments, nil, nil
	for _, p := range d.Packs {
		out.Packs = append(out.Packs, p.Pack())
	}
	for _, r := range d.Rules {
		if r.Effect == policy.Permit {
			out.Sharings = append(out.Sharings, r.Rule())
		} else {
			out.Guards = append(out.Guards, r.Rule())
		}
	}
	return out
}

// Known is another document in which assignments have the ids of those that stand in d and give the
// same pack to the same people; the others have none.
func (d Document) Known(other Document) Document {
	out := other.Normal()
	taken := map[policy.ID]bool{}
	// Those that are alike to the last come first, so that one whose window changed does not take
	// the id of one that stays.
	for _, whole := range []bool{true, false} {
		for i := range out.Assignments {
			a := &out.Assignments[i]
			if whole {
				a.ID = 0
			}
			if a.ID != 0 {
				continue
			}
			for _, old := range d.Assignments {
				alike := old
				alike.ID = 0
				if whole && !sameJSON(alike, *a) || !whole && (old.Pack != a.Pack || old.Who != a.Who) || taken[old.ID] {
					continue
				}
				a.ID, taken[old.ID] = old.ID, true
				break
			}
		}
	}
	return out
}
