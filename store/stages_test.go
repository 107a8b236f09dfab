package store

import (
	"context"
	"slices"
	"testing"

	"guan/access"
	"guan/exchange"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// staged changes the stages of a kind.
func (f *firm) staged(kind policy.Kind, change func(s *records.KindStages)) (*WrittenStages, error) {
	f.t.Helper()
	was, err := f.as("admin").Stages(context.Background(), kind)
	f.must(err)
	change(&was.KindStages)
	return f.as("admin").PutStages(context.Background(), was.Version, was.KindStages, false)
}

// stage finds a stage to change it.
func stage(s *records.KindStages, code string) *records.StageParts {
	return &s.Stages[slices.IndexFunc(s.Stages, func(p records.StageParts) bool { return p.Code == code })]
}

func TestStagesAreTheCompanys(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", `stage="intent"`)
		// A stage of one's own, between others, with a label; a way that is closed, and one retired.
		made, err := f.staged("customer", func(s *records.KindStages) {
			stage(s, "lead").Label = records.Label{ZH: "潜在", EN: "Prospect"}
			stage(s, "lead").Anywhere, stage(s, "lead").From = false, nil // nobody becomes one again
			stage(s, "dormant").Retired = true
			s.Stages = slices.Insert(s.Stages, 4, records.StageParts{Code: "renewal", Label: records.Label{ZH: "续费", EN: "Renewal"}, From: []string{"active"}, Needs: []string{"phone"}})
		})
		f.must(err)
		if made.Version != 1 {
			t.Errorf("the stages are of version %d", made.Version)
		}
		infos, err := f.as("lin").Kinds(ctx)
		f.must(err)
		k := infos[slices.IndexFunc(infos, func(k KindInfo) bool { return k.Name == "customer" })]
		if len(k.Stages) != 7 || k.Stages[0].Label.ZH != "潜在" || k.Stages[4].Code != "renewal" || !k.Stages[5].Retired {
			t.Fatalf("the stages are %+v", k.Stages)
		}

		to := func(code string) error {
			_, err := f.edit("lin", "customer", f.id("东方"), Fields{"stage": []byte(`"` + code + `"`)})
			return err
		}
		err = to("renewal")
		f.refused(err, fault.Invalid, records.StageGate)
		if p := fault.From(err).Params; p["at"] != "intent" || p["stage"] != "renewal" || !slices.Equal(p["allowed"].([]string), []string{"contacted", "active", "lost"}) {
			t.Errorf("the refusal says %v", p)
		}
		f.refused(to("lead"), fault.Invalid, records.StageGate)
		f.refused(to("dormant"), fault.Invalid, records.StageGate)
		f.must(to("active"))
		f.refused(to("renewal"), fault.Invalid, records.StageGate) // lacks the phone
		_, err = f.edit("lin", "customer", f.id("东方"), Fields{"stage": []byte(`"renewal"`), "phone": []byte(`"13800138000"`)})
		f.must(err)

		// Every other path: a new record, many at once, an import.
		_, err = f.as("lin").Create(ctx, "customer", Fields{"name": []byte(`"西方"`), "stage": []byte(`"dormant"`)})
		f.refused(err, fault.Invalid, records.StageGate)
		new, err := f.as("lin").Create(ctx, "customer", Fields{"name": []byte(`"西方"`)})
		f.must(err)
		if new.Fields["stage"] != "lead" {
			t.Errorf("records begin in %v", new.Fields["stage"])
		}
		_, err = f.as("lin").Batch(ctx, "customer", []Target{{new.ID, new.Version}}, Fields{"stage": []byte(`"renewal"`)}, false)
		f.refused(err, fault.Invalid, records.StageGate)
		mass := f.rehearse("lin", "customer", MassAsk{IDs: []policy.ID{new.ID}, Change: MassChange{Fields: Fields{"stage": raw("renewal")}}})
		if mass.Will != 0 || skippedFor(mass, records.StageGate) != 1 {
			t.Errorf("the change of many would: %+v", mass)
		}
		var codes []string
		tally, err := f.as("boss").Import(ctx, Import{Open: tableOf("客户名称,阶段|西方,续费|北方,沉睡|南方,成交"), PerRow: true, Cells: records.Cells{Lang: "zh"},
			Mapping: &exchange.Mapping{Kind: "customer", Key: "name", Columns: []exchange.Column{{Column: "客户名称", Field: "name"}, {Column: "阶段", Field: "stage"}}},
			Began:   func() error { codes = nil; return nil },
			Problem: func(p RowProblem) error { codes = append(codes, p.Code); return nil }})
		f.must(err)
		if !slices.Equal(codes, []string{records.StageGate, records.StageGate}) || tally.Created != 1 {
			t.Errorf("the import says %v: %+v", codes, tally)
		}
	})
}

func TestStagesThatAreSpokenOf(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		_, err := f.staged("ticket", func(s *records.KindStages) {
			s.Stages = append(s.Stages, records.StageParts{Code: "visit", Label: records.Label{ZH: "上门", EN: "On site"}, Anywhere: true})
		})
		f.must(err)
		f.customer("lin", "东方", "")
		id := f.record("ticket", "东方", `subject="坏了";stage="visit"`)
		gone := func(s *records.KindStages) {
			s.Stages = slices.DeleteFunc(s.Stages, func(p records.StageParts) bool { return p.Code == "visit" })
		}
		_, err = f.staged("ticket", gone)
		f.refused(err, fault.Conflict, "stage_holds")
		_, err = f.edit("boss", "ticket", id, Fields{"stage": []byte(`"closed"`)})
		f.must(err)

		// A rule, a linked path, a routing, a pool and a tag speak of stages.
		rule := sharing("site", policy.Path{Path: policy.PathLinked, Relation: "tickets", Cond: isIn("stage", "visit")}, policy.Clause{Position: "sales"})
		rule.Scene = "上门服务"
		_, err = f.as("boss").PutRule(ctx, rule)
		f.must(err)
		f.routing(access.Routing{Name: "派工", Kind: "ticket", Stage: "visit", To: access.ToHead, Task: "安排"})
		d := spending(records.TagRule{Tag: "big", Terms: []records.TagTerm{{Relation: "tickets", Where: isIn("stage", "visit"), Op: policy.OpGt, Value: "0"}}})
		d.Class = policy.General
		f.field(d)
		_, err = f.staged("ticket", gone)
		f.refused(err, fault.Conflict, "stage_used")
		uses := fault.From(err).Params["uses"].([]StageUse)
		var what []string
		for _, u := range uses {
			what = append(what, u.What)
		}
		if !slices.Equal(what, []string{"routing", "rule", "tag"}) {
			t.Errorf("the stage is used by %+v", uses)
		}
		retire := func(s *records.KindStages) { stage(s, "visit").Retired = true }
		_, err = f.staged("ticket", retire)
		f.refused(err, fault.Conflict, "stage_used")
		was, err := f.as("admin").Stages(ctx, "ticket")
		f.must(err)
		retire(&was.KindStages)
		_, err = f.as("admin").PutStages(ctx, was.Version, was.KindStages, true)
		f.must(err)
		_, err = f.as("admin").PutStages(ctx, was.Version, was.KindStages, true)
		f.refused(err, fault.Stale, "version")
		_, err = f.as("lin").PutStages(ctx, was.Version+1, was.KindStages, true)
		f.refused(err, fault.Denied, "right")

		for name, bad := range map[string]func(s *records.KindStages){
			"builtin": func(s *records.KindStages) { s.Stages = s.Stages[1:] },
			"first":   func(s *records.KindStages) { s.Stages[0].Outcome = records.Over },
			"from":    func(s *records.KindStages) { s.Stages[1].Anywhere, s.Stages[1].From = false, []string{"nowhere"} },
			"needs":   func(s *records.KindStages) { s.Stages[1].Needs = []string{"created_at"} },
			"label":   func(s *records.KindStages) { s.Stages[1].Label = s.Stages[2].Label },
			"outcome": func(s *records.KindStages) { s.Stages[1].Outcome = "great" },
			"merged": func(s *records.KindStages) {
				s.Stages = append(s.Stages, records.StageParts{Code: "merged", Label: records.Label{ZH: "并", EN: "M"}, Anywhere: true})
			},
		} {
			if _, err := f.staged("ticket", bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err = f.as("admin").Stages(ctx, "person")
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("the stages of people: %v", err)
		}
	})
}

// A tag that is retired stays where it stands.
func TestRetiredTagsStay(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		d := spending()
		d.Class = policy.General
		f.field(d)
		f.customer("lin", "东方", `c_spending=["big"]`)
		f.customer("lin", "湖畔", "")
		d.Choices[0].Retired = true
		f.field(d)
		_, err := f.edit("lin", "customer", f.id("东方"), Fields{"c_spending": []byte(`["big","some"]`)})
		f.must(err)
		f.carries("东方", "c_spending", "big", "some")
		_, err = f.edit("lin", "customer", f.id("湖畔"), Fields{"c_spending": []byte(`["big"]`)})
		if got := fault.From(err); got.Kind != fault.Invalid || len(got.Items) != 1 || got.Items[0].Code != "retired" {
			t.Errorf("a retired tag was given: %v", err)
		}
		_, err = f.as("lin").Create(context.Background(), "customer", Fields{"name": []byte(`"西方"`), "c_spending": []byte(`["big"]`)})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a retired tag was given to a new record: %v", err)
		}
	})
}
