package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/access"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// spending is a group of tags by what customers paid this year, of the class of amounts.
func spending(rules ...records.TagRule) records.CustomField {
	return records.CustomField{Kind: "customer", Key: "c_spending", Type: "choices", Class: policy.Amount, Label: records.Label{ZH: "消费", EN: "Spending"},
		Choices: []records.Choice{tagNamed("big", "大客户", "Big"), tagNamed("some", "有消费", "Some")},
		Group:   &records.TagGroup{Colour: "gold", Rules: rules}}
}

func tagNamed(code, zh, en string) records.Choice {
	return records.Choice{Code: code, Label: records.Label{ZH: zh, EN: en}}
}

func paidThisYear(tag string, over string) records.TagRule {
	return records.TagRule{Tag: tag, Terms: []records.TagTerm{{Relation: "payments", Sum: "amount", Currency: "CNY", Date: "paid_on",
		Where: isIn("stage", "paid"), Window: &records.TagWindow{Mode: "this", Unit: "year"}, Op: policy.OpGt, Value: over}}}
}

func isIn(field string, codes ...string) *policy.Cond {
	c := &policy.Cond{Op: policy.OpIn, Field: field}
	for _, code := range codes {
		c.Values = append(c.Values, policy.Operand{Text: &code})
	}
	return c
}

// until moves the clock.
func (f *firm) until(at time.Time) { f.clock.advance(at.Sub(f.clock.Now())) }

// payment is a payment on the contract of a customer, which is made with the first.
func (f *firm) payment(customer, more string) policy.ID {
	f.t.Helper()
	if _, made := f.ids["合同 "+customer]; !made {
		f.ids["合同 "+customer] = f.record("contract", customer, `number="K"`)
	}
	return f.record("payment", customer, more+`;contract="`+f.id("合同 "+customer).String()+`"`)
}

// putField puts a field in the version that there is.
func (s *Session) putField(ctx context.Context, f records.CustomField) (*WrittenField, error) {
	var version int64
	err := s.db.read(ctx, func(t *rtx) (err error) {
		version, err = t.fieldVersion(ctx, s.actor.Tenant, f.Kind, f.Key)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.PutCustomField(ctx, version, f)
}

func (f *firm) field(d records.CustomField) {
	f.t.Helper()
	_, err := f.as("boss").putField(context.Background(), d)
	f.must(err)
}

// keptTags runs the job until nothing is left to do.
func (f *firm) keptTags() {
	f.t.Helper()
	for {
		more, err := f.db.System(JobTags, DefaultTenant).KeepTags(context.Background())
		f.must(err)
		if !more {
			return
		}
	}
}

func (f *firm) fieldOf(who string, kind policy.Kind, id policy.ID, name string) any {
	f.t.Helper()
	it, err := f.as(who).Get(context.Background(), kind, id)
	f.must(err)
	return it.Fields[name]
}

// carries wants exactly these tags of a group on a customer.
func (f *firm) carries(name, field string, tags ...string) {
	f.t.Helper()
	got, _ := f.fieldOf("boss", "customer", f.id(name), field).([]string)
	slices.Sort(tags)
	if !slices.Equal(got, tags) {
		f.t.Errorf("%s carries %v, not %v", name, got, tags)
	}
}

func (f *firm) edit(who string, kind policy.Kind, id policy.ID, fields Fields) (*Item, error) {
	f.t.Helper()
	it, err := f.as(who).Get(context.Background(), kind, id)
	f.must(err)
	return f.as(who).Update(context.Background(), kind, id, it.Version, fields)
}

func TestTagsByRuleFollowTheData(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("lin", "湖畔", "")
		f.payment("东方", `number="P0";amount="60000";stage="paid";paid_on="`+f.clock.Now().Format("2006-01-02")+`"`)
		f.field(spending(paidThisYear("big", "100000"), paidThisYear("some", "0")))
		if f.fieldOf("boss", "customer", f.id("东方"), "c_spending") != nil && len(f.fieldOf("boss", "customer", f.id("东方"), "c_spending").([]string)) > 0 {
			t.Error("what was there before the rule has its tags before the run")
		}
		f.keptTags()
		f.carries("东方", "c_spending", "some")
		f.carries("湖畔", "c_spending")
		before, err := f.as("boss").Get(ctx, "customer", f.id("东方"))
		f.must(err)

		// What is written below a customer counts with its commit; nobody edited the customer.
		payment := f.payment("东方", `number="P1";amount="40000.01";stage="paid";paid_on="`+f.clock.Now().Format("2006-01-02")+`"`)
		f.carries("东方", "c_spending", "big", "some")
		after, err := f.as("boss").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if after.Version != before.Version || after.Fields["updated_at"] != before.Fields["updated_at"] {
			t.Error("a tag by rule is no edit of the record")
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'tagged' AND record_id = $1", int64(f.id("东方"))); n != 2 {
			t.Errorf("%d entries say so", n)
		}
		told, err := f.as("boss").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("东方"), What: []string{"changes"}})
		f.must(err)
		if len(told.Items) == 0 || told.Items[0].Act != "tagged" || told.Items[0].By != nil || told.Items[0].Changes[0].Field != "c_spending" {
			t.Errorf("the timeline says %+v", told.Items)
		}
		// It moves to another customer, is paid in another currency, goes.
		_, err = f.edit("boss", "payment", payment, Fields{"customer": []byte(`"` + f.id("湖畔").String() + `"`)})
		f.must(err)
		f.carries("东方", "c_spending", "some")
		f.carries("湖畔", "c_spending", "some")
		_, err = f.edit("boss", "payment", payment, Fields{"amount": []byte(`"100000.01"`)})
		f.must(err)
		f.carries("湖畔", "c_spending", "big", "some")
		_, err = f.edit("boss", "payment", payment, Fields{"currency": []byte(`"USD"`)})
		f.must(err)
		f.carries("湖畔", "c_spending")
		_, err = f.edit("boss", "payment", payment, Fields{"currency": []byte(`"CNY"`)})
		f.must(err)
		it, err := f.as("boss").Get(ctx, "payment", payment)
		f.must(err)
		f.must(f.as("boss").Delete(ctx, "payment", payment, it.Version))
		f.carries("湖畔", "c_spending")

		// By hand nobody sets them, on any path, and the refusal names the group.
		_, err = f.edit("boss", "customer", f.id("湖畔"), Fields{"c_spending": []byte(`["big"]`)})
		if got := fault.From(err); len(got.Items) != 1 || got.Items[0].Code != "by_rule" {
			t.Errorf("a tag by rule was set by hand: %v", err)
		}
		_, err = f.as("boss").Create(ctx, "customer", Fields{"name": []byte(`"西方"`), "c_spending": []byte(`["big"]`)})
		f.refused(err, fault.Invalid, "fields")

		// The year ends in the time of the company, without anybody writing anything.
		year := f.clock.Now().In(chinaTime).Year()
		f.until(time.Date(year, 12, 31, 23, 59, 0, 0, chinaTime))
		f.keptTags()
		f.carries("东方", "c_spending", "some")
		f.until(time.Date(year+1, 1, 1, 0, 0, 1, 0, chinaTime))
		f.keptTags()
		f.carries("东方", "c_spending")

		// Once a rule has gone the tags are set by hand again.
		d := spending()
		d.Group.Rules = nil
		f.field(d)
		_, err = f.edit("boss", "customer", f.id("湖畔"), Fields{"c_spending": []byte(`["big"]`)})
		f.must(err)
		f.keptTags()
		f.carries("湖畔", "c_spending", "big")
	})
}

// Who may not see the class of a group does not learn of its tags: not by the field, a filter, a count or
// a group of figures, and not by how setting one is refused.
func TestTagsAreOfTheirClass(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("lin", "湖畔", "")
		f.field(spending(paidThisYear("some", "0")))
		hand := records.CustomField{Kind: "customer", Key: "c_risk", Type: "choices", Class: policy.Internal, Label: records.Label{ZH: "风险", EN: "Risk"},
			Choices: []records.Choice{tagNamed("high", "高", "High")}, Group: &records.TagGroup{Colour: "red"}}
		f.field(hand)
		f.payment("东方", `number="P0";amount="60000";stage="paid";paid_on="`+f.clock.Now().Format("2006-01-02")+`"`)
		_, err := f.edit("boss", "customer", f.id("东方"), Fields{"c_risk": []byte(`["high"]`)})
		f.must(err)
		f.carries("东方", "c_spending", "some")
		// wang sees general information on everything, and more on customers of his own.
		_, err = f.as("boss").PutRule(ctx, sharing("open", everything, policy.Clause{Person: f.id("wang")}))
		f.must(err)
		it, err := f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		for _, field := range []string{"c_spending", "c_risk"} {
			if _, plain := it.Fields[field]; plain {
				t.Errorf("%s shows", field)
			}
			for _, filter := range []string{`"some" in r.` + field, `"high" in r.` + field, `has(r.` + field + `)`, `!("some" in r.` + field + `)`} {
				page, err := f.as("wang").List(ctx, ListQuery{Kind: "customer", Filter: filter, Count: true})
				if err != nil {
					f.refused(err, fault.Invalid, "filter") // as of a field that is not there
				} else if len(page.Items) > 0 || page.Total != nil && page.Total.Count > 0 {
					t.Errorf("%s finds %d", filter, len(page.Items))
				}
			}
		}
		// With and without the tag the refusal is one.
		var said []string
		for _, name := range []string{"东方", "湖畔"} {
			_, err = f.edit("wang", "customer", f.id(name), Fields{"c_risk": []byte(`["high"]`)})
			said = append(said, fmt.Sprint(err))
		}
		if said[0] != said[1] || said[0] == "<nil>" {
			t.Errorf("the refusals are %q", said)
		}
	})
}

// A tag tells of what its rule looks at: the class of the group must cover it, or somebody who sees it
// everywhere says that it may tell.
func TestTagRulesNeedTheirClass(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		open := spending(paidThisYear("big", "100000"))
		open.Class = policy.General
		_, err := f.as("boss").putField(ctx, open)
		if got := fault.From(err); got.Kind != fault.Invalid || len(got.Items) != 1 || got.Items[0].Code != "tag_tells" {
			t.Errorf("a general tag by amounts: %v", err)
		}
		open.Group.Tells = []policy.Class{policy.Amount}
		_, err = f.as("admin").putField(ctx, open) // sees no amounts
		f.refused(err, fault.Denied, "tag_tells")
		f.field(open)
		for name, bad := range map[string]func(*records.TagRule){
			"tag":      func(r *records.TagRule) { r.Tag = "nothing" },
			"relation": func(r *records.TagRule) { r.Terms[0].Relation = "nothing" },
			"sum":      func(r *records.TagRule) { r.Terms[0].Sum = "number" },
			"currency": func(r *records.TagRule) { r.Terms[0].Currency = "" },
			"value":    func(r *records.TagRule) { r.Terms[0].Value = "viel" },
			"op":       func(r *records.TagRule) { r.Terms[0].Op = policy.OpNe },
			"date":     func(r *records.TagRule) { r.Terms[0].Date = "amount" },
			"window":   func(r *records.TagRule) { r.Terms[0].Window.Unit = "week" },
			"nothing":  func(r *records.TagRule) { r.Terms = nil },
			"last":     func(r *records.TagRule) { r.Terms[0].Last = true },
			"last when": func(r *records.TagRule) {
				r.Terms[0] = records.TagTerm{Relation: "payments", Last: true}
			},
			"person": func(r *records.TagRule) {
				r.When = &policy.Cond{Op: policy.OpEq, Field: "owner", Value: &policy.Operand{CEL: "p.id"}}
			},
			"derived": func(r *records.TagRule) { r.When = &policy.Cond{Op: policy.OpHas, Field: "c_spending"} },
		} {
			rule := paidThisYear("big", "100000")
			bad(&rule)
			d := spending(rule)
			d.Class = policy.General
			d.Group.Tells = []policy.Class{policy.Amount}
			_, err := f.as("boss").putField(ctx, d)
			f.refused(err, fault.Invalid, "custom_field")
			if name == "tag" {
				continue
			}
			out, err := f.as("boss").TryTagRule(ctx, "customer", rule)
			f.must(err)
			if out.Problem == nil || out.Matching != nil {
				t.Errorf("%s: the rule is tried", name)
			}
		}
		_, err = f.as("lin").TryTagRule(ctx, "customer", paidThisYear("big", "1"))
		f.refused(err, fault.Denied, "right")
		out, err := f.as("admin").TryTagRule(ctx, "customer", paidThisYear("big", "1"))
		f.must(err)
		if out.Problem != nil || !out.Matching.Few || len(out.Tells) != 1 || out.Tells[0].Field != "amount" {
			t.Errorf("the rule tells %+v", out)
		}
		// A field at which a rule looks stays.
		f.field(records.CustomField{Kind: "customer", Key: "c_baby", Type: "date", Class: policy.General, Label: records.Label{ZH: "宝宝生日", EN: "Baby born on"}})
		f.field(records.CustomField{Kind: "customer", Key: "c_age", Type: "choice", Class: policy.General, Label: records.Label{ZH: "月龄", EN: "Age"},
			Choices: []records.Choice{tagNamed("small", "小", "Small")}, Group: &records.TagGroup{Colour: "blue", Rules: []records.TagRule{{Tag: "small", Terms: []records.TagTerm{
				{Date: "c_baby", Window: &records.TagWindow{Mode: "ago", Unit: "month", From: 6, To: 12}}}}}}})
		f.refused(f.as("boss").DeleteCustomField(ctx, "customer", "c_baby"), fault.Conflict, "field_used")
	})
}

// What a tag concerns is told when it appears by rule too, but not of each record when a rule is new.
func TestTagsByRuleRouteAndGuard(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		day := f.clock.Now().Format("2006-01-02")
		f.customer("lin", "东方", "")
		f.customer("lin", "湖畔", "")
		f.payment("湖畔", `number="P0";amount="60000";stage="paid";paid_on="`+day+`"`)
		d := spending(paidThisYear("some", "0"))
		f.field(d)
		f.routing(access.Routing{Name: "回访", Kind: "customer", Field: "c_spending", Tag: "some", To: access.ToHead, Task: "致谢"})
		_, err := f.as("admin").CreateRouting(ctx, access.Routing{Name: "回访", Kind: "customer", Field: "c_spending", Tag: "none", To: access.ToHead, Task: "致谢"})
		f.refused(err, fault.Invalid, "routing_tag")
		f.keptTags()
		if n := len(f.tasks("chief")); n != 0 {
			t.Errorf("the new rule gave %d tasks", n)
		}
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "locked", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Position: "sales"}}}, Kind: "customer",
			Actions: []policy.Action{policy.Edit}, Where: everything, Scene: "已消费客户由服务部维护",
			When: &policy.Cond{Op: policy.OpTag, Field: "c_spending", Value: &policy.Operand{Text: ptr("some")}}})
		f.must(err)
		_, err = f.edit("lin", "customer", f.id("东方"), Fields{"city": []byte(`"上海"`)})
		f.must(err)
		f.payment("东方", `number="P1";amount="1";stage="paid";paid_on="`+day+`"`)
		if n := len(f.tasks("chief")); n != 1 {
			t.Errorf("the tag gave %d tasks", n)
		}
		_, err = f.edit("lin", "customer", f.id("东方"), Fields{"city": []byte(`"北京"`)})
		f.refused(err, fault.Denied, "action")
	})
}

// A guard on a group that is being derived for the first time is closed on what the run has not come to, and the
// run says so until it has; tags that are derived anew close nothing.
func TestTagsByRuleAwaited(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("lin", "东方", "")
		f.customer("lin", "湖畔", "")
		awaits := func(when string, want ...string) {
			t.Helper()
			runs, err := f.as("boss").TagRuns(ctx)
			f.must(err)
			if len(runs) != 1 || !slices.Equal(runs[0].Awaits, want) {
				t.Errorf("%s: %+v, not %v", when, runs, want)
			}
		}
		f.field(spending(paidThisYear("some", "0")))
		f.rule(policy.Rule{ID: "locked", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Position: "sales"}}}, Kind: "customer",
			Actions: []policy.Action{policy.Edit}, Where: everything, Scene: "已消费客户由服务部维护",
			When: &policy.Cond{Op: policy.OpTag, Field: "c_spending", Value: &policy.Operand{Text: ptr("some")}}})
		_, err := f.edit("lin", "customer", f.id("东方"), Fields{"city": []byte(`"上海"`)})
		f.refused(err, fault.Denied, "action")
		awaits("to begin with", "c_spending")
		f.must(f.as("boss").CancelTags(ctx, "customer"))
		awaits("once it was cancelled", "c_spending")
		_, err = f.as("boss").RunTags(ctx, "customer")
		f.must(err)
		f.keptTags()
		awaits("when it has run")
		_, err = f.edit("lin", "customer", f.id("东方"), Fields{"city": []byte(`"上海"`)})
		f.must(err)
		_, err = f.as("boss").RunTags(ctx, "customer")
		f.must(err)
		awaits("anew")
		f.field(spending(paidThisYear("some", "10")))
		awaits("with another rule")
	})
}

// Of two who write below one customer at once the second sees the first.
func TestTagsByRuleInRaces(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.customer("lin", "东方", "")
		d := spending(records.TagRule{Tag: "big", Terms: []records.TagTerm{{Relation: "activities", Op: policy.OpEq, Value: "20"}}})
		d.Class = policy.General
		f.field(d)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				_, err := f.as("boss").Create(context.Background(), "activity", Fields{"customer": []byte(`"` + f.id("东方").String() + `"`), "subject": fmt.Appendf(nil, `"谈 %d"`, i), "happened_at": []byte(`"2026-02-01T09:00:00Z"`)})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		f.carries("东方", "c_spending", "big")
	})
}

// Whatever is written in whatever order, what stands on records is what the rules say of the data:
// as told by an interpreter that knows nothing of the statements.
func TestTagsByRuleEqualTheData(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		f.field(records.CustomField{Kind: "customer", Key: "c_baby", Type: "date", Class: policy.General, Label: records.Label{ZH: "宝宝生日", EN: "Baby born on"}})
		paid := spending(paidThisYear("big", "100"), records.TagRule{Tag: "some", Terms: []records.TagTerm{{Relation: "payments", Date: "paid_on",
			Window: &records.TagWindow{Mode: "each", Unit: "month", To: 2}, Op: policy.OpGe, Value: "1"}}})
		f.field(paid)
		quiet := records.CustomField{Kind: "customer", Key: "c_quiet", Type: "choice", Class: policy.Amount, Label: records.Label{ZH: "沉默", EN: "Silence"},
			Choices: []records.Choice{tagNamed("asleep", "沉睡", "Asleep"), tagNamed("fresh", "活跃", "Fresh")}, Group: &records.TagGroup{Colour: "grey", Rules: []records.TagRule{
				{Tag: "asleep", Terms: []records.TagTerm{{Relation: "payments", Last: true, Date: "paid_on", Where: isIn("stage", "paid"), Window: &records.TagWindow{Mode: "ago", Unit: "day", From: 30}}}},
				{Tag: "fresh", Terms: []records.TagTerm{{Relation: "payments", Last: true, Date: "paid_on", Where: isIn("stage", "paid"), Window: &records.TagWindow{Mode: "ago", Unit: "day", To: 10}}}},
			}}}
		f.field(quiet)
		f.field(records.CustomField{Kind: "customer", Key: "c_age", Type: "choice", Class: policy.General, Label: records.Label{ZH: "月龄", EN: "Age"},
			Choices: []records.Choice{tagNamed("small", "小", "Small"), tagNamed("young", "中", "Young")}, Group: &records.TagGroup{Colour: "blue", Rules: []records.TagRule{
				{Tag: "small", Terms: []records.TagTerm{{Date: "c_baby", Window: &records.TagWindow{Mode: "ago", Unit: "month", From: 0, To: 6}}}},
				{Tag: "young", Terms: []records.TagTerm{{Date: "c_baby", Window: &records.TagWindow{Mode: "ago", Unit: "month", From: 0, To: 12}}}, When: isIn("city", "上海")},
			}}})
		names := []string{"甲", "乙", "丙"}
		type payment struct {
			customer string
			cents    int64
			day      time.Time
			stage    string
		}
		type customer struct {
			born time.Time
			city string
		}
		payments, customers := map[policy.ID]payment{}, map[string]customer{}
		for _, name := range names {
			f.customer("lin", name, "")
			customers[name] = customer{}
		}
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			today := dayOf(f.clock.Now())
			switch rapid.SampledFrom([]string{"pay", "pay", "change", "remove", "customer", "day"}).Draw(rt, "what") {
			case "pay":
				n++
				p := payment{rapid.SampledFrom(names).Draw(rt, "customer"), rapid.Int64Range(1, 200).Draw(rt, "amount"),
					today.AddDate(0, 0, -rapid.IntRange(0, 75).Draw(rt, "ago")), rapid.SampledFrom([]string{"paid", "planned"}).Draw(rt, "stage")}
				id := f.payment(p.customer, fmt.Sprintf(`number="N%d";amount="%d";stage="%s";paid_on="%s"`, n, p.cents, p.stage, p.day.Format("2006-01-02")))
				payments[id] = p
			case "change", "remove":
				if len(payments) == 0 {
					return
				}
				id := rapid.SampledFrom(slices.Sorted(maps.Keys(payments))).Draw(rt, "payment")
				p := payments[id]
				it, err := f.as("boss").Get(context.Background(), "payment", id)
				f.must(err)
				if rapid.Bool().Draw(rt, "remove") {
					f.must(f.as("boss").Delete(context.Background(), "payment", id, it.Version))
					delete(payments, id)
					break
				}
				p.customer, p.cents = rapid.SampledFrom(names).Draw(rt, "customer"), rapid.Int64Range(1, 200).Draw(rt, "amount")
				_, err = f.as("boss").Update(context.Background(), "payment", id, it.Version, Fields{"customer": []byte(`"` + f.id(p.customer).String() + `"`), "amount": fmt.Appendf(nil, `"%d"`, p.cents)})
				f.must(err)
				payments[id] = p
			case "customer":
				name := rapid.SampledFrom(names).Draw(rt, "customer")
				c := customer{today.AddDate(0, -rapid.IntRange(0, 13).Draw(rt, "months"), -rapid.IntRange(0, 2).Draw(rt, "days")), rapid.SampledFrom([]string{"上海", "北京"}).Draw(rt, "city")}
				born, _ := json.Marshal(c.born.Format("2006-01-02"))
				_, err := f.edit("boss", "customer", f.id(name), Fields{"c_baby": born, "city": []byte(`"` + c.city + `"`)})
				f.must(err)
				customers[name] = c
			case "day":
				f.until(f.clock.Now().AddDate(0, 0, rapid.IntRange(1, 40).Draw(rt, "days")))
				f.keptTags()
			}
			today = dayOf(f.clock.Now())
			first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
			for _, name := range names {
				var sum int64
				var last time.Time // of what was paid
				var months [2]bool
				for _, p := range payments {
					if p.customer != name {
						continue
					}
					if p.stage == "paid" && p.day.Year() == today.Year() {
						sum += p.cents
					}
					if p.stage == "paid" && p.day.After(last) {
						last = p.day
					}
					for i := range months {
						begin := first.AddDate(0, -i-1, 0)
						months[i] = months[i] || p.day.Year() == begin.Year() && p.day.Month() == begin.Month()
					}
				}
				var tags []string
				if sum > 100 {
					tags = append(tags, "big")
				}
				if months[0] && months[1] {
					tags = append(tags, "some")
				}
				f.carries(name, "c_spending", tags...)
				silence := any(nil)
				switch {
				case last.IsZero():
				case !last.After(today.AddDate(0, 0, -30)):
					silence = "asleep"
				case last.After(today.AddDate(0, 0, -10)):
					silence = "fresh"
				}
				if got := f.fieldOf("boss", "customer", f.id(name), "c_quiet"); got != silence {
					rt.Fatalf("%s paid last on %v and is %v on %v, not %v", name, last, got, today, silence)
				}
				c, age := customers[name], any(nil)
				full := 0 // whole months of age
				if !c.born.IsZero() {
					for !monthsAfter(c.born, full+1).After(today) {
						full++
					}
					switch {
					case full < 6:
						age = "small"
					case full < 12 && c.city == "上海":
						age = "young"
					}
				}
				if got := f.fieldOf("boss", "customer", f.id(name), "c_age"); got != age && !nearMonthEnd(c.born, today) {
					rt.Fatalf("%s born on %v is %v on %v, not %v", name, c.born, got, today, age)
				}
			}
		})
	})
}

// monthsAfter is the day on which somebody is so many months old.
func monthsAfter(born time.Time, n int) time.Time {
	y, m, d := born.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, min(d, last.Day())-last.Day())
}

// nearMonthEnd leaves out days on which counting months forward and back differ: who was born on the
// 31st is six months old on the 30th or the 1st.
func nearMonthEnd(born, today time.Time) bool { return born.Day() > 28 || today.Day() > 28 }
