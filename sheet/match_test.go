package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMatch(t *testing.T) {
	targets := []Target{
		{"name", []string{"客户名称", "Name"}},
		{"postal_code", []string{"邮政编码", "Postal code"}},
		{"phone", []string{"电话", "Phone"}},
		{"place", []string{"位置", "Place"}},
		{"stage", []string{"阶段", "Stage"}},
		{"phase", []string{"阶段", "Phase"}},
	}
	for _, x := range []struct {
		header    string
		targets   string
		unknown   []int
		blank     []int
		ambiguous []Ambiguity
	}{
		{"客户名称|电话", "name|phone", nil, nil, nil},
		{" NAME |Postal Code|ｐｈｏｎｅ", "name|postal_code|phone", nil, nil, nil},
		{"postal_code|postal-code2", "postal_code|", []int{1}, nil, nil},
		{"客户名称(必填)|电话（必填）|*阶段名|邮政 编码＊:", "name|phone||postal_code", []int{2}, nil, nil},
		{"Name [required]|【必填】电话", "name|phone", nil, nil, nil},
		{"名称|客户", "|", []int{0, 1}, nil, nil},
		{"name||  |phone", "name|||phone", nil, []int{1, 2}, nil},
		{"阶段|name", "|name", nil, nil, []Ambiguity{{0, []string{"stage", "phase"}}}},
		{"name|phone|客户名称", "|phone|", nil, nil, []Ambiguity{{0, []string{"name"}}, {2, []string{"name"}}}},
		{"*|(必填)", "|", []int{0, 1}, nil, nil},
	} {
		m := Match(strings.Split(x.header, "|"), targets)
		want := Matches{Targets: strings.Split(x.targets, "|"), Unknown: x.unknown, Blank: x.blank, Ambiguous: x.ambiguous}
		if diff := cmp.Diff(want, m); diff != "" {
			t.Errorf("%s: -want +got\n%s", x.header, diff)
		}
	}
}

// What a heading may well mean is one target, or nothing.
func TestSimilar(t *testing.T) {
	targets := []Target{{"name", []string{"客户名称", "Name"}}, {"code", []string{"客户编码", "Customer code"}}, {"phone2", []string{"备用电话", "Other phone"}}, {"post", []string{"邮政编码"}}}
	for heading, want := range map[string]string{"客户名称全称": "name", "客户编码 号": "code", "编码": "", "备用": "", "x": "", "Customer code no": "code", "名称": ""} {
		if got, ok := Similar(heading, targets); got != want || ok != (want != "") {
			t.Errorf("%s: %q", heading, got)
		}
	}
}
