package records

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"guan/policy"
)

func TestPreview(t *testing.T) {
	for _, x := range []struct {
		f        *Field
		in, want string
	}{
		{customer.Field("phone"), "13812345678", "138****5678"},
		{customer.Field("phone"), "0755-86123456", "****3456"},
		{customer.Field("phone"), "0755-86123456#801", "****3456"},
		{customer.Field("phone"), "1 (11) 500 555-0162", "****0162"},
		{customer.Field("phone"), "95588", "****"},
		{customer.Field("phone"), "86123456", "****"},
		{customer.Field("phone"), "", ""},
		{customer.Field("email"), "li.wei@example.com", "***@example.com"},
		{customer.Field("email"), "", ""},
		{customer.Field("wechat"), "liwei", "***"},
		{customer.Field("street"), "深南大道 1 号", "***"},
		{customer.Field("id_number"), "11010519491231002X", "1****************X"},
		{customer.Field("id_number"), "", "***"},
		{customer.Field("passport_number"), "E12345678", "***"},
		{customer.Field("bank_account"), "6222021234567890123", "****0123"},
		{customer.Field("bank_account"), "62220", "****"},
		{customer.Field("bank_name"), "招商银行", "***"},
		{customer.Field("remark"), "电话里说要降价", "***"},
		{customer.Field("level"), "a", "***"},
		{customer.Field("name"), "关雎", "***"},
	} {
		v := policy.Value{}
		if x.in != "" {
			v = policy.TextOf(x.in)
		}
		if got := Preview(x.f, v); got != x.want {
			t.Errorf("%s %q: got %q, want %q", x.f.Name, x.in, got, x.want)
		}
	}
	for _, v := range []policy.Value{{}, policy.MoneyOf(1), policy.MoneyOf(moneyLimit)} {
		if got := Preview(contract.Field("total"), v); got != "***" {
			t.Errorf("an amount shows as %q", got)
		}
	}
}

// A preview holds at most seven characters of a number, none of any other value, and its length
// says nothing about the value's.
func TestPreviewTellsLittle(t *testing.T) {
	for _, k := range kinds {
		for _, f := range k.Fields {
			if f.Type != Text {
				continue
			}
			t.Run(string(k.Name)+"."+f.Name, rapid.MakeCheck(func(t *rapid.T) {
				v := valueOf(t, f)
				if v.Missing() {
					return
				}
				got := Preview(f, v)
				switch f.Format {
				case Email:
					if local, _, _ := strings.Cut(got, "@"); local != stars {
						t.Fatalf("%q shows as %q", v.Text(), got)
					}
				case Phone, BankAccount:
					if shown := len(strings.ReplaceAll(got, "*", "")); shown > 7 || 2*shown > len(v.Text())+3 {
						t.Fatalf("%q shows as %q", v.Text(), got)
					}
				case IDCard:
					if len(got) != 18 || strings.Count(got, "*") != 16 {
						t.Fatalf("%q shows as %q", v.Text(), got)
					}
				default:
					if got != stars {
						t.Fatalf("%q shows as %q", v.Text(), got)
					}
				}
			}))
		}
	}
}
