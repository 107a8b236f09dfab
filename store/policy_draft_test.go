package store

import (
	"context"
	"slices"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
)

// ruleOf is a rule of a document that lets people see customers in general.
func ruleOf(id string, where policy.Path, who ...policy.Clause) access.RuleDocument {
	return access.WrittenDocument(sharing(id, where, who...))
}

// night is a pack of the company's own.
func night(rules ...access.RuleDocument) access.PackDocument {
	for i := range rules {
		rules[i].Who = nil
	}
	return access.PackDocument{ID: "night", Label: org.Label{ZH: "夜班", EN: "Night"}, Description: org.Label{ZH: "夜班看全部客户的名称"}, Rules: rules}
}

// A draft changes nothing until it is published; then it is a version, and can be gone back from.
func TestDraftPublishRollback(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		admin := f.as("admin")
		d := f.drafts("admin", func(d *access.Document) {
			d.Packs = append(d.Packs, night(ruleOf("customer/all", everything)))
			d.Assignments = append(slices.Clone(d.Assignments), access.Assignment{Pack: "night", Who: policy.Clause{Person: f.id("zhao")}})
		})
		if len(d.Problems) > 0 || d.Sensitive || d.Stale || len(d.Changes) != 2 || d.Changes[0].Sentence.After.ZH == "" || d.Changes[1].Sentence.After.EN == "" {
			t.Fatalf("%+v", d)
		}
		if id := d.Changes[1].ID; id == "0" || !slices.Contains(d.Can, "publish") {
			t.Errorf("the assignment has the id %s; can %v", id, d.Can)
		}
		f.sees("zhao")
		_, err := admin.EditPolicyDraft(ctx, d.ID, d.Version-1, DraftFields{Name: ptr("x")})
		f.refused(err, fault.Stale, "version")
		_, err = admin.PublishPolicyDraft(ctx, d.ID, PublishAsk{Version: d.Version - 1})
		f.refused(err, fault.Stale, "version")
		d, err = admin.PublishPolicyDraft(ctx, d.ID, PublishAsk{Note: "开夜班", Version: d.Version})
		f.must(err)
		if d.State != DraftPublished || len(d.Can) != 0 {
			t.Errorf("%+v", d)
		}
		f.sees("zhao", "东方")
		packs, err := admin.Packs(ctx)
		f.must(err)
		if last := packs[len(packs)-1]; last.ID != "night" || !last.Custom || last.Rules[0].Rule.ID != "night/customer/all" || packs[0].Custom {
			t.Errorf("%+v", last)
		}
		x, err := admin.Explain(ctx, ExplainQuery{Person: f.id("zhao"), Kind: "customer", ID: f.id("东方"), Action: "read"})
		f.must(err)
		if !x.Allowed || x.Permits[0].Rule != "night/customer/all" {
			t.Errorf("%+v", x)
		}

		page, err := f.as("auditor").PolicyVersions(ctx, 0, 1)
		f.must(err)
		newest := page.Items[0]
		if newest.Number != d.Published || newest.Origin != OriginDraft || newest.Note != "开夜班" || newest.Author.Name != "admin" || newest.Draft != d.ID || page.Next == 0 {
			t.Errorf("%+v", page)
		}
		diff, err := admin.PolicyDiff(ctx, 0, newest.Number)
		f.must(err)
		if len(diff.Changes) != 2 || diff.Changes[0].Op != access.Added {
			t.Errorf("%+v", diff)
		}
		// A change by itself is a version too.
		_, err = admin.PutRule(ctx, sharing("direct", everything, policy.Clause{Person: f.id("wang")}))
		f.must(err)
		page, err = admin.PolicyVersions(ctx, 0, 10)
		f.must(err)
		if v := page.Items[0]; v.Number != newest.Number+1 || v.Origin != OriginDirect {
			t.Errorf("%+v", v)
		}
		done, err := admin.Rollback(ctx, newest.Number-1, "夜班取消", false)
		f.must(err)
		if done.Version == nil || done.Version.Origin != OriginRollback || done.Version.Number != newest.Number+2 {
			t.Errorf("%+v", done)
		}
		f.sees("zhao")
		f.sees("wang")
		now, err := admin.PolicyVersion(ctx, done.Version.Number)
		f.must(err)
		before, err := admin.PolicyVersion(ctx, newest.Number-1)
		f.must(err)
		if !now.Document.Same(*before.Document) || len(now.Document.Packs) != 0 {
			t.Errorf("%+v", now.Document)
		}
		_, err = admin.Rollback(ctx, newest.Number-1, "", false)
		f.refused(err, fault.Conflict, "draft_empty")
		_, err = admin.Rollback(ctx, 99, "", false)
		f.refused(err, fault.NotFound, "version")
		for _, who := range []string{"chief", "lin"} {
			_, err = f.as(who).PolicyVersions(ctx, 0, 10)
			f.refused(err, fault.Denied, "right")
			_, err = f.as(who).CreatePolicyDraft(ctx, "x", nil)
			f.refused(err, fault.Denied, "right")
		}
		_, err = f.as("auditor").CreatePolicyDraft(ctx, "x", nil)
		f.refused(err, fault.Denied, "right")
	})
}

// What is sensitive waits for somebody who has not written it.
func TestSecondPerson(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		finance := access.Assignment{Pack: "finance", Who: policy.Clause{Person: f.id("zhao")}}
		_, err := f.as("admin").AssignPack(ctx, finance)
		f.refused(err, fault.Denied, "needs_draft")
		f.sees("zhao")
		d := f.drafts("admin", assigning(finance))
		if !d.Sensitive || d.Alone {
			t.Errorf("%+v", d)
		}
		d, err = f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{Note: "财务到岗", Alone: true})
		f.must(err)
		if d.State != DraftWaiting || d.Asked.By.Name != "admin" || d.Asked.Note != "财务到岗" {
			t.Fatalf("%+v", d)
		}
		f.sees("zhao")
		_, err = f.as("admin").EditPolicyDraft(ctx, d.ID, d.Version, DraftFields{Name: ptr("x")})
		f.refused(err, fault.Conflict, "draft_state")
		_, err = f.as("admin").ConfirmPolicyDraft(ctx, d.ID)
		f.refused(err, fault.Denied, "confirm_self")
		_, err = f.as("auditor").ConfirmPolicyDraft(ctx, d.ID)
		f.refused(err, fault.Denied, "right")
		_, err = f.as("boss").RefusePolicyDraft(ctx, d.ID, " ")
		f.refused(err, fault.Invalid, "note")
		d, err = f.as("boss").RefusePolicyDraft(ctx, d.ID, "先办交接")
		f.must(err)
		if d.State != DraftOpen || d.Refused.Note != "先办交接" || d.Asked != nil {
			t.Errorf("%+v", d)
		}
		// Whoever edits it last does not confirm it either, nor who wants it published.
		d = f.redraft("admin2", d, func(d *access.Document) {
			d.Assignments[len(d.Assignments)-1].Until = ptr(f.clock.Now().AddDate(1, 0, 0))
		})
		_, err = f.as("boss").PublishPolicyDraft(ctx, d.ID, PublishAsk{Note: "x", Alone: true})
		f.refused(err, fault.Conflict, "no_confirmer")
		d, err = f.as("admin2").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.must(err)
		_, err = f.as("boss").RefusePolicyDraft(ctx, d.ID, "换人")
		f.must(err)
		d, err = f.as("boss").PolicyDraft(ctx, d.ID)
		f.must(err)
		d = f.redraft("admin", d, func(d *access.Document) {
			d.Assignments[len(d.Assignments)-1].Until = ptr(f.clock.Now().AddDate(2, 0, 0))
		})
		d, err = f.as("boss").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.must(err)
		for _, who := range []string{"admin", "boss"} {
			_, err = f.as(who).ConfirmPolicyDraft(ctx, d.ID)
			f.refused(err, fault.Denied, "confirm_self")
		}
		f.must(f.as("admin").DiscardPolicyDraft(ctx, d.ID))
		_, err = f.as("boss").ConfirmPolicyDraft(ctx, d.ID)
		f.refused(err, fault.Conflict, "draft_state")

		d = f.enacts("admin", assigning(finance))
		f.sees("zhao", "东方")
		x, err := f.as("boss").PolicyVersion(ctx, d.Published)
		f.must(err)
		if x.Author.Name != "admin" || x.ConfirmedBy == nil || x.Alone {
			t.Errorf("%+v", x)
		}
		// What a person may not do is not made good by a confirmation, nor is what they may no longer.
		d = f.drafts("admin", assigning(access.Assignment{Pack: "auditor", Who: policy.Clause{Person: f.id("zhao")}}))
		_, err = f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.refused(err, fault.Denied, "not_held")
		d = f.redraft("admin", d, func(d *access.Document) {
			d.Assignments = d.Assignments[:len(d.Assignments)-1]
			assigning(access.Assignment{Pack: "finance", Who: policy.Clause{Person: f.id("admin")}})(d)
		})
		_, err = f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.refused(err, fault.Denied, "self")
		d = f.redraft("admin", d, func(d *access.Document) {
			d.Assignments = d.Assignments[:len(d.Assignments)-1]
			assigning(access.Assignment{Pack: "finance", Who: policy.Clause{Position: "it"}})(d)
		})
		_, err = f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.refused(err, fault.Denied, "self_gain")
		system := access.PackDocument{ID: "auditing", Label: org.Label{ZH: "查账"}, System: []policy.Action{"audit"}}
		d = f.redraft("admin", d, func(d *access.Document) {
			d.Assignments, d.Packs = d.Assignments[:len(d.Assignments)-1], []access.PackDocument{system}
		})
		_, err = f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.refused(err, fault.Denied, "not_held")
		d = f.redraft("admin", d, func(d *access.Document) { d.Packs = nil; unassigning(f.assignment("sales"))(d) })
		_, err = f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.must(err) // takes nothing sensitive
	})
}

// Who is alone says so, and it stands in the audit log under an action of its own.
func TestAlone(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, who := range []string{"admin", "admin2"} {
			_, err := f.as("boss").StopAccount(ctx, f.id(who))
			f.must(err)
		}
		d := f.drafts("boss", assigning(access.Assignment{Pack: "finance", Who: policy.Clause{Person: f.id("zhao")}}))
		if !d.Alone {
			t.Errorf("%+v", d)
		}
		_, err := f.as("boss").PublishPolicyDraft(ctx, d.ID, PublishAsk{Note: "只有我"})
		f.refused(err, fault.Conflict, "alone_needed")
		_, err = f.as("boss").PublishPolicyDraft(ctx, d.ID, PublishAsk{Alone: true})
		f.refused(err, fault.Invalid, "note")
		d, err = f.as("boss").PublishPolicyDraft(ctx, d.ID, PublishAsk{Alone: true, Note: "只有我"})
		f.must(err)
		x, err := f.as("boss").PolicyVersion(ctx, d.Published)
		f.must(err)
		if !x.Alone || x.ConfirmedBy != nil {
			t.Errorf("%+v", x)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'policy_alone' AND actor_id = $1", int64(f.id("boss"))); n != 1 {
			t.Errorf("%d entries", n)
		}
		_, err = f.as("boss").AssignPack(ctx, access.Assignment{Pack: "finance", Who: policy.Clause{Person: f.id("wang")}})
		f.must(err) // nobody could confirm it
	})
}

// Two drafts that meet: what does not touch comes together, what does is told, nothing is written
// over in silence.
func TestRebase(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		wang, zhao := policy.Clause{Person: f.id("wang")}, policy.Clause{Person: f.id("zhao")}
		f.enacts("admin", writing(ruleOf("common", policy.Path{Path: policy.PathOwn}, wang)))
		mine := f.drafts("admin", writing(ruleOf("mine", everything, wang), ruleOf("common", everything, wang)))
		f.enacts("admin2", writing(ruleOf("theirs", everything, zhao)))
		mine, err := f.as("admin").PolicyDraft(ctx, mine.ID)
		f.must(err)
		if !mine.Stale || slices.Contains(mine.Can, "publish") || !slices.Contains(mine.Can, "rebase") {
			t.Errorf("%+v", mine)
		}
		_, err = f.as("admin").PublishPolicyDraft(ctx, mine.ID, PublishAsk{})
		f.refused(err, fault.Conflict, "draft_stale")
		mine, err = f.as("admin").RebasePolicyDraft(ctx, mine.ID, Rebase{})
		f.must(err)
		if mine.Stale || len(mine.Changes) != 2 || len(mine.Document.Rules) != 3 {
			t.Errorf("%+v", mine)
		}
		f.enacts("admin2", writing(ruleOf("common", policy.Path{Path: policy.PathTeam}, wang)))
		_, err = f.as("admin").RebasePolicyDraft(ctx, mine.ID, Rebase{})
		f.refused(err, fault.Conflict, "rebase_conflict")
		if items := fault.From(err).Items; len(items) != 1 || items[0].At != "rules[common]" {
			t.Errorf("%+v", items)
		}
		choose := func(take string) *PolicyDraft {
			d, err := f.as("admin").RebasePolicyDraft(ctx, mine.ID, Rebase{Take: []access.MergeChoice{{Part: access.PartRule, ID: "common", Take: take}}})
			f.must(err)
			return d
		}
		common := func(d *PolicyDraft) policy.PathKind {
			at := slices.IndexFunc(d.Document.Rules, func(r access.RuleDocument) bool { return r.ID == "common" })
			return d.Document.Rules[at].Where.Path
		}
		if d := choose(access.Mine); common(d) != policy.PathAll || d.Stale {
			t.Errorf("%+v", d)
		}
		f.enacts("admin2", writing(ruleOf("common", policy.Path{Path: policy.PathTeam}, zhao)))
		if d := choose(access.Theirs); common(d) != policy.PathTeam || len(d.Changes) != 1 {
			t.Errorf("%+v", d)
		}
	})
}

// A draft is kept whatever is wrong with it, says what, and is not published so.
func TestDraftProblems(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		broken := ruleOf("Broken Id", policy.Path{Path: policy.PathUnits, Units: []policy.ID{4}}, policy.Clause{Position: "none"})
		broken.When = &policy.Cond{Op: policy.OpEq, Field: "nonsense", Value: &policy.Operand{Text: ptr("x")}}
		d := f.drafts("admin", func(d *access.Document) {
			d.Rules = append(d.Rules, broken, ruleOf("twice", everything, policy.Clause{Everyone: true}), ruleOf("twice", everything, policy.Clause{Everyone: true}))
			inPack := ruleOf("a", everything, policy.Clause{Everyone: true})
			d.Packs = append(d.Packs, access.PackDocument{ID: "boss", System: []policy.Action{"fly"}, Rules: []access.RuleDocument{inPack}})
			d.Assignments = append(slices.Clone(d.Assignments), access.Assignment{Pack: "gone", Who: policy.Clause{Everyone: true}}, access.Assignment{Pack: "staff", Who: policy.Clause{Everyone: true}})
		})
		var told []string
		for _, p := range d.Problems {
			told = append(told, p.At+" "+p.Code)
		}
		for _, want := range []string{"packs[0].id pack_reserved", "packs[0].label pack_label", "packs[0].system[0] action", "packs[0].rules[0].who pack_rule_who",
			"assignments[6].pack assignment_pack", "assignments[7].who assignment_double", "rules[0].id rule_id", "rules[0].who.any[0].position position",
			"rules[0].where.units unit", "rules[2].id id_double"} {
			if !slices.Contains(told, want) {
				t.Errorf("%s is not told: %v", want, told)
			}
		}
		if !slices.ContainsFunc(d.Problems, func(p fault.Item) bool { return p.At == "rules[0].when.field" || p.At == "rules[0].when" }) || slices.Contains(d.Can, "publish") {
			t.Errorf("%v", told)
		}
		_, err := f.as("admin").PublishPolicyDraft(ctx, d.ID, PublishAsk{})
		f.refused(err, fault.Invalid, "draft_problems")
		_, err = f.as("admin").DraftImpact(ctx, d.ID, ImpactAsk{Limit: 10})
		f.refused(err, fault.Invalid, "draft_problems")
		_, err = f.as("admin").EditPolicyDraft(ctx, d.ID, d.Version, DraftFields{Name: ptr(" ")})
		f.refused(err, fault.Invalid, "draft_name")
		list, err := f.as("auditor").PolicyDrafts(ctx)
		f.must(err)
		if len(list) != 1 || list[0].Document != nil || len(list[0].Problems) != len(d.Problems) || len(list[0].Can) != 0 {
			t.Errorf("%+v", list)
		}
		_, err = f.as("admin").PolicyDraft(ctx, 99)
		f.refused(err, fault.NotFound, "draft")
	})
}

func TestWarnings(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("lin", "东方", `level="a"`)
		everyone, sellers := policy.Clause{Everyone: true}, policy.Clause{Position: "sales"}
		rule := func(id string, change func(*access.RuleDocument), who ...policy.Clause) access.RuleDocument {
			r := ruleOf(id, everything, who...)
			change(&r)
			return r
		}
		level := func(v string) policy.Cond {
			return policy.Cond{Op: policy.OpEq, Field: "level", Value: &policy.Operand{Text: &v}}
		}
		guard := func(r *access.RuleDocument) { r.Effect, r.Fields = policy.Forbid, nil }
		d := f.drafts("boss", func(d *access.Document) {
			writing(
				rule("nothing", func(r *access.RuleDocument) { r.Fields = nil }, sellers),
				rule("never", func(r *access.RuleDocument) {
					r.When = &policy.Cond{Op: policy.OpAll, Args: []policy.Cond{level("a"), level("b")}}
				}, sellers),
				rule("wide", func(r *access.RuleDocument) {
					r.Fields = []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain}}
				}, sellers),
				rule("all", func(r *access.RuleDocument) { r.Actions = append(r.Actions, policy.Export) }, everyone),
				rule("nobody", guard, policy.Clause{Position: "ceo", Unit: f.id("华南")}),
				rule("norecord", func(r *access.RuleDocument) { guard(r); c := level("c"); r.When = &c }, sellers),
				rule("some", func(r *access.RuleDocument) { guard(r); c := level("a"); r.When = &c }, policy.Clause{Position: "audit"}),
				rule("given", func(r *access.RuleDocument) {}, policy.Clause{Unit: f.id("华东")}),
				rule("taken", guard, policy.Clause{Unit: f.id("销售部"), Below: true}),
				rule("soon", func(r *access.RuleDocument) { r.Until = ptr(f.clock.Now().AddDate(0, 0, 3)) }, sellers),
				rule("over", func(r *access.RuleDocument) { r.Until = ptr(f.clock.Now().Add(-time.Hour)) }, sellers),
			)(d)
			d.Packs = append(d.Packs, night())
			d.Assignments = slices.DeleteFunc(slices.Clone(d.Assignments), func(a access.Assignment) bool { return a.Pack == "administrator" || a.Pack == "boss" })
		})
		if len(d.Problems) > 0 {
			t.Fatalf("%+v", d.Problems)
		}
		told := map[string][]string{}
		for _, w := range d.Warnings {
			told[w.ID] = append(told[w.ID], w.Code)
			if !w.Changed {
				t.Errorf("%+v", w)
			}
		}
		for id, code := range map[string]string{"nothing": "empty_rule", "never": "empty_rule", "wide": "wide_open", "all": "everyone", "nobody": "guard_catches_nobody",
			"norecord": "guard_catches_nobody", "given": "cancel_out", "soon": "ends_soon", "over": "already_over", "night": "empty_rule", "": "last_administrator"} {
			if !slices.Contains(told[id], code) {
				t.Errorf("%s: %v, not %s", id, told[id], code)
			}
		}
		for _, id := range []string{"some", "taken"} {
			if slices.Contains(told[id], "guard_catches_nobody") {
				t.Errorf("%s: %v", id, told[id])
			}
		}
		_, err := f.as("boss").PublishPolicyDraft(context.Background(), d.ID, PublishAsk{})
		if k := fault.KindOf(err); k != fault.Denied && k != fault.Conflict {
			t.Errorf("published: %v", err)
		}
	})
}

// Every block is a rule that a pack of the company's own can have.
func TestBlocks(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		blocks, err := f.as("auditor").PolicyBlocks(context.Background())
		f.must(err)
		var pack access.PackDocument
		pack.ID, pack.Label = "everything", org.Label{ZH: "全部"}
		for i, b := range blocks {
			if b.Label.ZH == "" || b.Label.EN == "" || b.Sentence.EN == "" || b.Scene.ZH == "" || b.GroupLabel.EN == "" {
				t.Errorf("%+v", b)
			}
			b.Rule.ID = policy.ID(i + 1).String()
			pack.Rules = append(pack.Rules, b.Rule)
		}
		if len(blocks) < 100 {
			t.Errorf("%d blocks", len(blocks))
		}
		d := f.drafts("admin", func(d *access.Document) { d.Packs = append(d.Packs, pack) })
		if len(d.Problems) > 0 || d.Changes[0].Part != access.PartPack || !d.Sensitive {
			t.Errorf("%+v", d.Problems)
		}
	})
}
