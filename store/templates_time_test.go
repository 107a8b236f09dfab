package store

import (
	"context"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/policy"
)

// take puts the rules of a template in force for one person.
func (f *firm) take(template, who string, units ...policy.ID) {
	f.t.Helper()
	for _, t := range access.Templates {
		if t.ID != template {
			continue
		}
		var rules []access.RuleDocument
		for _, part := range t.Rules {
			r := part.Rule
			r.ID, r.Who = template+"_"+string(r.Kind), policy.Who{Any: []policy.Clause{{Person: f.id(who)}}}
			if r.Where.Path == policy.PathUnits {
				r.Where.Units = units
			}
			if t.Days > 0 {
				r.Until = ptr(f.clock.Now().AddDate(0, 0, t.Days))
			}
			rules = append(rules, access.WrittenDocument(r))
		}
		f.enacts("boss", writing(rules...))
		return
	}
	f.t.Fatalf("there is no template %s", template)
}

// A campaign closes by its date, to the microsecond, and the basics of a new customer open after 90 days:
// nothing runs in between.
func TestTemplatesByTheClock(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		item := f.customer("lin", "东方", `phone="13800138000";unit="`+f.id("华东").String()+`"`)
		sees := func(who string) error {
			_, err := f.as(who).Get(ctx, "customer", item.ID)
			return err
		}
		f.refused(sees("wang"), fault.NotFound, "record")
		f.take("campaign", "wang", f.id("华东"))
		end := f.clock.Now().AddDate(0, 0, 14)
		f.must(sees("wang"))
		f.clock.advance(end.Sub(f.clock.Now()) - time.Microsecond)
		f.must(sees("wang"))
		f.sees("wang", "东方")
		f.clock.advance(time.Microsecond)
		f.refused(sees("wang"), fault.NotFound, "record")
		f.sees("wang")

		phone := func() string {
			it := f.reread("chief", "customer", item.ID)
			if value, plain := it.Fields["phone"].(string); plain {
				return value
			}
			return ""
		}
		if phone() == "" {
			t.Fatal("the chief sees no phone to begin with")
		}
		f.take("first_months", "chief")
		if got := phone(); got != "" {
			t.Errorf("a new customer shows %s", got)
		}
		if it := f.reread("lin", "customer", item.ID); it.Fields["phone"] == nil {
			t.Error("its owner sees the basics alone")
		}
		f.clock.advance(77 * 24 * time.Hour)
		if got := phone(); got == "" {
			t.Error("after three months it still shows the basics alone")
		}
	})
}
