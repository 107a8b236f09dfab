package store

import (
	"context"
	"testing"

	"guan/fault"
	"guan/policy"
)

func named(list []ListView, name string) *ListView {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

func TestViewsStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		mine, err := f.as("lin").SaveView(ctx, "customer", NewView{Name: ptr("深圳的客户"), Default: ptr(true),
			Search: &ViewSearch{Rows: [][]string{{"city", "eq", "深圳"}, {"phone", "has"}}, Sort: "-name", Columns: "name,city", Widths: map[string]int{"name": 300}}})
		f.must(err)
		if !mine.Mine || !mine.Default || mine.Version != 1 || mine.Closed || len(mine.Search.Rows) != 2 || mine.Search.Widths["name"] != 300 {
			t.Errorf("%+v", mine)
		}
		// It is nobody else's.
		for _, who := range []string{"wang", "chief", "boss", "admin"} {
			list, err := f.as(who).Views(ctx, "customer")
			f.must(err)
			if len(list) != 0 {
				t.Errorf("%s sees %+v", who, list)
			}
			_, err = f.as(who).ChangeView(ctx, mine.ID, 1, NewView{Name: ptr("x")})
			f.refused(err, fault.NotFound, "view")
			f.refused(f.as(who).DeleteView(ctx, mine.ID, 1), fault.NotFound, "view")
		}
		// A default that moves is one default.
		other, err := f.as("lin").SaveView(ctx, "customer", NewView{Name: ptr("其他"), Search: &ViewSearch{Layout: "board"}, Default: ptr(true)})
		f.must(err)
		list, err := f.as("lin").Views(ctx, "customer")
		f.must(err)
		if len(list) != 2 || named(list, "深圳的客户").Default || !named(list, "其他").Default {
			t.Errorf("%+v", list)
		}
		_, err = f.as("lin").ChangeView(ctx, other.ID, 9, NewView{Name: ptr("新名")})
		f.refused(err, fault.Stale, "version")
		renamed, err := f.as("lin").ChangeView(ctx, other.ID, 1, NewView{Name: ptr(" 新名 ")})
		f.must(err)
		if renamed.Name != "新名" || renamed.Version != 2 || renamed.Search.Layout != "board" {
			t.Errorf("%+v", renamed)
		}
		f.must(f.as("lin").DeleteView(ctx, other.ID, 2))
		list, err = f.as("lin").Views(ctx, "customer")
		f.must(err)
		if len(list) != 1 || list[0].Default {
			t.Errorf("%+v", list)
		}
	})
}

func TestViewsAreChecked(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		for _, c := range []struct {
			search ViewSearch
			code   string
		}{
			{ViewSearch{Rows: [][]string{{"nonsense", "eq", "1"}}}, "view"},
			{ViewSearch{Rows: [][]string{{"name"}}}, "view"},
			{ViewSearch{CEL: "r.name == "}, "view"},
			{ViewSearch{CEL: "r.nonsense == 'x'"}, "view"},
			{ViewSearch{Sort: "nonsense"}, "view"},
			{ViewSearch{Columns: "name,nonsense"}, "view"},
			{ViewSearch{Widths: map[string]int{"name": 9}}, "view"},
			{ViewSearch{Layout: "cloud"}, "view"},
		} {
			_, err := f.as("lin").SaveView(ctx, "customer", NewView{Name: ptr("x"), Search: &c.search})
			f.refused(err, fault.Invalid, c.code)
		}
		_, err := f.as("lin").SaveView(ctx, "customer", NewView{Name: ptr(" "), Search: &ViewSearch{}})
		f.refused(err, fault.Invalid, "view")
		_, err = f.as("lin").SaveView(ctx, "unicorn", NewView{Name: ptr("x"), Search: &ViewSearch{}})
		f.refused(err, fault.NotFound, "kind")
		_, err = f.as("lin").Views(ctx, "unicorn")
		f.refused(err, fault.NotFound, "kind")
	})
}

// A shared view grants nothing, and tells nothing that its reader may not know.
func TestSharedViews(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		search := &ViewSearch{Rows: [][]string{{"city", "eq", "深圳"}}, Columns: "name,phone", Sort: "name"}
		team := &ViewShare{Units: []policy.ID{f.id("华南")}}
		// Beyond one's own units only who administers shares.
		_, err := f.as("lin").SaveView(ctx, "customer", NewView{Name: ptr("团队"), Search: search, Shared: team})
		f.refused(err, fault.Denied, "view_share")
		_, err = f.as("wang").SaveView(ctx, "customer", NewView{Name: ptr("所有"), Search: search, Shared: &ViewShare{Everyone: true}})
		f.refused(err, fault.Denied, "view_share")
		shared, err := f.as("wang").SaveView(ctx, "customer", NewView{Name: ptr("团队"), Search: search, Shared: team})
		f.must(err)
		for who, sees := range map[string]bool{"zhao": true, "lin": false, "admin": false, "chief": false} {
			list, err := f.as(who).Views(ctx, "customer")
			f.must(err)
			if got := named(list, "团队"); (got != nil) != sees {
				t.Errorf("%s: %+v", who, list)
			} else if got != nil && (got.Mine || got.Closed || len(got.Search.Rows) != 1) {
				t.Errorf("%s: %+v", who, got)
			}
		}
		// What it asks is asked under the rights of who opens it.
		f.customer("wang", "深圳客户", `city="深圳"`)
		f.sees("zhao")
		_, err = f.as("zhao").ChangeView(ctx, shared.ID, 1, NewView{Name: ptr("我的")})
		f.refused(err, fault.Denied, "view_owner")
		first, err := f.as("zhao").ChangeView(ctx, shared.ID, 1, NewView{Default: ptr(true)})
		f.must(err)
		if !first.Default || first.Version != 1 {
			t.Errorf("%+v", first)
		}

		// A filter over other fields than general ones, or words of a search, are values.
		for _, search := range []ViewSearch{
			{Rows: [][]string{{"phone", "eq", "13800138000"}}}, {CEL: "r.phone == '13800138000'"}, {Words: "13800138000"},
		} {
			_, err = f.as("wang").SaveView(ctx, "customer", NewView{Name: ptr("x"), Search: &search, Shared: team})
			f.refused(err, fault.Invalid, "view_share_filter")
			_, err = f.as("wang").ChangeView(ctx, shared.ID, 1, NewView{Search: &search})
			f.refused(err, fault.Invalid, "view_share_filter")
		}

		// To whom a field is closed, somebody else's filter over it is too.
		everybody, err := f.as("admin").SaveView(ctx, "customer", NewView{Name: ptr("公司"), Search: &ViewSearch{Rows: [][]string{{"city", "eq", "秘密"}}, Columns: "name"}, Shared: &ViewShare{Everyone: true}})
		f.must(err)
		list, err := f.as("lin").Views(ctx, "customer")
		f.must(err)
		if got := named(list, "公司"); got == nil || got.Closed {
			t.Errorf("%+v", list)
		}
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "no-city", Effect: policy.Forbid, Who: policy.Who{Any: []policy.Clause{{Person: f.id("lin")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Read}, Where: everything, Fields: []policy.FieldRule{{Field: "city", Level: policy.Hidden}}, Scene: "试用"})
		f.must(err)
		list, err = f.as("lin").Views(ctx, "customer")
		f.must(err)
		if got := named(list, "公司"); got == nil || !got.Closed || len(got.Search.Rows) != 0 || len(got.Locked) != 1 || got.Locked[0] != "city" {
			t.Errorf("%+v", got)
		}
		if everybody.Owner.ID != f.id("admin") {
			t.Errorf("%+v", everybody)
		}
		// A view of a position is of all who hold it now, wherever they stand; positions are given by who
		// administers alone, and one that does not exist is none.
		_, err = f.as("wang").SaveView(ctx, "customer", NewView{Name: ptr("x"), Search: search, Shared: &ViewShare{Positions: []string{"sales"}}})
		f.refused(err, fault.Denied, "view_share")
		_, err = f.as("admin").SaveView(ctx, "customer", NewView{Name: ptr("x"), Search: search, Shared: &ViewShare{Positions: []string{"nobody"}}})
		f.refused(err, fault.Invalid, "view")
		_, err = f.as("admin").SaveView(ctx, "customer", NewView{Name: ptr("销售岗"), Search: search, Shared: &ViewShare{Positions: []string{"sales"}}})
		f.must(err)
		for who, sees := range map[string]bool{"lin": true, "wang": true, "chief": false, "leaver": false, "boss": false} {
			list, err := f.as(who).Views(ctx, "customer")
			f.must(err)
			if got := named(list, "销售岗"); (got != nil) != sees {
				t.Errorf("%s of a view of sellers: %+v", who, list)
			}
		}
		// Who administers takes any shared view away; taking it back ends the sharing.
		back, err := f.as("wang").ChangeView(ctx, shared.ID, 1, NewView{Shared: &ViewShare{}})
		f.must(err)
		if back.Shared != nil {
			t.Errorf("%+v", back)
		}
		list, err = f.as("zhao").Views(ctx, "customer")
		f.must(err)
		if named(list, "团队") != nil {
			t.Error("a view that was taken back is still there")
		}
		f.must(f.as("boss").DeleteView(ctx, everybody.ID, 1))
	})
}
