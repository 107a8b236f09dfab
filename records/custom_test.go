package records

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

func someCustom() []CustomField {
	return []CustomField{
		{Kind: "customer", Key: "c_site", Type: "text", Label: Label{"项目地点", "Site"}, Class: policy.General, Search: true},
		{Kind: "customer", Key: "c_secret", Type: "text", Label: Label{"内部代号", "Code name"}, Class: policy.Internal, Required: true},
		{Kind: "customer", Key: "c_area", Type: "number", Label: Label{"厂房面积", "Plant area"}, Class: policy.General},
		{Kind: "customer", Key: "c_budget", Type: "money", Label: Label{"预算", "Budget"}, Class: policy.Amount},
		{Kind: "customer", Key: "c_visit", Type: "date", Label: Label{"参观日期", "Visit"}, Class: policy.General},
		{Kind: "customer", Key: "c_fuel", Type: "choice", Label: Label{"能源类型", "Fuel"}, Class: policy.General, Choices: []Choice{c("gas", "燃气", "Gas"), c("coal", "燃煤", "Coal")}},
		{Kind: "customer", Key: "c_needs", Type: "choices", Label: Label{"需求", "Needs"}, Class: policy.Communication, Choices: []Choice{c("x1", "甲", "One"), c("x2", "乙", "Two")}},
		{Kind: "customer", Key: "c_engineer", Type: "person", Label: Label{"工程师", "Engineer"}, Class: policy.General},
		{Kind: "customer", Key: "c_main", Type: "link", Label: Label{"主产品", "Main product"}, Class: policy.General, Link: "product"},
		{Kind: "ticket", Key: "c_site", Type: "text", Label: Label{"QQ", "QQ"}, Class: policy.Contact},
	}
}

func TestCustomFieldsStandLikeTheBuiltIn(t *testing.T) {
	cat, err := With(someCustom())
	if err != nil {
		t.Fatal(err)
	}
	k := cat.Kind("customer")
	if builtin.Kind("customer").Field("c_site") != nil || cat.Kind("ticket").Field("c_site") == nil || cat.Kind("contact") != contact {
		t.Error("custom fields of one tenant or kind reached another")
	}
	for name, want := range map[string]policy.Type{
		"c_site": policy.Text, "c_area": policy.Number, "c_budget": policy.Money, "c_visit": policy.Time,
		"c_fuel": policy.Text, "c_needs": policy.Set, "c_engineer": policy.Ref, "c_main": policy.Ref,
	} {
		f := cat.Schema().Kind("customer").Field(name)
		if f == nil || f.Type != want || !f.Custom || f.Column != name || f.NotNull {
			t.Errorf("%s came out as %+v", name, f)
		}
	}
	if r := cat.Schema().Kind("customer").Field("c_engineer").Refs; r != RefPerson {
		t.Errorf("a person points at %q", r)
	}
	if len(k.TableColumns()) != len(customer.TableColumns()) || !slices.Equal(k.SearchClasses(), customer.SearchClasses()) {
		t.Error("custom fields changed the table")
	}
	docs := k.SearchTerms(map[string]policy.Value{"c_site": policy.TextOf("坂田")})
	if !slices.Contains(docs[policy.General], "坂田") {
		t.Error("a searchable custom field is not searched")
	}
	if _, err := k.Parse(map[string]json.RawMessage{"c_budget": json.RawMessage(`"1000.50"`), "c_needs": json.RawMessage(`["x2"]`)}); err != nil {
		t.Error(err)
	}
	err = k.Check(map[string]policy.Value{"name": policy.TextOf("甲")}, map[string]bool{"name": true, "c_secret": true})
	if e := fault.From(err); len(e.Items) != 1 || e.Items[0].At != "c_secret" || e.Items[0].Code != "required" {
		t.Errorf("a required custom field was not asked for: %v", err)
	}
}

func TestBadCustomFields(t *testing.T) {
	good := CustomField{Kind: "customer", Key: "c_x", Type: "text", Label: Label{"某", "X field"}, Class: policy.General}
	with := func(change func(*CustomField)) []CustomField {
		d := good
		change(&d)
		return []CustomField{d}
	}
	other := good
	other.Key, other.Label = "c_y", Label{"某", "Y field"}
	list := []Choice{c("a", "甲", "A")}
	for name, x := range map[string]struct {
		custom []CustomField
		at     string
		code   string
	}{
		"unknown kind":      {with(func(d *CustomField) { d.Kind = "system" }), "kind", "kind"},
		"no prefix":         {with(func(d *CustomField) { d.Key = "name" }), "key", "key"},
		"upper case":        {with(func(d *CustomField) { d.Key = "c_Name" }), "key", "key"},
		"quote in key":      {with(func(d *CustomField) { d.Key = `c_a"b` }), "key", "key"},
		"key too long":      {with(func(d *CustomField) { d.Key = "c_" + strings.Repeat("x", 39) }), "key", "key"},
		"key twice":         {[]CustomField{good, good}, "key", "double"},
		"unknown type":      {with(func(d *CustomField) { d.Type = "formula" }), "type", "type"},
		"unknown class":     {with(func(d *CustomField) { d.Class = "secret" }), "class", "class"},
		"no class":          {with(func(d *CustomField) { d.Class = "" }), "class", "class"},
		"no label":          {with(func(d *CustomField) { d.Label.EN = "" }), "label.en", "label"},
		"label of another":  {[]CustomField{good, other}, "label.zh", "double"},
		"label of built-in": {with(func(d *CustomField) { d.Label.ZH = "客户 名称" }), "label.zh", "double"},
		"label is a name":   {with(func(d *CustomField) { d.Label.EN = "Phone2" }), "label.en", "double"},
		"control in label":  {with(func(d *CustomField) { d.Label.ZH = "a\x00" }), "label.zh", "label"},
		"long label":        {with(func(d *CustomField) { d.Label.ZH = strings.Repeat("长", 41) }), "label.zh", "label"},
		"choice, no list":   {with(func(d *CustomField) { d.Type = "choice" }), "choices", "required"},
		"list, no choice":   {with(func(d *CustomField) { d.Choices = list }), "choices", "unexpected"},
		"bad code":          {with(func(d *CustomField) { d.Type, d.Choices = "choice", []Choice{c("A B", "甲", "A")} }), "choices[0].code", "code"},
		"double code":       {with(func(d *CustomField) { d.Type, d.Choices = "choice", []Choice{c("a", "甲", "A"), c("a", "乙", "B")} }), "choices[1]", "double"},
		"double label":      {with(func(d *CustomField) { d.Type, d.Choices = "choices", []Choice{c("a", "甲", "A"), c("b", "甲", "B")} }), "choices[1]", "double"},
		"separator":         {with(func(d *CustomField) { d.Type, d.Choices = "choices", []Choice{c("a", "甲;乙", "A")} }), "choices[0].label", "label"},
		"link to nothing":   {with(func(d *CustomField) { d.Type = "link" }), "link", "kind"},
		"text with link":    {with(func(d *CustomField) { d.Link = "contact" }), "link", "unexpected"},
		"number searched":   {with(func(d *CustomField) { d.Type, d.Search = "number", true }), "search", "search"},
		"no such document":  {with(func(d *CustomField) { d.Class, d.Search = policy.Identity, true }), "search", "search"},
		"money, no currency": {with(func(d *CustomField) {
			d.Kind, d.Type, d.Class, d.Label = "task", "money", policy.Amount, Label{"费用", "Expense"}
		}), "type", "currency"},
	} {
		_, err := With(x.custom)
		var e *fault.Error
		if !errors.As(err, &e) || e.Kind != fault.Invalid {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		i := slices.IndexFunc(e.Items, func(item fault.Item) bool { return strings.HasSuffix(item.At, "]."+x.at) && item.Code == x.code })
		if i < 0 || e.Items[i].Detail == "" {
			t.Errorf("%s: reported as %+v", name, e.Items)
		}
	}
	if _, err := With([]CustomField{good}); err != nil {
		t.Errorf("the good one: %v", err)
	}
	many := make([]CustomField, customMax+1)
	for i := range many {
		many[i] = good
		many[i].Key = "c_" + strings.Repeat("x", i/26) + string(rune('a'+i%26))
		many[i].Label = Label{"字段" + many[i].Key, "Field " + many[i].Key}
	}
	if _, err := With(many[:customMax]); err != nil {
		t.Errorf("as many as allowed: %v", err)
	}
	if _, err := With(many); err == nil {
		t.Error("one more than allowed was accepted")
	}
}
