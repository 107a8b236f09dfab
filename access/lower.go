package access

import (
	"cmp"
	"slices"
	"strings"

	"guan/grants"
	"guan/policy"
)

// Where rules come from: the Type of an Origin.
const (
	FromPack      = "pack"
	FromSharing   = "sharing"
	FromGuard     = "guard"
	FromGrant     = "grant"
	FromEmergency = "emergency"
)

// Authored is everything in force in a tenant that says who may do what.
type Authored struct {
	Packs       []Pack
	Assignments []Assignment
	Sharings    []policy.Rule // permits beside the packs, with ids unique among them
	Guards      []policy.Rule // forbids that hold whatever else permits
	Grants      []grants.Grant
	Sandboxes   []grants.Sandbox
	Emergencies []grants.Emergency
	Pools       []Pool // whose settings hide fields until a record is claimed
	Merged      []MergedKind
}

// Lower turns it into the engine's rules. The order follows the packs, then sharings, guards, grants,
// sandboxes, emergencies and pools; ids are stable: "sales/customer/own", "sales/customer/own@7" for the
// assignment 7 that has a window, "sales/system", "sharing/3", "guard/4", "grant/5", "sandbox/8/9/0",
// "emergency/8", "emergency/8/contacts", "pool/6/hidden". A pack that nobody is assigned
// to gives nothing, and neither does a window that is empty.
func (a Authored) Lower() []policy.Rule {
	var rules []policy.Rule
	for _, pack := range a.Packs {
		rules = append(rules, a.lowerPack(pack)...)
	}
	for _, r := range a.Sharings {
		rules = append(rules, authoredRule(r, FromSharing, policy.Permit))
	}
	for _, r := range a.Guards {
		rules = append(rules, authoredRule(r, FromGuard, policy.Forbid))
	}
	rules = append(rules, lowerGrants(a.Grants)...)
	for _, s := range a.Sandboxes {
		rules = append(rules, lowerSandbox(s)...)
	}
	for i := range a.Emergencies {
		rules = append(rules, EmergencyRules(&a.Emergencies[i])...)
	}
	for i := range a.Pools {
		rules = append(rules, a.Pools[i].rules(a.bosses())...)
	}
	for _, m := range a.Merged {
		rules = append(rules, mergedRule(m))
	}
	return rules
}

// bosses are those who have the pack that sees everything, for good: an exception has no window, and
// one that outlives the assignment would show too much.
func (a Authored) bosses() []policy.Clause {
	var who []policy.Clause
	for _, x := range a.Assignments {
		if x.Pack == boss.ID && x.From == nil && x.Until == nil {
			who = append(who, x.Who)
		}
	}
	slices.SortFunc(who, compareClauses)
	return slices.Compact(who)
}

func (a Authored) lowerPack(pack Pack) []policy.Rule {
	var always []policy.Clause
	var windowed []Assignment
	for _, x := range a.Assignments {
		switch {
		case x.Pack != pack.ID:
		case x.From == nil && x.Until == nil:
			always = append(always, x.Who)
		case x.From == nil || x.Until == nil || x.From.UnixMicro() < x.Until.UnixMicro():
			windowed = append(windowed, x)
		}
	}
	slices.SortFunc(always, compareClauses)
	always = slices.Compact(always)
	slices.SortFunc(windowed, func(x, y Assignment) int { return cmp.Compare(x.ID, y.ID) })
	var rules []policy.Rule
	for _, template := range pack.templates() {
		template.Origin = policy.Origin{Type: FromPack, ID: pack.ID, Name: pack.Label.ZH}
		if len(always) > 0 {
			r := template
			r.Who = policy.Who{Any: always}
			rules = append(rules, r)
		}
		for _, x := range windowed {
			r := template
			r.ID += "@" + x.ID.String()
			r.Who = policy.Who{Any: []policy.Clause{x.Who}}
			r.From, r.Until = x.From, x.Until
			rules = append(rules, r)
		}
	}
	return rules
}

// templates are the pack's rules with the one for its system actions.
func (p Pack) templates() []policy.Rule {
	if len(p.System) == 0 {
		return p.Rules
	}
	scene := p.Description.In("zh")
	if strings.TrimSpace(scene) == "" {
		scene = p.Label.In("zh") // a company may leave the description out, and a rule without a scene gives nothing
	}
	return append(slices.Clone(p.Rules), policy.Rule{
		ID: p.ID + "/system", Effect: policy.Permit, Kind: System, Actions: p.System,
		Where: policy.Path{Path: policy.PathAll}, Scene: scene,
	})
}

// authoredRule keeps the effect that was written: turning a forbid into a permit because it
// stands in the wrong list would open what somebody meant to close.
func authoredRule(r policy.Rule, origin string, effect policy.Effect) policy.Rule {
	r.Origin = policy.Origin{Type: origin, ID: r.ID, Name: r.Origin.Name}
	r.ID = origin + "/" + r.ID
	if r.Effect == "" {
		r.Effect = effect
	}
	return r
}

func compareClauses(a, b policy.Clause) int {
	return cmp.Or(
		compareBools(a.Everyone, b.Everyone), cmp.Compare(a.Position, b.Position), cmp.Compare(a.Unit, b.Unit),
		compareBools(a.Below, b.Below), cmp.Compare(a.Person, b.Person),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
