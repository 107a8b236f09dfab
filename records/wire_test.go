package records

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"guan/fault"
	"guan/policy"
)

// The strictness of the JSON side: what is accepted, as what, and which code refuses the rest.
func TestParseJSON(t *testing.T) {
	tags, kinds := customer.Field("tags"), &Field{Name: "c_kinds", Type: ManyOf, Class: policy.General, Max: 50, Choices: []Choice{c("a", "甲", "A"), c("b", "乙", "B")}}
	for _, x := range []struct {
		f    *Field
		in   string
		want string // JSON of the value, or the code after a "!"
	}{
		{customer.Field("name"), `"关雎"`, `"关雎"`},
		{customer.Field("name"), `null`, `null`},
		{customer.Field("name"), `""`, `null`},
		{customer.Field("name"), `5`, `!type`},
		{customer.Field("name"), `["x"]`, `!type`},
		{customer.Field("name"), `{}`, `!type`},
		{customer.Field("name"), `"\ud800"`, `!encoding`},
		{customer.Field("name"), "\"\xff\"", `!encoding`},
		{customer.Field("name"), `"a\u0000b"`, `!control`},
		{customer.Field("name"), `"a`, `!json`},
		{customer.Field("name"), ``, `!json`},
		{customer.Field("name"), `"a" "b"`, `!json`},
		{customer.Field("employees"), `12`, `12`},
		{customer.Field("employees"), ` 12 `, `12`},
		{customer.Field("employees"), `"12"`, `!type`},
		{customer.Field("employees"), `12.0`, `!type`},
		{customer.Field("employees"), `1e3`, `!type`},
		{customer.Field("employees"), `-1`, `!range`},
		{customer.Field("employees"), `99999999999999999999`, `!type`},
		{customer.Field("employees"), `true`, `!type`},
		{customer.Field("square_feet"), `12.5`, `12.5`},
		{customer.Field("square_feet"), `-0.0`, `0`},
		{customer.Field("square_feet"), `1e400`, `!type`},
		{customer.Field("square_feet"), `1e10`, `!range`},
		{customer.Field("square_feet"), `NaN`, `!json`},
		{customer.Field("square_feet"), `"NaN"`, `!type`},
		{customer.Field("square_feet"), `null`, `null`},
		{contract.Field("total"), `"20565.6206"`, `"20565.6206"`},
		{contract.Field("total"), `"12.5"`, `"12.50"`},
		{contract.Field("total"), `"-3"`, `"-3.00"`},
		{contract.Field("total"), `"1.23456"`, `!money`},
		{contract.Field("total"), `"1,000"`, `!money`},
		{contract.Field("total"), `"1e3"`, `!money`},
		{contract.Field("total"), `12.5`, `!type`},
		{contract.Field("total"), `"900000000001"`, `!money`},
		{contract.Field("total"), `"99999999999999999999999"`, `!money`},
		{contract.Field("total"), `"NaN"`, `!money`},
		{contract.Field("signed_on"), `"2024-02-29"`, `"2024-02-29"`},
		{contract.Field("signed_on"), `"2023-02-29"`, `!date`},
		{contract.Field("signed_on"), `"2024-2-9"`, `!date`},
		{contract.Field("signed_on"), `"2024-02-29T00:00:00Z"`, `!date`},
		{contract.Field("signed_on"), `"0000-01-01"`, `!date`},
		{contract.Field("signed_on"), `20240229`, `!type`},
		{ticket.Field("due_at"), `"2024-02-29T08:00:00+08:00"`, `"2024-02-29T00:00:00Z"`},
		{ticket.Field("due_at"), `"2024-02-29T08:00:00.123456789Z"`, `"2024-02-29T08:00:00.123456Z"`},
		{ticket.Field("due_at"), `"2024-02-29"`, `!time`},
		{ticket.Field("due_at"), `"2024-02-29 08:00:00"`, `!time`},
		{ticket.Field("due_at"), `"9999-12-31T23:59:59-01:00"`, `!time`},
		{person.Field("active"), `true`, `true`},
		{person.Field("active"), `false`, `false`},
		{person.Field("active"), `"true"`, `!type`},
		{person.Field("active"), `1`, `!type`},
		{contact.Field("customer"), `"9007199254740991"`, `"9007199254740991"`},
		{contact.Field("customer"), `"9007199254740992"`, `!ref`},
		{contact.Field("customer"), `"0"`, `!ref`},
		{contact.Field("customer"), `"-1"`, `!ref`},
		{contact.Field("customer"), `"01"`, `!ref`},
		{contact.Field("customer"), `7`, `!type`},
		{customer.Field("type"), `"company"`, `"company"`},
		{customer.Field("type"), `"企业"`, `!choice`},
		{customer.Field("stage"), `"intent"`, `"intent"`},
		{customer.Field("stage"), `"Intent"`, `!choice`},
		{customer.Field("currency"), `"ZZZ"`, `!choice`},
		{tags, `["vip","a","vip"]`, `["a","vip"]`},
		{tags, `[]`, `[]`},
		{tags, `["  a "]`, `["a"]`},
		{tags, `[""]`, `!empty`},
		{tags, `["a;b"]`, `!separator`},
		{tags, `["a，b"]`, `!separator`},
		{tags, `[null]`, `!type`},
		{tags, `[1]`, `!type`},
		{tags, `"vip"`, `!type`},
		{tags, `["` + strings.Repeat("字", 41) + `"]`, `!too_long`},
		{tags, `["a\u0000"]`, `!control`},
		{tags, manyTags(50), manyTags(50)},
		{tags, manyTags(51), `!too_many`},
		{kinds, `["b","a"]`, `["a","b"]`},
		{kinds, `["甲"]`, `!choice`},
		{customer.Field("place"), `{"lat":22.54,"lng":114.05}`, `{"lat":22.54,"lng":114.05}`},
		{customer.Field("place"), `{"lat":0,"lng":0}`, `null`},
		{customer.Field("place"), `{"lat":0,"lng":10}`, `{"lat":0,"lng":10}`},
		{customer.Field("place"), `{"lat":91,"lng":10}`, `!place`},
		{customer.Field("place"), `{"lat":1,"lng":-180.1}`, `!place`},
		{customer.Field("place"), `{"lat":1}`, `!type`},
		{customer.Field("place"), `{"lat":1,"lng":2,"alt":3}`, `!type`},
		{customer.Field("place"), `{"lat":"1","lng":"2"}`, `!type`},
		{customer.Field("place"), `[1,2]`, `!type`},
	} {
		v, err := x.f.Parse(json.RawMessage(x.in))
		got := ""
		if err != nil {
			e := fault.From(err)
			if e.Kind != fault.Invalid || e.At != x.f.Name {
				t.Errorf("%s %s: refused as %+v", x.f.Name, x.in, e)
			}
			got = "!" + e.Code
		} else {
			b, err := json.Marshal(x.f.Wire(v))
			if err != nil {
				t.Fatal(err)
			}
			got = string(b)
		}
		if got != x.want {
			t.Errorf("%s %s: got %s, want %s", x.f.Name, x.in, got, x.want)
		}
	}
}

func manyTags(n int) string {
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf(`"t%02d"`, i)
	}
	return "[" + strings.Join(items, ",") + "]"
}

func TestParseRecordReportsEverything(t *testing.T) {
	_, err := customer.Parse(map[string]json.RawMessage{
		"name": json.RawMessage(`"ok"`), "phone": json.RawMessage(`"13800x"`), "id": json.RawMessage(`"5"`),
		"employees": json.RawMessage(`"secret"`), "nothing\n": json.RawMessage(`1`),
	})
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.Invalid || e.Code != "fields" {
		t.Fatalf("got %v", err)
	}
	want := map[string]string{"phone": "phone", "id": "read_only", "employees": "type", `"nothing\n"`: "unknown_field"}
	for _, item := range e.Items {
		if want[item.At] != item.Code {
			t.Errorf("unexpected %+v", item)
		}
		delete(want, item.At)
		if strings.Contains(item.Detail, "secret") || strings.Contains(item.Detail, "13800") {
			t.Errorf("the refusal repeats a value: %s", item.Detail)
		}
	}
	if len(want) > 0 {
		t.Errorf("not reported: %v", want)
	}
	values, err := customer.Parse(map[string]json.RawMessage{"name": json.RawMessage(`" 关雎 "`), "phone": json.RawMessage(`null`)})
	if err != nil || values["name"].Text() != "关雎" {
		t.Fatalf("got %v, %v", values, err)
	}
	if v, ok := values["phone"]; !ok || !v.Missing() {
		t.Error("a field set to null must be there and missing")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`"13812345678"`, `{"lat":1,"lng":2}`, `["a"]`, `1e9`, `"2024-01-02"`, `null`, `"\ud800"`, `"https://a.b/%zz"`, `"+86"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, k := range kinds {
			for _, field := range k.Fields {
				v, err := field.Parse(json.RawMessage(in))
				if err != nil {
					continue
				}
				out, err := json.Marshal(field.Wire(v))
				if err != nil {
					t.Fatal(err)
				}
				back, err := field.Parse(out)
				if err != nil || back.Missing() != v.Missing() || !v.Missing() && !back.Equal(v) {
					t.Fatalf("%s.%s: %q gave %s, which gave %v, %v", k.Name, field.Name, in, out, back, err)
				}
			}
		}
	})
}

func FuzzCell(f *testing.F) {
	for _, seed := range []string{"13812345678", "22.5,114", "a;b", "1,234.50", "2024年1月2日 8:00", "￥12", "是", "A 级", "12%", "0755-86123456转801"} {
		f.Add(seed)
	}
	cells := Cells{Lang: "zh"}
	f.Fuzz(func(t *testing.T, in string) {
		for _, k := range kinds {
			for _, field := range k.Fields {
				v, err := cells.Parse(field, in)
				if err != nil || v.Missing() {
					continue
				}
				back, err := cells.Parse(field, cells.Format(field, v))
				if err != nil || !back.Equal(v) {
					t.Fatalf("%s.%s: %q became %q: %v", k.Name, field.Name, in, cells.Format(field, v), err)
				}
			}
		}
	})
}
