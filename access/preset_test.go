package access_test

import (
	"slices"
	"strings"
	"testing"

	"guan/access"
	"guan/policy"
	"guan/records"
)

// everybody assigns every preset to everyone.
func everybody() access.Authored {
	a := access.Authored{Packs: access.Presets}
	for i, p := range access.Presets {
		a.Assignments = append(a.Assignments, access.Assignment{ID: policy.ID(i + 1), Pack: p.ID, Who: policy.Clause{Everyone: true}})
	}
	return a
}

func TestPresetsCompile(t *testing.T) {
	if _, problems := policy.Compile(records.Schema(), everybody().Lower(), nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, s := range access.Sharings {
		r := s.For(policy.Clause{Everyone: true})
		if err := policy.CheckRule(records.Schema(), &r); err != nil {
			t.Errorf("sharing %s: %v", s.ID, err)
		}
		if err := access.CheckSharing(r); err != nil {
			t.Errorf("sharing %s: %v", s.ID, err)
		}
	}
}

func TestPresetsSpeakOfEveryKind(t *testing.T) {
	var kinds []policy.Kind
	for _, k := range records.Builtin().Kinds() {
		kinds = append(kinds, k.Name)
	}
	slices.Sort(kinds)
	mine := slices.Sorted(slices.Values(access.Kinds))
	if !slices.Equal(kinds, mine) {
		t.Errorf("the presets speak of %v, the catalog of %v", mine, kinds)
	}
}

func TestPresetsAreComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range access.Presets {
		if seen[p.ID] || p.Label.ZH == "" || p.Label.EN == "" || p.Description.ZH == "" || p.Description.EN == "" {
			t.Errorf("pack %s is a double or lacks a label", p.ID)
		}
		seen[p.ID] = true
		for _, r := range p.Rules {
			if seen[r.ID] || !strings.HasPrefix(r.ID, p.ID+"/"+string(r.Kind)+"/") {
				t.Errorf("rule id %s is a double or in the wrong place", r.ID)
			}
			seen[r.ID] = true
			if p.Scene(r.ID, "zh") != r.Scene || p.Scene(r.ID, "en") == r.Scene || p.Scene(r.ID, "en") == "" {
				t.Errorf("rule %s lacks a scene in one language", r.ID)
			}
			if len(r.Who.Any) > 0 || r.From != nil || r.Until != nil || r.Origin != (policy.Origin{}) {
				t.Errorf("rule %s is no template", r.ID)
			}
		}
	}
	if len(access.Presets) != 11 {
		t.Errorf("%d presets", len(access.Presets))
	}
	if p, ok := access.Find(access.Presets, "sales"); !ok || p.Scene("sales/none/none", "en") != "" {
		t.Error("no sales pack, or a scene out of nowhere")
	}
	if _, ok := access.Find(access.Presets, "king"); ok {
		t.Error("found a pack that is not there")
	}
}

// What must never happen in a preset, whatever the tables say.
func TestPresetsKeepTheirPromises(t *testing.T) {
	schema := records.Schema()
	everything := func(pack string, test func(r policy.Rule) string) {
		p, _ := access.Find(access.Presets, pack)
		for _, r := range p.Rules {
			if wrong := test(r); wrong != "" && r.Effect == policy.Permit {
				t.Errorf("%s %s", r.ID, wrong)
			}
		}
	}
	business := []policy.Kind{"customer", "contact", "opportunity", "contract", "ticket", "activity", "payment"}
	everything("administrator", func(r policy.Rule) string {
		if slices.Contains(business, r.Kind) {
			return "shows the administrator business data"
		}
		return ""
	})
	everything("staff", func(r policy.Rule) string {
		if r.Where.Path != policy.PathOwn {
			return "reaches further than the person's own"
		}
		return ""
	})
	everything("auditor", func(r policy.Rule) string {
		if !slices.Equal(r.Actions, []policy.Action{policy.Read}) {
			return "lets the auditor act"
		}
		return ""
	})
	everything("analyst", func(r policy.Rule) string {
		if !slices.Equal(r.Actions, []policy.Action{policy.Figures}) {
			return "lets the analyst do more than have figures"
		}
		return ""
	})
	for _, pack := range []string{"sales", "observer", "service", "marketing", "finance", "staff"} {
		everything(pack, func(r policy.Rule) string {
			k := schema.Kind(r.Kind)
			for _, f := range k.Fields {
				if handsOn := slices.Contains([]string{k.Owner, k.Unit, k.Pool}, f.Name); handsOn && editable(r, f) && r.Kind != "ticket" {
					return "lets the record be handed on by " + f.Name
				}
			}
			if slices.Contains(r.Actions, policy.Delete) && r.Kind != "task" {
				return "deletes"
			}
			return ""
		})
	}
	for _, pack := range []string{"sales", "observer", "service", "marketing"} {
		everything(pack, func(r policy.Rule) string {
			if slices.Contains(r.Actions, policy.Read) && r.Kind != "product" && r.Kind != "task" && r.Where.Path == policy.PathAll && pack != "marketing" {
				return "reads all records"
			}
			return ""
		})
	}
}

// editable follows the order in which the engine reads entries: field, class, everything.
func editable(r policy.Rule, f *policy.Field) bool {
	for _, matches := range []func(policy.FieldRule) bool{
		func(x policy.FieldRule) bool { return x.Field == f.Name },
		func(x policy.FieldRule) bool { return x.Class == f.Class },
		func(x policy.FieldRule) bool { return x.Class == policy.Everything },
	} {
		if i := slices.IndexFunc(r.Fields, matches); i >= 0 {
			return r.Fields[i].Edit
		}
	}
	return false
}
