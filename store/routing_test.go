package store

import (
	"context"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
)

func (f *firm) routing(r access.Routing) *WrittenRouting {
	f.t.Helper()
	made, err := f.as("admin").CreateRouting(context.Background(), r)
	f.must(err)
	return made
}

// tasks are the subjects of the tasks that somebody has, the oldest first.
func (f *firm) tasks(who string) []Item {
	f.t.Helper()
	var own []Item
	for _, it := range f.list(who, "task") {
		if it.plain["owner"].ID() == f.id(who) {
			own = append(own, it)
		}
	}
	return own
}

func (f *firm) tag(who, name, tags string) {
	f.t.Helper()
	ctx := context.Background()
	it, err := f.as(who).Get(ctx, "customer", f.id(name))
	f.must(err)
	_, err = f.as(who).Update(ctx, "customer", it.ID, it.Version, Fields{"tags": []byte(tags)})
	f.must(err)
}

func TestRouting(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.routing(access.Routing{Name: "投诉", Kind: "customer", Tag: "投诉中", To: access.ToPosition, Position: "lead", Task: "处理投诉", Hours: 4})
		f.routing(access.Routing{Name: "意向", Kind: "customer", Stage: "intent", To: access.ToOwner, Task: "跟进意向客户"})
		f.customer("lin", "东方", "")

		// The tag comes: the head of sales has a task and a notice, nobody else.
		f.tag("lin", "东方", `["投诉中"]`)
		tasks := f.tasks("chief")
		if len(tasks) != 1 || tasks[0].Title != "处理投诉" || tasks[0].plain["customer"].ID() != f.id("东方") || !tasks[0].plain["due_at"].Time().Equal(f.clock.Now().Add(4*time.Hour).Truncate(time.Microsecond)) {
			t.Fatalf("the tasks of the head are %+v", tasks)
		}
		notices, err := f.as("chief").Notices(ctx, "", true)
		f.must(err)
		if len(notices.Items) != 1 || notices.Items[0].What != NoticeRouted || notices.Items[0].Record != tasks[0].ID {
			t.Errorf("the notices of the head are %+v", notices.Items)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'routed' AND record_id = $1 AND actor_id = $2", int64(f.id("东方")), int64(f.id("lin"))); n != 1 {
			t.Errorf("%d entries say so", n)
		}
		// It stays: nothing more comes. It goes and comes again: it concerns them again.
		f.tag("lin", "东方", `["投诉中","VIP"]`)
		f.tag("lin", "东方", `["VIP"]`)
		if n := len(f.tasks("chief")); n != 1 {
			t.Errorf("%d tasks", n)
		}
		f.tag("lin", "东方", `["投诉中"]`)
		if n := len(f.tasks("chief")); n != 2 {
			t.Errorf("%d tasks", n)
		}

		// A stage, on a new record too; one's own doing is a task and no notice.
		made, err := f.as("lin").Create(ctx, "customer", Fields{"name": []byte(`"西方"`), "stage": []byte(`"intent"`)})
		f.must(err)
		if tasks := f.tasks("lin"); len(tasks) != 1 || tasks[0].plain["customer"].ID() != made.ID {
			t.Errorf("the tasks of the seller are %+v", tasks)
		}
		notices, err = f.as("lin").Notices(ctx, "", true)
		f.must(err)
		if len(notices.Items) != 0 {
			t.Errorf("one is told of one's own doing: %+v", notices.Items)
		}
	})
}

// Whom it means may have gone: the head nearest to the record answers then, and at last the one who
// heads the company.
func TestRoutingFindsSomebody(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.routing(access.Routing{Name: "审计", Kind: "customer", Tag: "风险", To: access.ToPosition, Position: "audit", Task: "核查"})
		f.routing(access.Routing{Name: "负责人", Kind: "customer", Tag: "急", To: access.ToOwner, Task: "联系"})
		f.routing(access.Routing{Name: "主管", Kind: "customer", Tag: "大客户", To: access.ToHead, Task: "拜访"})
		f.customer("lin", "东方", "")
		f.pooled("湖畔", "")

		f.tag("boss", "东方", `["风险"]`) // nobody of that position is near: whoever holds it in the company
		if n := len(f.tasks("auditor")); n != 1 {
			t.Errorf("the auditor has %d tasks", n)
		}
		f.tag("boss", "湖畔", `["急"]`) // without an owner or unit
		if n := len(f.tasks("boss")); n != 1 {
			t.Errorf("the boss has %d tasks", n)
		}
		f.tag("boss", "东方", `["大客户"]`) // the region has no head, the department above it has
		if n := len(f.tasks("chief")); n != 1 {
			t.Errorf("the head has %d tasks", n)
		}
		auditor, err := f.as("boss").Get(ctx, "person", f.id("auditor"))
		f.must(err)
		_, err = f.as("boss").Update(ctx, "person", auditor.ID, auditor.Version, Fields{"stage": []byte(`"left"`)})
		f.must(err)
		f.tag("boss", "东方", `["VIP"]`)
		f.tag("boss", "东方", `["风险"]`)
		if n := len(f.tasks("chief")); n != 2 {
			t.Errorf("the head has %d tasks", n)
		}
	})
}

func TestRoutingsAreWritten(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		good := access.Routing{Name: "投诉", Kind: "ticket", Stage: "new", To: access.ToHead, Task: "看看"}
		for at, bad := range map[string]access.Routing{
			"name":     {Kind: "ticket", Stage: "new", To: access.ToHead, Task: "看看"},
			"task":     {Name: "投诉", Kind: "ticket", Stage: "new", To: access.ToHead, Task: "看看 "},
			"kind":     {Name: "投诉", Kind: "task", Stage: "open", To: access.ToHead, Task: "看看"},
			"tag":      {Name: "投诉", Kind: "ticket", Stage: "new", Tag: "x", To: access.ToHead, Task: "看看"},
			"stage":    {Name: "投诉", Kind: "ticket", Stage: "nowhere", To: access.ToHead, Task: "看看"},
			"position": {Name: "投诉", Kind: "ticket", Stage: "new", To: access.ToPosition, Position: "nobody", Task: "看看"},
			"to":       {Name: "投诉", Kind: "ticket", Stage: "new", To: "everyone", Task: "看看"},
			"hours":    {Name: "投诉", Kind: "ticket", Stage: "new", To: access.ToHead, Task: "看看", Hours: -1},
		} {
			_, err := f.as("admin").CreateRouting(ctx, bad)
			got := fault.From(err)
			where := got.At
			if len(got.Items) == 1 {
				where = got.Items[0].At
			}
			if err == nil || got.Kind != fault.Invalid || where != at {
				t.Errorf("%s: %v at %q", at, err, where)
			}
		}
		_, err := f.as("lin").CreateRouting(ctx, good)
		f.refused(err, fault.Denied, "right")
		made := f.routing(good)
		good.Hours = 8
		_, err = f.as("admin").UpdateRouting(ctx, made.ID, 9, good)
		f.refused(err, fault.Stale, "version")
		changed, err := f.as("admin").UpdateRouting(ctx, made.ID, made.Version, good)
		f.must(err)
		list, err := f.as("auditor").Routings(ctx)
		f.must(err)
		if len(list) != 1 || list[0] != *changed || list[0].Hours != 8 {
			t.Errorf("the routings are %+v", list)
		}
		f.must(f.as("admin2").DeleteRouting(ctx, made.ID, changed.Version))
		_, err = f.as("lin").Create(ctx, "customer", Fields{"name": []byte(`"东方"`)})
		f.must(err)
		if list, err = f.as("admin").Routings(ctx); err != nil || len(list) != 0 {
			t.Errorf("the routings are %+v, %v", list, err)
		}
	})
}
