package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Conflicts are told with what both sides make of them, in words, and chosen one by one.
func TestRebaseOneByOne(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		admin := f.as("admin")
		wang, zhao, lin := policy.Clause{Person: f.id("wang")}, policy.Clause{Person: f.id("zhao")}, policy.Clause{Person: f.id("lin")}
		own, team := policy.Path{Path: policy.PathOwn}, policy.Path{Path: policy.PathTeam}
		f.enacts("admin", func(d *access.Document) {
			d.Packs = append(d.Packs, night(ruleOf("customer/all", own)))
			writing(ruleOf("first", own, wang), ruleOf("second", own, wang), ruleOf("third", own, wang))(d)
		})
		without := func(id string) func(*access.Document) {
			return func(d *access.Document) {
				d.Rules = slices.DeleteFunc(slices.Clone(d.Rules), func(r access.RuleDocument) bool { return r.ID == id })
			}
		}
		packed := func(where policy.Path) func(*access.Document) {
			return func(d *access.Document) { d.Packs = []access.PackDocument{night(ruleOf("customer/all", where))} }
		}
		d := f.drafts("admin", func(d *access.Document) {
			writing(ruleOf("first", everything, wang), ruleOf("second", everything, zhao), ruleOf("mine", everything, wang))(d)
			without("third")(d)
			packed(everything)(d)
		})
		if len(d.Conflicts) != 0 || d.Upon != "" {
			t.Errorf("before anything was published: %+v", d.Conflicts)
		}
		f.enacts("admin2", func(d *access.Document) {
			writing(ruleOf("first", team, wang), ruleOf("second", team, lin), ruleOf("third", team, wang))(d)
			packed(team)(d)
		})
		d, err := admin.PolicyDraft(ctx, d.ID)
		f.must(err)
		told := map[string]PolicyConflict{}
		for _, c := range d.Conflicts {
			told[c.Part+" "+c.ID] = c
		}
		if len(told) != 4 || d.Upon == "" {
			t.Fatalf("%+v", d.Conflicts)
		}
		says := func(label *records.Label, words ...string) bool {
			return label != nil && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(label.ZH, w) })
		}
		second := told["rule second"]
		if second.Mine.Op != "changed" || !says(second.Mine.Sentence.After, "zhao") || !says(second.Theirs.Sentence.After, "lin") || !says(second.Theirs.Sentence.Before, "wang") {
			t.Errorf("%+v", second)
		}
		third := told["rule third"]
		if third.Mine.Op != "removed" || third.Mine.Sentence.After != nil || third.Theirs.Op != "changed" || !says(third.Theirs.Sentence.After, "wang") {
			t.Errorf("%+v", third)
		}
		// A pack is told rule by rule: its own sentence would say the same of both.
		pack := told["pack night"]
		if len(pack.Mine.Rules) != 1 || len(pack.Theirs.Rules) != 1 || *pack.Mine.Rules[0].Sentence.After == *pack.Theirs.Rules[0].Sentence.After {
			t.Errorf("%+v", pack)
		}

		take := func(side string, ids ...string) (list []access.MergeChoice) {
			for _, id := range ids {
				part, name, _ := strings.Cut(id, " ")
				list = append(list, access.MergeChoice{Part: part, ID: name, Take: side})
			}
			return list
		}
		_, err = admin.RebasePolicyDraft(ctx, d.ID, Rebase{Take: take("both", "rule first"), Upon: d.Upon})
		f.refused(err, fault.Invalid, "rebase_take")
		// What is not chosen is asked for, and nothing of the rest is done.
		mixed := append(take(access.Mine, "rule first", "rule third"), take(access.Theirs, "rule second")...)
		_, err = admin.RebasePolicyDraft(ctx, d.ID, Rebase{Take: mixed, Upon: d.Upon})
		f.refused(err, fault.Conflict, "rebase_conflict")
		if items := fault.From(err).Items; len(items) != 1 || items[0].At != "packs[night]" {
			t.Errorf("%+v", items)
		}
		mixed = append(mixed, take(access.Theirs, "pack night")...)
		// Somebody publishes between the look and the choice: the choice was of something else.
		f.enacts("admin2", writing(ruleOf("second", own, zhao)))
		_, err = admin.RebasePolicyDraft(ctx, d.ID, Rebase{Take: mixed, Upon: d.Upon})
		f.refused(err, fault.Stale, "rebase_moved")
		d, err = admin.PolicyDraft(ctx, d.ID)
		f.must(err)
		d, err = admin.RebasePolicyDraft(ctx, d.ID, Rebase{Take: mixed, Upon: d.Upon})
		f.must(err)
		stands := map[string]policy.PathKind{}
		for _, r := range d.Document.Rules {
			stands[r.ID] = r.Where.Path
		}
		if d.Stale || len(d.Conflicts) != 0 || stands["first"] != policy.PathAll || stands["second"] != policy.PathOwn || stands["third"] != "" || stands["mine"] != policy.PathAll ||
			d.Document.Packs[0].Rules[0].Where.Path != policy.PathTeam {
			t.Errorf("%v, packs %+v, conflicts %+v", stands, d.Document.Packs, d.Conflicts)
		}
	})
}
