package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Colleagues are found by name, sound and initials, those whose name fits best first, and by nothing
// else that stands in their records; who no longer works here is not found.
func TestColleagues(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		// Twelve whose names have the pieces of 'sang' would fill the list before 桑晓, by name alone.
		for i, name := range append(strings.Fields("张三 张三丰 赵倩 桑晓 单雄信"), strings.Fields(strings.Repeat("张三 ", 12))...) {
			_, err := f.as("boss").Create(ctx, "person", Fields{"name": raw(name), "login": raw(fmt.Sprintf("zq%d", i)), "title": raw("导购"), "code": raw(fmt.Sprintf("NO%d", i))})
			f.must(err)
		}
		find := func(q string) []string {
			t.Helper()
			list, err := f.as("lin").Colleagues(ctx, q)
			f.must(err)
			names := []string{}
			for _, c := range list {
				names = append(names, c.Name)
			}
			return names
		}
		for q, want := range map[string][]string{
			"赵": {"赵倩"}, "zhaoqian": {"赵倩"}, "zhaoq": {"赵倩"}, "sxx": {"单雄信"}, "shanxx": {}, "zsf": {"张三丰"},
			"导购": {}, "NO1": {}, "zq1": {}, "": {}, "…": {},
		} {
			if got := find(q); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", q, got, want)
			}
		}
		if got := find("sang"); len(got) != colleaguesShown || got[0] != "桑晓" {
			t.Errorf("sang finds %q", got)
		}
		if got := find("zhangsanf"); len(got) == 0 || got[0] != "张三丰" {
			t.Errorf("zhangsanf finds %q", got)
		}
		list, err := f.as("boss").List(ctx, ListQuery{Kind: "person", Filter: `r.name == "赵倩"`})
		f.must(err)
		_, err = f.as("boss").Update(ctx, "person", list.Items[0].ID, 1, jsonFields(t, `{"active":false}`))
		f.must(err)
		if got := find("zhaoqian"); len(got) != 0 {
			t.Errorf("who left is found: %q", got)
		}
	})
}
