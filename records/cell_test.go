package records

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guan/fault"
	"guan/policy"
)

func TestParseCell(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	cells := Cells{Lang: "zh", Zone: shanghai}
	percent := opportunity.Field("probability")
	for _, x := range []struct {
		f        *Field
		in, want string // what Format writes, or the code after a "!"
	}{
		{contract.Field("signed_on"), "2024-1-2", "2024-01-02"},
		{contract.Field("signed_on"), "2024/01/02", "2024-01-02"},
		{contract.Field("signed_on"), "2024.1.2", "2024-01-02"},
		{contract.Field("signed_on"), "2024年1月2日", "2024-01-02"},
		{contract.Field("signed_on"), "２０２４年１月２日", "2024-01-02"},
		{contract.Field("signed_on"), "20240102", "2024-01-02"},
		{contract.Field("signed_on"), "2024-01-02T00:00:00", "2024-01-02"},
		{contract.Field("signed_on"), "2024-01-02 00:00:00", "2024-01-02"},
		{contract.Field("signed_on"), "2024-01-02 08:30", "!date"},
		{contract.Field("signed_on"), "2024-02-30", "!date"},
		{contract.Field("signed_on"), "2024-13-01", "!date"},
		{contract.Field("signed_on"), "1/2/2024", "!date"},
		{contract.Field("signed_on"), "24-1-2", "!date"},
		{contract.Field("signed_on"), "2024-1/2", "!date"},
		{contract.Field("signed_on"), "45293", "!date"},
		{contract.Field("signed_on"), "", ""},
		{ticket.Field("due_at"), "2024-01-02 15:04", "2024-01-02 15:04:00"},
		{ticket.Field("due_at"), "2024年1月2日15:04:05", "2024-01-02 15:04:05"},
		{ticket.Field("due_at"), "2024-01-02T15:04:05.25", "2024-01-02 15:04:05.25"},
		{ticket.Field("due_at"), "2024-01-02T07:04:05Z", "2024-01-02 15:04:05"},
		{ticket.Field("due_at"), "2024-01-02", "2024-01-02 00:00:00"},
		{ticket.Field("due_at"), "2024-01-02 25:00", "!time"},
		{ticket.Field("due_at"), "2024-01-215:04", "!time"},
		{contract.Field("total"), "1234.5", "1234.50"},
		{contract.Field("total"), "¥1,234.50", "1234.50"},
		{contract.Field("total"), "￥ 1,234,567", "1234567.00"},
		{contract.Field("total"), "１，２３４", "1234.00"},
		{contract.Field("total"), "-¥12", "-12.00"},
		{contract.Field("total"), "-12", "-12.00"},
		{contract.Field("total"), "12.50000", "12.50"},
		{contract.Field("total"), "12.", "!money"},
		{contract.Field("total"), "12.00001", "!money"},
		{contract.Field("total"), "12,34", "!money"},
		{contract.Field("total"), "1,2345", "!money"},
		{contract.Field("total"), "12万", "!money"},
		{contract.Field("total"), "1E+05", "!money"},
		{contract.Field("total"), "(12)", "!money"},
		{contract.Field("total"), "1000000000000", "!money"},
		{customer.Field("employees"), "1,200", "1200"},
		{customer.Field("employees"), "13.0", "13"},
		{customer.Field("employees"), "13.5", "!int"},
		{customer.Field("employees"), "many", "!int"},
		{customer.Field("employees"), "-3", "!range"},
		{customer.Field("square_feet"), "21,000.5", "21000.5"},
		{customer.Field("square_feet"), "NaN", "!number"},
		{customer.Field("square_feet"), "Inf", "!number"},
		{customer.Field("square_feet"), "0x10", "!number"},
		{percent, "35%", "35"},
		{percent, "３５％", "35"},
		{percent, "101", "!range"},
		{person.Field("active"), "是", "是"},
		{person.Field("active"), "TRUE", "是"},
		{person.Field("active"), "no", "否"},
		{person.Field("active"), "maybe", "!bool"},
		{customer.Field("type"), "individual", "个人"},
		{customer.Field("type"), "个人", "个人"},
		{customer.Field("type"), " COMPANY ", "企业"},
		{customer.Field("type"), "公司", "!choice"},
		{customer.Field("level"), "A级", "A 级"},
		{customer.Field("stage"), "Interested", "意向"},
		{customer.Field("tags"), "vip；华南, 重点、老客户", "vip;华南;老客户;重点"},
		{customer.Field("tags"), " ; ", ""},
		{customer.Field("place"), "22.54,114.05", "22.54,114.05"},
		{customer.Field("place"), "22.54， 114.05", "22.54,114.05"},
		{customer.Field("place"), "0,0", ""},
		{customer.Field("place"), "114.05,22.54", "!place"},
		{customer.Field("place"), "22.54", "!place"},
		{customer.Field("place"), "NaN,1", "!place"},
		{contact.Field("customer"), "42", "42"},
		{contact.Field("customer"), "关雎", "!ref"},
		{customer.Field("employees"), "1\x002", "!control"},
		{customer.Field("employees"), "1\xff", "!encoding"},
		{customer.Field("phone"), "１３８ １２３４ ５６７８", "13812345678"},
	} {
		v, err := cells.Parse(x.f, x.in)
		got := cells.Format(x.f, v)
		if err != nil {
			got = "!" + fault.From(err).Code
		}
		if got != x.want {
			t.Errorf("%s %q: got %q, want %q", x.f.Name, x.in, got, x.want)
		}
	}
}

func TestPlaceFromTwoCells(t *testing.T) {
	f := customer.Field("place")
	for _, x := range []struct {
		lat, lng string
		known    bool
		fails    bool
	}{{"22.5", "114", true, false}, {"", "", false, false}, {"0.0", "0.0", false, false}, {"22.5", "", false, true}, {"x", "1", false, true}, {"95", "1", false, true}} {
		v, err := f.ParsePlace(x.lat, x.lng)
		if v.Missing() == x.known || (err != nil) != x.fails {
			t.Errorf("%q %q: got %v, %v", x.lat, x.lng, v, err)
		}
	}
}

// valueOf draws a value that the field could hold, as it is kept.
func valueOf(t *rapid.T, f *Field) policy.Value {
	kept := func(raw policy.Value) bool { _, err := f.Normal(raw); return err == nil }
	v, err := f.Normal(rapid.Custom(func(t *rapid.T) policy.Value { return rawOf(t, f) }).Filter(kept).Draw(t, "value"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func rawOf(t *rapid.T, f *Field) policy.Value {
	raw := policy.Value{}
	switch f.Type {
	case Text:
		raw = policy.TextOf(textOf(t, f))
	case Int:
		raw = policy.IntOf(rapid.Int64Range(-10, 3000).Draw(t, "int"))
	case Number:
		raw = policy.NumberOf(rapid.Float64Range(-1000, 1e9).Draw(t, "number"))
	case Money:
		raw = policy.MoneyOf(rapid.Int64Range(-moneyLimit, moneyLimit).Draw(t, "money"))
	case Date:
		raw = policy.MicrosOf(rapid.Int64Range(minMicros/dayMicros, maxMicros/dayMicros).Draw(t, "days") * dayMicros)
	case Time:
		raw = policy.MicrosOf(rapid.Int64Range(minMicros, maxMicros).Draw(t, "micros"))
	case Bool:
		raw = policy.BoolOf(rapid.Bool().Draw(t, "bool"))
	case Ref:
		raw = policy.RefOf(policy.ID(rapid.Int64Range(1, 1<<53-1).Draw(t, "id")))
	case OneOf:
		raw = policy.TextOf(rapid.SampledFrom(f.Choices).Draw(t, "choice").Code)
	case ManyOf:
		raw = policy.SetOf(rapid.SliceOfN(rapid.StringMatching(`[a-z\p{Han}é ]{1,8}`), 1, 5).Draw(t, "tags")...)
	case Place:
		raw = policy.PlaceOf(rapid.Float64Range(-90, 90).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lng"))
	}
	return raw
}

func textOf(t *rapid.T, f *Field) string {
	patterns := map[Format]string{
		Phone: `1[3-9]\d{9}|0(10|2[0-9]|[3-9]\d\d)-[2-8]\d{7}|\+\d{8,13}|\d{3}-\d{3}-\d{4}(#\d{1,3})?|1 \(\d\d\) \d{3} \d{3}-\d{4}`, Email: `[a-zé.]{1,8}@[A-Za-z]{1,5}\.(com|中国)`,
		URL: `(https?://)?[a-zA-Z]{1,6}\.com(:\d{1,3})?(/[a-z?=#%\d]{0,6})?`, PostalCode: `[A-Z\d]{3} ?[A-Z\d]{3}`,
		BankAccount: `[\dA-Z ]{5,30}`, Login: `[A-Za-zéİ中][a-z.\d]{0,10}`, Document: `[A-Za-z\d]{4,12}`, Multiline: `[ -~\n\t中文é]{0,40}`, Plain: `[ -~中文éＡ１]{0,40}`,
	}
	switch f.Format {
	case IDCard:
		born := rapid.StringMatching(`1[1-5][0-9]{4}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}`).Draw(t, "id")
		return born + string(idCheck(born))
	case CreditCode:
		code := rapid.StringMatching(`9[1-3][0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}`).Draw(t, "code")
		return code + string(creditCheck(code))
	}
	return rapid.StringMatching(patterns[f.Format]).Draw(t, "text")
}

// What Wire and Format write, Parse reads back as the same value, for every field of every kind.
func TestValuesComeBack(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	zones := []*time.Location{nil, time.FixedZone("CST", 8*3600), newYork}
	for _, k := range kinds {
		for _, f := range oneOfEachSort(k) {
			t.Run(string(k.Name)+"."+f.Name, rapid.MakeCheck(func(t *rapid.T) {
				v := valueOf(t, f)
				out, err := json.Marshal(f.Wire(v))
				if err != nil {
					t.Fatal(err)
				}
				back, err := f.Parse(out)
				if err != nil || back.Missing() != v.Missing() || !v.Missing() && !back.Equal(v) {
					t.Fatalf("JSON %s came back as %v, %v", out, back, err)
				}
				cells := Cells{Lang: rapid.SampledFrom([]string{"zh", "en"}).Draw(t, "lang"), Zone: rapid.SampledFrom(zones).Draw(t, "zone")}
				cell := cells.Format(f, v)
				back, err = cells.Parse(f, cell)
				if err != nil || back.Missing() != v.Missing() || !v.Missing() && !back.Equal(v) {
					t.Fatalf("cell %q came back as %v, %v", cell, back, err)
				}
			}))
		}
	}
}

var sorts = map[string]bool{}

// oneOfEachSort keeps the property tests short: one field per type, format and range.
func oneOfEachSort(k *Kind) []*Field {
	var out []*Field
	for _, f := range k.Fields {
		key := string(f.Type) + "/" + string(f.Format)
		if f.Type == OneOf {
			key += "/" + string(k.Name) + "/" + f.Name
		}
		if !sorts[key] {
			sorts[key] = true
			out = append(out, f)
		}
	}
	return out
}
