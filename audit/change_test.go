package audit_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"guan/audit"
	"guan/policy"
)

var customer = &policy.KindSchema{Name: "customer", Table: "customer", Fields: []*policy.Field{
	{Name: "name", Type: policy.Text, Class: policy.General, Column: "name"},
	{Name: "phone", Type: policy.Text, Class: policy.Contact, Column: "phone"},
	{Name: "amount", Type: policy.Money, Class: policy.Amount, Column: "amount"},
	{Name: "deposit", Type: policy.Money, Class: policy.General, Column: "deposit"},
	{Name: "tags", Type: policy.Set, Class: policy.General, Column: "tags"},
	{Name: "note", Type: policy.Text, Class: policy.Communication, Column: "note"},
}}

func TestDiff(t *testing.T) {
	before := map[string]policy.Value{
		"name": policy.TextOf("旧名"), "phone": policy.TextOf("13800138000"), "amount": policy.MoneyOf(1),
		"deposit": policy.MoneyOf(-125000), "tags": policy.SetOf("vip"),
	}
	after := map[string]policy.Value{
		"name": policy.TextOf("新\x00名"), "phone": policy.TextOf("13900139000"), "amount": policy.MoneyOf(1),
		"deposit": policy.MoneyOf(205656206), "tags": policy.SetOf("vip", "老客户"), "ghost": policy.TextOf("?"),
	}
	want := []audit.Change{
		{Field: "name", Old: "旧名", New: "新名"},
		{Field: "phone", Withheld: true},
		{Field: "deposit", Old: "-12.50", New: "20565.6206"},
		{Field: "tags", Old: []string{"vip"}, New: []string{"vip", "老客户"}},
	}
	got := audit.Diff(customer, before, after)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"name", "phone", "deposit", "tags"}, audit.Names(got)); d != "" {
		t.Error(d)
	}
	if got := audit.Diff(customer, nil, nil); got != nil {
		t.Errorf("nothing changed, but %v", got)
	}
}

// A value of any class but general never stands in a change, whatever it is.
func TestWithheldValuesNeverAppear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := "canary-" + rapid.StringMatching(`[a-z0-9]{12}`).Draw(t, "secret")
		side := map[string]policy.Value{"phone": policy.TextOf(secret), "note": policy.TextOf(secret)}
		var none map[string]policy.Value
		out, err := json.Marshal([]any{audit.Diff(customer, side, none), audit.Diff(customer, none, side)})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(out), secret) {
			t.Fatalf("leaked: %s", out)
		}
	})
}

func TestMoneyExtremes(t *testing.T) {
	for n, want := range map[int64]string{0: "0.00", 1: "0.0001", -1: "-0.0001", math.MinInt64: "-922337203685477.5808", 10000: "1.00"} {
		got := audit.Diff(customer, nil, map[string]policy.Value{"deposit": policy.MoneyOf(n)})
		if got[0].New != want {
			t.Errorf("%d is written %v, not %s", n, got[0].New, want)
		}
	}
}

func TestClean(t *testing.T) {
	if got := audit.Clean("a\x00b\nc\xff客"); got != "abc客" {
		t.Errorf("got %q", got)
	}
	if got := audit.Clean(strings.Repeat("客", 300)); len([]rune(got)) != 200 || !strings.HasSuffix(got, "…") {
		t.Errorf("%d characters", len([]rune(got)))
	}
}
