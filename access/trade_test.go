package access_test

import (
	"encoding/json"
	"slices"
	"testing"

	"guan/access"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Every template can be put in place as it is: its fields stand, its units form a tree, its packs,
// positions and rules exist, and what it shows reads in both languages.
func TestTradesStand(t *testing.T) {
	seen := map[string]bool{}
	for _, tr := range access.Trades {
		if seen[tr.ID] || tr.Label.ZH == "" || tr.Label.EN == "" || tr.Description.ZH == "" || tr.Description.EN == "" {
			t.Errorf("%s: twice, or without words", tr.ID)
		}
		seen[tr.ID] = true
		catalog, err := records.With(tr.Fields)
		if err != nil {
			t.Errorf("%s: %v", tr.ID, err)
			continue
		}
		codes := map[string]bool{}
		for _, p := range tr.Positions {
			if err := (org.Position{Code: p.Code, Label: p.Label}).Check(); err != nil || codes[p.Code] {
				t.Errorf("%s: position %s: %v", tr.ID, p.Code, err)
			}
			codes[p.Code] = true
			for _, pack := range p.Packs {
				if _, ok := access.Find(access.Presets, pack); !ok {
					t.Errorf("%s: no pack %s", tr.ID, pack)
				}
			}
		}
		if !codes[access.BossPosition] || !codes[access.AdministratorPosition] || len(tr.Positions) < 8 || len(tr.Fields) < 4 || len(tr.Tags) < 4 {
			t.Errorf("%s: too little", tr.ID)
		}
		for _, lang := range []string{"zh", "en"} {
			units := []org.Unit{{ID: 1, Name: "root", Type: "company"}}
			above := []policy.ID{1}
			for i, u := range tr.Units {
				if u.Depth < 1 || u.Depth > len(above) {
					t.Fatalf("%s: unit %d: depth %d", tr.ID, i, u.Depth)
				}
				id := policy.ID(i + 2)
				units = append(units, org.Unit{ID: id, Parent: above[u.Depth-1], Name: u.Name.In(lang), Type: u.Type})
				above = append(above[:u.Depth], id)
			}
			if _, err := org.NewTree(units); err != nil {
				t.Errorf("%s: %v", tr.ID, err)
			}
			for _, s := range tr.Samples(lang) {
				raw := map[string]json.RawMessage{}
				for name, value := range s.Customer {
					raw[name], _ = json.Marshal(value)
				}
				if _, err := catalog.Kind("customer").Parse(raw); err != nil {
					t.Errorf("%s: %v: %v", tr.ID, s.Customer["name"], err)
				}
			}
		}
		rules := tr.Rules(func(code string) bool { return codes[code] }, "zh")
		for _, r := range rules {
			if err := policy.CheckRule(catalog.Schema(), &r); err != nil {
				t.Errorf("%s: rule %s: %v", tr.ID, r.ID, err)
			}
			for _, c := range r.Who.Any {
				if !codes[c.Position] {
					t.Errorf("%s: rule %s speaks of %s", tr.ID, r.ID, c.Position)
				}
			}
		}
		if len(rules) != len(tr.Shares)+len(tr.Guards) || slices.ContainsFunc(rules, func(r policy.Rule) bool { return len(r.Who.Any) == 0 }) {
			t.Errorf("%s: %d rules", tr.ID, len(rules))
		}
	}
}
