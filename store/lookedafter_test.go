package store

import (
	"context"
	"testing"

	"guan/fault"
)

// Nobody is told whether somebody looks after a customer unless a rule says so; and then yes or no,
// in whatever way the name is written.
func TestLookedAfter(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("wang", "杭州东方贸易有限公司", `phone="13800138000";credit_code="91330100799655058B"`)
		_, err := f.as("lin").LookedAfter(ctx, "customer", Fields{"name": raw("东方")})
		f.refused(err, fault.Denied, "right")
		for _, c := range []struct {
			field, value string
			want         bool
		}{
			{"name", "杭州东方贸易", true}, {"name", "杭州 东方贸易（有限公司）", true}, {"name", "杭州东方贸易股份有限公司", true}, {"name", "杭州西方贸易", false},
			{"phone", "138 0013 8000", true}, {"phone", "+86 13800138000", true}, {"phone", "１３８００１３８０００", true}, {"phone2", "13800138000", true}, {"phone", "13800138001", false},
			{"credit_code", "91330100799655058B", true},
		} {
			got, err := f.as("boss").LookedAfter(ctx, "customer", Fields{c.field: raw(c.value)})
			f.must(err)
			if got != c.want {
				t.Errorf("%s %s: %v", c.field, c.value, got)
			}
		}
		// The plain check goes on to say nothing of it.
		d, err := f.as("lin").Duplicates(ctx, "customer", Fields{"phone": raw("13800138000")})
		f.must(err)
		if d.Found || len(d.Mine) != 0 {
			t.Errorf("%+v", d)
		}
		for range lookedHour {
			_, err = f.as("boss").LookedAfter(ctx, "customer", Fields{"name": raw("x1")})
		}
		f.refused(err, fault.Locked, "looked_limit")
	})
}

// Who asks learns nothing; the head who sees both sides gets a task with the words.
func TestAskHead(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customer("wang", "东方贸易", "")
		before := len(f.list("lin", "task"))
		f.must(f.as("lin").AskHead(ctx, "customer", Fields{"name": raw("东方贸易有限公司")}, "他们找到了我"))
		f.must(f.as("lin").AskHead(ctx, "customer", Fields{"name": raw("没有这家")}, "他们找到了我"))
		if n := count(t, f.db, "SELECT count(*) FROM task"); n != 1 {
			t.Fatalf("%d tasks", n)
		}
		tasks := f.list("chief", "task")
		if len(tasks) != 1 || tasks[0].Fields["content"] != "他们找到了我" || tasks[0].Fields["customer"] != f.id("东方贸易").String() {
			t.Errorf("%+v", tasks)
		}
		page, err := f.as("chief").Notices(ctx, "", false)
		f.must(err)
		if len(page.Items) != 1 || page.Items[0].What != NoticeAsked || page.Items[0].Title != "东方贸易" || page.Items[0].By.Name != "lin" {
			t.Errorf("%+v", page.Items)
		}
		if after := len(f.list("lin", "task")); after != before {
			t.Error("who asked sees the task")
		}
		f.refused(f.as("auditor").AskHead(ctx, "customer", Fields{"name": raw("东方贸易")}, "x"), fault.Denied, "action")
		f.refused(f.as("lin").AskHead(ctx, "customer", Fields{"name": raw("东方贸易")}, " "), fault.Invalid, "required")
		for range asksDay {
			err = f.as("lin").AskHead(ctx, "customer", Fields{"name": raw("没有")}, "x")
		}
		f.refused(err, fault.Locked, "asks_limit")
		f.whole()
	})
}
