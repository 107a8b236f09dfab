package records

import (
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

// want is a normal form, or the code of the refusal after a "!".
type formatCase struct{ in, want string }

func checkFormat(t *testing.T, f *Field, cases []formatCase) {
	t.Helper()
	for _, x := range cases {
		v, err := f.Normal(policy.TextOf(x.in))
		got := v.Text()
		if err != nil {
			e := fault.From(err)
			got = "!" + e.Code
			if e.Kind != fault.Invalid || e.At != f.Name || e.Detail == "" {
				t.Errorf("%q: refused as %+v", x.in, e)
			}
			if len(x.in) > 4 && x.in[0] != '@' && strings.Contains(e.Detail, x.in) {
				t.Errorf("%q: the refusal repeats the value: %s", x.in, e.Detail)
			}
		}
		if got != x.want {
			t.Errorf("%s %q: got %q, want %q", f.Format, x.in, got, x.want)
		}
		if err == nil {
			again, err := f.Normal(v)
			if err != nil || !v.Missing() && !again.Equal(v) {
				t.Errorf("%s %q: the normal form %q is not stable: %q, %v", f.Format, x.in, v.Text(), again.Text(), err)
			}
		}
	}
}

func TestPhone(t *testing.T) {
	checkFormat(t, customer.Field("phone"), []formatCase{
		{"13812345678", "13812345678"},
		{" 138 1234 5678 ", "13812345678"},
		{"138-1234-5678", "13812345678"},
		{"+86 138 1234 5678", "13812345678"},
		{"+8613812345678", "13812345678"},
		{"0086-13812345678", "13812345678"},
		{"１３８１２３４５６７８", "13812345678"},
		{"19912345678", "19912345678"},
		{"12812345678", "!phone"},
		{"11012345678", "!phone"},
		{"1381234567", "!phone"},
		{"138-1234-567", "!phone"},
		{"138123456789", "!phone"},
		{"0755-86123456", "0755-86123456"},
		{"(0755)8612 3456", "0755-86123456"},
		{"(0755)86123456", "0755-86123456"},
		{"075586123456", "0755-86123456"},
		{"+86 755 8612 3456", "0755-86123456"},
		{"+86 10 6234 5678", "010-62345678"},
		{"+86 0755 8612 3456", "0755-86123456"},
		{"+86 400 810 1234", "400-810-1234"},
		{"+86 95588", "95588"},
		{"010-62345678", "010-62345678"},
		{"021 6234 5678", "021-62345678"},
		{"0755-86123456-801", "0755-86123456-801"},
		{"0755-86123456 转 801", "0755-86123456-801"},
		{"0755-86123456#801", "0755-86123456-801"},
		{"0755-8612345", "!phone"},
		{"0000-12345678", "!phone"},
		{"86123456", "86123456"},
		{"400-810-1234", "400-810-1234"},
		{"4008101234", "400-810-1234"},
		{"400-810-1234 转 5", "400-810-1234-5"},
		{"95588", "95588"},
		{"95588转1", "95588#1"},
		{"110", "110"},
		{"+44 20 7946 0958", "+44 20 7946 0958"},
		{"+442079460958", "+44 20 7946 0958"},
		{"0044 20 7946 0958", "+44 20 7946 0958"},
		{"+1 (650) 253-0000", "+1 650-253-0000"},
		{"+852 2123 4567", "+852 2123 4567"},
		{"+270000000", "+270000000"},
		{"+999 123", "!phone"},
		{"+86", "!phone"},
		{"0086", "!phone"},
		{"1 (11) 500 555-0162", "1 (11) 500 555-0162"},
		{"398-555-0132", "398-555-0132"},
		{"1-800-555-0199", "1-800-555-0199"},
		{"398-555-0132 转 12", "398-555-0132#12"},
		{"3985550132", "!phone"},
		{"398-555-HELP", "!phone"},
		{"13812345678 (office)", "!phone"},
		{"电话13812345678", "!phone"},
		{"12-34", "!phone"},
		{"+86+13812345678", "!phone"},
		{"138 1234+5678", "!phone"},
		{"----", "!phone"},
		{"1234567890 1234567890 1", "!phone"},
		{"138\x001234\x005678", "!control"},
		{"   ", ""},
	})
}

func TestIDCard(t *testing.T) {
	checkFormat(t, customer.Field("id_number"), []formatCase{
		{"11010519491231002X", "11010519491231002X"},
		{"11010519491231002x", "11010519491231002X"},
		{"１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"},
		{"440524 18800101 0014", "440524188001010014"},
		{"110105194912310021", "!id_card_check"},
		{"11010519491231003X", "!id_card_check"},
		{"110105194902310023", "!id_card_date"},
		{"110105190002290026", "!id_card_date"},
		{"110105194913310020", "!id_card_date"},
		{"990105194912310024", "!id_card_check"},
		{"100105194912310024", "!id_card_region"},
		{"110105491231002", "!id_card_15"},
		{"1101051949123100", "!id_card"},
		{"1101051949123100X2", "!id_card"},
		{"E12345678", "!id_card"},
	})
}

func TestCreditCode(t *testing.T) {
	checkFormat(t, customer.Field("credit_code"), []formatCase{
		{"91350100M000100Y43", "91350100M000100Y43"},
		{"91350100m000100y43", "91350100M000100Y43"},
		{"914403001922038216", "914403001922038216"},
		{"9144030071526726XG", "9144030071526726XG"},
		{"91440300192317458F", "91440300192317458F"},
		{"91350100M000100Y44", "!credit_code_check"},
		{"9144030071526762XG", "!credit_code_check"},
		{"91350100M000100I43", "!credit_code"},
		{"9135010OM000100Y43", "!credit_code"},
		{"91350100M000100Y4", "!credit_code"},
	})
}

func TestEmail(t *testing.T) {
	checkFormat(t, customer.Field("email"), []formatCase{
		{"Li.Wei@Example.COM", "Li.Wei@example.com"},
		{"josé1@adventure-works.com", "josé1@adventure-works.com"},
		{"李伟@例子.中国", "李伟@例子.中国"},
		{"a+b@mail.example.co.uk", "a+b@mail.example.co.uk"},
		{"ａ＠example.com", "a@example.com"},
		{"no-at.example.com", "!email"},
		{"a@b", "!email"},
		{"a@1.2.3.4", "!email"},
		{"a..b@example.com", "!email"},
		{".a@example.com", "!email"},
		{"a@-example.com", "!email"},
		{"a@example..com", "!email"},
		{"a b@example.com", "!email"},
		{"<a@example.com>", "!email"},
		{"a@example.com,b@example.com", "!email"},
		{strings.Repeat("a", 65) + "@example.com", "!email"},
		{"@example.com", "!email"},
	})
}

func TestURL(t *testing.T) {
	checkFormat(t, customer.Field("website"), []formatCase{
		{"https://Example.com/Path?q=1#x", "https://example.com/Path?q=1#x"},
		{"HTTP://example.com:8080", "http://example.com:8080"},
		{"www.example.com", "https://www.example.com"},
		{"例子.中国/关于", "https://例子.中国/关于"},
		{"javascript:alert(1)", "!url"},
		{"javascript://example.com/%0aalert(1)", "!url"},
		{"ftp://example.com", "!url"},
		{"https://user:pw@example.com", "!url"},
		{"https://localhost", "!url"},
		{"https://ex%61mple.com", "!url"},
		{"https://example.com/a b", "!url"},
		{`https://example.com/"onclick`, "!url"},
		{"://", "!url"},
	})
}

func TestOtherFormats(t *testing.T) {
	checkFormat(t, customer.Field("postal_code"), []formatCase{
		{"518057", "518057"}, {"m4b  1v7", "M4B 1V7"}, {"94519-1234", "94519-1234"}, {"SW1A 1AA", "SW1A 1AA"},
		{"51805七", "!postal_code"}, {"1234567890123", "!postal_code"}, {"-1", "!postal_code"},
	})
	checkFormat(t, customer.Field("bank_account"), []formatCase{
		{"6222 0212 3456 7890 123", "6222021234567890123"}, {"gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"},
		{"12", "!bank_account"}, {"6222*0212", "!bank_account"},
	})
	checkFormat(t, person.Field("login"), []formatCase{
		{"José1", "josé1"}, {"jose\u0301", "josé"}, {"li.wei@corp", "li.wei@corp"}, {"李伟", "李伟"}, {"İ", "i"},
		{"", ""}, {"a b", "!login"}, {".a", "!login"}, {"a/b", "!login"}, {strings.Repeat("a", 65), "!login"},
	})
	checkFormat(t, person.Field("national_id"), []formatCase{
		{"295847284", "295847284"}, {"e12345678", "E12345678"}, {"H1234567(8)", "H1234567(8)"},
		{"110105194912310021", "!id_card_check"}, {"11010519491231002X", "11010519491231002X"}, {"12", "!document"}, {"E*123", "!document"},
	})
}

func TestPlainText(t *testing.T) {
	checkFormat(t, customer.Field("name"), []formatCase{
		{"  深圳市关雎生活有限公司 ", "深圳市关雎生活有限公司"},
		{"\ufeffName\u200b", "Name"},
		{"e\u0301", "é"},
		{"𠮷野家 （中国）", "𠮷野家 （中国）"},
		{"a\nb", "!lines"},
		{"a\tb", "!lines"},
		{"a\u2028b", "!lines"},
		{"a\x00b", "!control"},
		{"a\x07b", "!control"},
		{"a\u202eb", "!control"},
		{"a\u0085", "!control"},
		{"a\xff", "!encoding"},
		{"a\ufffd", "!encoding"},
		{strings.Repeat("字", 200), strings.Repeat("字", 200)},
		{strings.Repeat("字", 201), "!too_long"},
		{strings.Repeat("x", 1<<20), "!too_long"},
		{"", ""},
		{" \u3000 ", ""},
	})
	checkFormat(t, customer.Field("remark"), []formatCase{
		{"一\r\n二\r三\n\t四\n", "一\n二\n三\n\t四"},
		{"a\x0bb", "!control"},
		{strings.Repeat("字", 10_001), "!too_long"},
	})
}
