package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"guan/exchange"
	"guan/fault"
)

func codes(err error) string {
	if err == nil {
		return ""
	}
	e := fault.From(err)
	if len(e.Items) == 0 {
		return e.Code
	}
	var list []string
	for _, item := range e.Items {
		list = append(list, item.At+": "+item.Code)
	}
	return strings.Join(list, "; ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ what, document, want string }{
		{"whole", `{"kind":"customer","key":"code","columns":[{"column":"店号","field":"code"},{"column":"owner","field":"owner","by":"login"},
			{"column":"纬度","field":"place","part":"lat"},{"column":"经度","field":"place","part":"lng"},{"column":"级","field":"level","values":{"甲":"a"},"strict":true}],
			"constants":{"type":"company"},"ignore":["x"],"keep_empty":true}`, ""},
		{"no JSON", `{"kind":`, "mapping_json"},
		{"unknown member", `{"kind":"customer","collumns":[]}`, "mapping_json"},
		{"two documents", `{"kind":"customer","columns":[{"column":"a","field":"b"}]} {}`, "mapping_json"},
		{"broken UTF-8", "{\"kind\":\"a\xff\"}", "mapping_json"},
		{"too large", strings.Repeat(" ", exchange.MaxBytes+1), "mapping_json"},
		{"nothing", `{}`, "kind: mapping_kind; columns: mapping_columns"},
		{"no field", `{"kind":"customer","columns":[{"column":"a"}]}`, "columns[0].field: mapping_field"},
		{"no heading", `{"kind":"customer","columns":[{"column":" ","field":"a"}]}`, "columns[0].column: mapping_column"},
		{"field twice", `{"kind":"customer","columns":[{"column":"a","field":"x"},{"column":"b","field":"x"}]}`, "columns[1].field: mapping_double"},
		{"one column for two fields", `{"kind":"customer","columns":[{"column":"a","field":"x"},{"column":"a","field":"y"}]}`, ""},
		{"half a place", `{"kind":"customer","columns":[{"column":"a","field":"place","part":"lat"}]}`, "columns: mapping_place"},
		{"a place and its half", `{"kind":"customer","columns":[{"column":"a","field":"place"},{"column":"b","field":"place","part":"lat"},{"column":"c","field":"place","part":"lng"}]}`, "columns[1].field: mapping_double; columns[2].field: mapping_double"},
		{"unknown part", `{"kind":"customer","columns":[{"column":"a","field":"place","part":"x"}]}`, "columns[0].part: mapping_part; columns: mapping_place"},
		{"constant over column", `{"kind":"customer","columns":[{"column":"a","field":"x"}],"constants":{"x":"1"}}`, "constants.x: mapping_double"},
		{"key that nothing fills", `{"kind":"customer","key":"code","columns":[{"column":"a","field":"x"}]}`, "key: mapping_key"},
		{"mapped and ignored", `{"kind":"customer","columns":[{"column":"a","field":"x"}],"ignore":["a"]}`, "columns[0].column: mapping_ignored"},
		{"strict about nothing", `{"kind":"customer","columns":[{"column":"a","field":"x","strict":true}]}`, "columns[0].strict: mapping_values"},
		{"by two words", `{"kind":"customer","columns":[{"column":"a","field":"x","by":"r.id"}]}`, "columns[0].by: mapping_by"},
		{"a head", `{"kind":"head","columns":[{"column":"a","field":"unit","by":"path"},{"column":"b","field":"person","by":"login","skip_row":true}]}`, ""},
		{"an appointment without beginning", `{"kind":"appointment","columns":[{"column":"a","field":"unit"},{"column":"b","field":"person"}],"constants":{"position":"x"}}`, "columns: mapping_required"},
		{"a unit with a colour", `{"kind":"unit","columns":[{"column":"a","field":"path"},{"column":"b","field":"type"},{"column":"c","field":"colour"}],"constants":{"smell":"x"}}`, "columns[2].field: mapping_field; constants.smell: mapping_field"},
	} {
		_, err := exchange.Parse([]byte(c.document))
		if got := codes(err); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: kind %v", c.what, fault.KindOf(err))
		}
	}
}

func TestBind(t *testing.T) {
	m := &exchange.Mapping{Kind: "customer", Columns: []exchange.Column{{Column: "b", Field: "x"}, {Column: "a", Field: "y"}, {Column: "b", Field: "z"}}, Ignore: []string{"c", "gone"}}
	places, err := m.Bind([]string{" a ", "b", "c", ""})
	if err != nil || !slices.Equal(places, []int{1, 0, 1}) {
		t.Errorf("got %v, %v", places, err)
	}
	for _, c := range []struct {
		header []string
		want   string
	}{
		{[]string{"a"}, "column b: mapping_heading_missing"},
		{[]string{"a", "b", "d", "d"}, "column d: mapping_heading_double; column d: mapping_heading_unknown"},
		{[]string{"A", "b"}, "column a: mapping_heading_missing; column A: mapping_heading_unknown"},
	} {
		_, err := m.Bind(c.header)
		if got := codes(err); got != c.want {
			t.Errorf("%v: %q, want %q", c.header, got, c.want)
		}
	}
}

func TestTranslate(t *testing.T) {
	loose := exchange.Column{Values: map[string]string{"甲": "a"}}
	strict := loose
	strict.Strict = true
	for _, c := range []struct {
		column exchange.Column
		cell   string
		want   string
		ok     bool
	}{
		{loose, " 甲", "a", true}, {loose, "乙", "乙", true}, {strict, "甲", "a", true}, {strict, "乙", "乙", false}, {strict, "", "", true},
	} {
		if got, ok := c.column.Translate(c.cell); got != c.want || ok != c.ok {
			t.Errorf("%q: %q %v", c.cell, got, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"kind":"customer","key":"x","columns":[{"column":"a","field":"x"}]}`))
	f.Add([]byte(`{"columns":[{}]}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		m, err := exchange.Parse(document)
		if err == nil && m.Check() != nil {
			t.Error("a mapping that was accepted does not check")
		}
	})
}
