package records

import (
	"strconv"
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
		if got := Preview(x.f, v, x.f.ownMask()); got != x.want {
			t.Errorf("%s %q: got %q, want %q", x.f.Name, x.in, got, x.want)
		}
	}
	for _, v := range []policy.Value{{}, policy.MoneyOf(1), policy.MoneyOf(moneyLimit)} {
		if got := Preview(contract.Field("total"), v, contract.Field("total").ownMask()); got != "***" {
			t.Errorf("an amount shows as %q", got)
		}
	}
}

// Beside a mask stands what it leaves of a value such as the field holds.
func TestMaskExamples(t *testing.T) {
	for _, x := range []struct {
		f    *Field
		want string
	}{
		{customer.Field("phone"), "*** ****5678 138****5678"},
		{customer.Field("email"), "*** ***@example.com l***@example.com"},
		{customer.Field("id_number"), "*** *****************X 1****************X"},
		{customer.Field("bank_account"), "*** ****0123 6222****0123"},
		{customer.Field("street"), "*** 江苏省苏州市姑苏区*** ****有限公司 苏州****公司"},
		{customer.Field("birthday"), "*** 1987"},
		{customer.Field("level"), "***"},
		{contract.Field("total"), "*** 20,000–50,000"},
	} {
		if got := x.f.Examples(); len(got) != len(x.f.Masks()) || strings.Join(got, " ") != x.want {
			t.Errorf("%s: %q", x.f.Name, got)
		}
	}
}

// A preview holds at most seven characters of a number, none of any other value, and its length
// says nothing about the value's.
func TestPreviewTellsLittle(t *testing.T) {
	eachText(t, func(t *rapid.T, f *Field, v policy.Value) {
		got := Preview(f, v, f.ownMask())
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
	})
}

func TestPreviewByMask(t *testing.T) {
	text := policy.TextOf
	day := func(s string) policy.Value {
		v, err := customer.Field("birthday").Parse([]byte(strconv.Quote(s)))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	amount := func(n int64) policy.Value { return policy.MoneyOf(n * 10_000) }
	for _, x := range []struct {
		f    *Field
		v    policy.Value
		mask policy.Level
		want string
	}{
		{customer.Field("phone"), text("13812345678"), policy.MaskConstant, "***"},
		{customer.Field("phone"), text("13812345678"), policy.MaskTail, "****5678"},
		{customer.Field("phone"), policy.Value{}, policy.MaskTail, ""},
		{customer.Field("email"), text("li.wei@example.com"), policy.MaskDomain, "***@example.com"},
		{customer.Field("email"), text("li.wei@example.com"), policy.MaskEnds, "l***@example.com"},
		{customer.Field("email"), text("伟@example.com"), policy.MaskEnds, "伟***@example.com"},
		{customer.Field("id_number"), text("11010519491231002X"), policy.MaskTail, "*****************X"},
		{customer.Field("bank_account"), text("6222021234567890123"), policy.MaskEnds, "6222****0123"},
		{customer.Field("bank_account"), text("622202123456"), policy.MaskEnds, "****3456"},
		{customer.Field("name"), text("关雎"), policy.MaskEnds, "关**"},
		{customer.Field("name"), text("关"), policy.MaskEnds, "**"},
		{customer.Field("name"), text("深圳市南山科技发展有限公司"), policy.MaskEnds, "深圳****公司"},
		{customer.Field("name"), text("深圳市南山科技发展有限公司"), policy.MaskTail, "****有限公司"},
		{customer.Field("name"), text("关雎"), policy.MaskTail, "****"},
		{customer.Field("birthday"), day("1987-12-31"), policy.MaskYear, "1987"},
		{customer.Field("birthday"), policy.Value{}, policy.MaskYear, ""},
		{contract.Field("total"), amount(0), policy.MaskRange, "0–1,000"},
		{contract.Field("total"), amount(999), policy.MaskRange, "0–1,000"},
		{contract.Field("total"), amount(1_000), policy.MaskRange, "1,000–2,000"},
		{contract.Field("total"), amount(1_999_999), policy.MaskRange, "1,000,000–2,000,000"},
		{contract.Field("total"), amount(2_000_000), policy.MaskRange, "2,000,000–5,000,000"},
		{contract.Field("total"), amount(5_000_000), policy.MaskRange, "5,000,000–10,000,000"},
		{contract.Field("total"), amount(-30_000), policy.MaskRange, "-50,000–-20,000"},
		{contract.Field("total"), policy.MoneyOf(moneyLimit), policy.MaskRange, "500,000,000,000–1,000,000,000,000"},
		{customer.Field("employees"), policy.IntOf(7), policy.MaskRange, "0–10"},
		{customer.Field("employees"), policy.IntOf(340), policy.MaskRange, "200–500"},
		{customer.Field("street"), text("江苏省苏州市姑苏区平江路 12 号"), policy.MaskDistrict, "江苏省苏州市姑苏区***"},
		{customer.Field("street"), text("内蒙古自治区呼和浩特市新城区中山路"), policy.MaskDistrict, "内蒙古自治区呼和浩特市新城区***"},
		{customer.Field("street"), text("北京市朝阳区幸福小区 3 号楼"), policy.MaskDistrict, "北京市朝阳区***"},
		{customer.Field("street"), text("幸福小区 3 号楼"), policy.MaskDistrict, "***"},
		{customer.Field("street"), text("苏州工业园区星湖街 328 号"), policy.MaskDistrict, "苏州***"},
		{customer.Field("street"), text("1 Infinite Loop"), policy.MaskDistrict, "***"},
	} {
		if got := Preview(x.f, x.v, x.mask); got != x.want {
			t.Errorf("%s %v by %s: got %q, want %q", x.f.Name, x.v, x.mask, got, x.want)
		}
	}
}

// By none of the masks that suit a field is a text shown whole, nor more than half of it but for
// addresses and mail domains.
func TestMasksShowAPart(t *testing.T) {
	eachText(t, func(t *rapid.T, f *Field, v policy.Value) {
		for _, mask := range f.Masks() {
			if strings.Contains(v.Text(), "*") {
				return // it may be its own mask
			}
			got := Preview(f, v, mask)
			shown := len([]rune(strings.ReplaceAll(got, "*", "")))
			if mask == policy.MaskDistrict || f.Format == Email {
				shown = 0
			}
			if got == v.Text() || 2*shown > len([]rune(v.Text()))+3 {
				t.Fatalf("%q shows as %q by %s", v.Text(), got, mask)
			}
		}
	})
}

// eachText looks at drawn values of every text of every kind.
func eachText(t *testing.T, look func(t *rapid.T, f *Field, v policy.Value)) {
	for _, k := range kinds {
		for _, f := range k.Fields {
			if f.Type != Text {
				continue
			}
			t.Run(string(k.Name)+"."+f.Name, rapid.MakeCheck(func(t *rapid.T) {
				if v := valueOf(t, f); !v.Missing() {
					look(t, f, v)
				}
			}))
		}
	}
}
