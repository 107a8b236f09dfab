package store

import (
	"context"
	"testing"
	"time"

	"guan/fault"
	"guan/policy"
)

// Words about a record out of sight reach the head over it; who sends them is told the same whether there
// is one or not, and uses as many ids.
func TestAskUnseen(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		one := f.customer("lin", "东方", "")
		spent := func(id policy.ID) policy.ID {
			before := f.newIDs(1)[0]
			f.must(f.as("wang").AskUnseen(ctx, "customer", id, "客户打电话找我"))
			return f.newIDs(1)[0] - before
		}
		there, missing := spent(one.ID), spent(999_999_999)
		if there != missing {
			t.Errorf("%d ids for what is there, %d for what is not", there, missing)
		}
		notices, err := f.as("chief").Notices(ctx, "", true)
		f.must(err)
		if len(notices.Items) != 1 || notices.Items[0].What != NoticeAsked || notices.Items[0].Title != "东方" || notices.Items[0].By.Name != "wang" {
			t.Errorf("%+v", notices.Items)
		}
		if tasks := f.list("chief", "task"); len(tasks) != 1 || tasks[0].Fields["content"] != "客户打电话找我" {
			t.Errorf("%+v", tasks)
		}
		if len(f.list("wang", "task")) != 0 {
			t.Error("who asked sees the task")
		}
		f.refused(f.as("wang").AskUnseen(ctx, "nothing", 1, "x"), fault.NotFound, "kind")
		f.refused(f.as("wang").AskUnseen(ctx, "customer", 1, " "), fault.Invalid, "request_purpose")
		for range asksDay - 2 {
			f.must(f.as("wang").AskUnseen(ctx, "customer", one.ID, "再问一次"))
		}
		f.refused(f.as("wang").AskUnseen(ctx, "customer", one.ID, "x"), fault.Locked, "asks_limit")
		f.refused(f.as("wang").AskUnseen(ctx, "customer", 999_999_999, "x"), fault.Locked, "asks_limit")
		f.clock.advance(25 * time.Hour)

		f.refused(f.as("wang").AskPage(ctx, "/records/customer/7", "x"), fault.Invalid, "page")
		f.must(f.as("wang").AskPage(ctx, "/policy/rules", "想看看规则"))
		notices, err = f.as("admin2").Notices(ctx, "", true)
		f.must(err)
		if len(notices.Items) != 1 || notices.Items[0].What != NoticeAskedPage || notices.Items[0].Detail["page"] != "/policy/rules" {
			t.Errorf("%+v", notices.Items)
		}
	})
}
