package access

import (
	"slices"
	"time"

	"guan/fault"
	"guan/org"
	"guan/policy"
)

// System is the pseudo-kind on which the rights of administrators stand.
const System policy.Kind = "system"

// Pack is a named bundle of rules for a job: 'sales', 'finance'. Its rules are templates: whom
// they speak of comes from the pack's assignments.
type Pack struct {
	ID          string          `json:"id"`
	Label       org.Label       `json:"label"`
	Description org.Label       `json:"description"`
	Rules       []policy.Rule   `json:"rules"`            // ids begin with the pack's; no Who, no window, no Origin
	System      []policy.Action `json:"system,omitempty"` // actions on System
	// SceneEN holds the English scene of rules by id, where there is one: a rule's own Scene is
	// Chinese in the preset packs, and in whatever language it was written elsewhere.
	SceneEN map[string]string `json:"scene_en,omitempty"`
	Custom  bool              `json:"custom,omitempty"` // put together by the company
}

// Assignment hangs a pack on a position, a unit (with or without what is below), a position in a
// unit, a person, or everyone; for a window [From, Until), where there is one.
type Assignment struct {
	ID    policy.ID     `json:"id"`
	Pack  string        `json:"pack"`
	Who   policy.Clause `json:"who"`
	From  *time.Time    `json:"from,omitempty"`
	Until *time.Time    `json:"until,omitempty"`
}

// Check reports whether the assignment is well formed and its pack is one of packs. That the
// unit, position or person exists is checked where they are stored. Faults: Invalid.
func (a Assignment) Check(packs []Pack) error {
	appointed := a.Who.Position != "" || a.Who.Unit != 0
	given := 0
	for _, part := range []bool{a.Who.Everyone, a.Who.Person != 0, appointed} {
		if part {
			given++
		}
	}
	switch {
	case !slices.ContainsFunc(packs, func(p Pack) bool { return p.ID == a.Pack }):
		return fault.New(fault.Invalid, "assignment_pack", "there is no such pack").WithAt("pack")
	case given != 1 || a.Who.Below && a.Who.Unit == 0:
		return fault.New(fault.Invalid, "assignment_who", "a pack is assigned to everyone, to one person, or to a position, a unit, or a position in a unit").WithAt("who")
	case a.From != nil && a.Until != nil && a.Until.UnixMicro() <= a.From.UnixMicro():
		return fault.New(fault.Invalid, "assignment_window", "an assignment ends after it begins").WithAt("until")
	}
	return nil
}

// Find returns the pack of that id among packs.
func Find(packs []Pack, id string) (Pack, bool) {
	i := slices.IndexFunc(packs, func(p Pack) bool { return p.ID == id })
	if i < 0 {
		return Pack{}, false
	}
	return packs[i], true
}

// Scene returns the scene of one of the pack's rules in a language, in the one it was written in
// where there is no other.
func (p Pack) Scene(rule, lang string) string {
	if en := p.SceneEN[rule]; en != "" && lang == "en" {
		return en
	}
	for _, r := range p.Rules {
		if r.ID == rule {
			return r.Scene
		}
	}
	return ""
}
