package store

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guan/access"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/sheet"
)

// glass gives people the pack that lets them open records in an emergency.
func (f *firm) glass(people ...string) {
	f.t.Helper()
	var c Company
	for _, who := range people {
		c.Assignments = append(c.Assignments, access.Assignment{ID: f.newIDs(1)[0], Pack: "service", Who: policy.Clause{Person: f.id(who)}})
	}
	f.must(f.db.System(JobSetup, DefaultTenant).Install(context.Background(), c))
}

func (f *firm) breakGlass(who, customer string, more ...func(*NewEmergency)) (*Emergency, error) {
	f.t.Helper()
	n := NewEmergency{Kind: "customer", Minutes: 10, Reason: "客户设备起火,需立即联系"}
	if customer != "" {
		n.Record = f.id(customer)
	}
	for _, change := range more {
		change(&n)
	}
	return f.as(who).OpenEmergency(context.Background(), n)
}

// told lists in which roles somebody was told of what, the newest first.
func (f *firm) told(who, what string) []string {
	f.t.Helper()
	page, err := f.as(who).Notices(context.Background(), "", false)
	f.must(err)
	var out []string
	for _, n := range page.Items {
		if role, _ := n.Detail["role"].(string); n.What == what {
			out = append(out, role)
		}
	}
	return out
}

// blind wants that somebody sees nothing of a customer on any path.
func (f *firm) blind(who, customer string) {
	f.t.Helper()
	f.glimpse(who, customer, 0)
}

// glimpse reads a customer in every way in which one can, and wants to find it n times.
func (f *firm) glimpse(who, customer string, n int) {
	f.t.Helper()
	ctx, s := context.Background(), f.as(who)
	_, err := s.Get(ctx, "customer", f.id(customer))
	if (err == nil) != (n == 1) {
		f.t.Errorf("%s gets %s: %v", who, customer, err)
	}
	filter := "r.name == '" + customer + "'"
	for _, q := range []ListQuery{{Filter: filter}, {Search: customer}, {Search: "13800138000"}} {
		q.Kind, q.Count = "customer", true
		page, err := s.List(ctx, q)
		f.must(err)
		if len(page.Items) != n || page.Total.Count != n {
			f.t.Errorf("%s lists %d and counts %d of %s by %+v", who, len(page.Items), page.Total.Count, customer, q)
		}
	}
	found, err := s.Search(ctx, customer, []policy.Kind{"customer"}, 5)
	f.must(err)
	if len(found) != n {
		f.t.Errorf("%s finds %d of %s", who, len(found), customer)
	}
	figures, err := s.Figures(ctx, FiguresQuery{Kind: "customer", Filter: filter})
	f.must(err)
	counted := 0
	for _, bar := range figures.Groups {
		counted += int(bar.Count)
	}
	if counted != n {
		f.t.Errorf("%s counts %d of %s in figures", who, counted, customer)
	}
}

// A customer's plant is on fire and nobody who knows them is there: somebody opens the record, sees what
// it takes and no more, for ten minutes to the instant, and everybody is told.
func TestEmergencyStory(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		f.customer("lin", "东方", `phone="13800138000";annual_sales="5000";currency="CNY"`)
		f.customer("lin", "西方", "")
		contact, err := f.as("lin").Create(ctx, "contact", Fields{"name": []byte(`"陈工"`), "customer": []byte(`"` + f.id("东方").String() + `"`), "phone": []byte(`"13900139000"`)})
		f.must(err)
		f.blind("wang", "东方")
		standing, err := f.as("wang").EmergencyStanding(ctx)
		f.must(err)
		if !standing.May || standing.Left != 5 || len(standing.Reviewers) != 1 || standing.Reviewers[0].Name != "chief" || standing.Settings.Minutes != 30 || standing.Oversees {
			t.Fatalf("%+v", standing)
		}
		f.clock.advance(time.Hour)
		began := f.clock.Now()
		e, err := f.breakGlass("wang", "东方", func(n *NewEmergency) { n.With = []string{"contacts"} })
		f.must(err)
		if !e.Open || e.Review != EmergencyOpen || e.Record.Title != "东方" || e.Owner.Name != "lin" || !e.Until.Equal(began.Add(10*time.Minute)) || !slices.Equal(e.Can, []string{"end"}) ||
			!e.DueAt.Equal(began.Add(24*time.Hour)) || len(e.Reviewers) != 1 || e.Reviewers[0].Name != "chief" {
			t.Fatalf("%+v", e)
		}
		it, err := f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if _, amount := it.Fields["annual_sales"]; it.Fields["phone"] != "13800138000" || amount || len(it.Can) != 0 || len(it.Editable) != 0 {
			t.Errorf("%+v", it)
		}
		other, err := f.as("wang").Get(ctx, "contact", contact.ID)
		f.must(err)
		if other.Fields["phone"] != "13900139000" {
			t.Errorf("%+v", other)
		}
		f.sees("wang", "东方") // and nothing else
		f.glimpse("wang", "东方", 1)
		why, err := f.as("wang").Explain(ctx, ExplainQuery{Kind: "customer", ID: f.id("东方"), Field: "phone"})
		f.must(err)
		if i := slices.IndexFunc(why.Permits, func(r Reason) bool { return r.Origin.Type == access.FromEmergency }); i < 0 || !strings.Contains(why.Permits[i].From.ZH, "起火") || !why.Permits[i].Until.Equal(e.Until) {
			t.Errorf("%+v", why)
		}

		// Everybody whom it concerns is told, in the role that asks most of them.
		for who, role := range map[string]string{"chief": "review", "lin": "owner", "boss": "audit", "auditor": "audit"} {
			if got := f.told(who, NoticeEmergency); !slices.Equal(got, []string{role}) {
				t.Errorf("%s is told %v", who, got)
			}
			if _, err := f.as(who).Emergency(ctx, e.ID); err != nil {
				t.Errorf("%s: %v", who, err)
			}
		}
		_, err = f.as("zhao").Emergency(ctx, e.ID)
		f.refused(err, fault.NotFound, "emergency")
		_, err = f.as("zhao").EndEmergency(ctx, e.ID)
		f.refused(err, fault.NotFound, "emergency")
		tasks := f.list("chief", "task")
		if len(tasks) != 1 || tasks[0].Fields["subject"] != "复核应急访问：wang" || tasks[0].Fields["stage"] != "open" {
			t.Errorf("%+v", tasks)
		}

		// It is for the person's eyes: no program, no file.
		byToken := f.as("wang")
		byToken.actor.Session, byToken.actor.Token, byToken.actor.Channel = 0, 5, "api"
		_, err = byToken.Get(ctx, "customer", f.id("东方"))
		f.refused(err, fault.NotFound, "record")
		_, err = byToken.OpenEmergency(ctx, NewEmergency{Kind: "customer", Record: f.id("西方"), Reason: "程序不能应急"})
		f.refused(err, fault.Denied, "session_required")

		// To the instant.
		f.clock.advance(10*time.Minute - time.Microsecond)
		f.glimpse("wang", "东方", 1)
		f.clock.advance(time.Microsecond)
		f.blind("wang", "东方")
		_, err = f.as("wang").Get(ctx, "contact", contact.ID)
		f.refused(err, fault.NotFound, "record")
		_, err = f.as("wang").EndEmergency(ctx, e.ID)
		f.refused(err, fault.Conflict, "emergency_over")

		// What was seen, for who reviews it, without a value.
		seen, err := f.as("chief").EmergencySeen(ctx, e.ID)
		f.must(err)
		has := func(kind policy.Kind, action, field string) bool {
			return slices.ContainsFunc(seen, func(s EmergencySeen) bool {
				return s.Kind == kind && s.Action == action && slices.ContainsFunc(s.Fields, func(a AskedField) bool { return a.Name == field && a.Label.ZH != "" })
			})
		}
		if !has("customer", "read", "phone") || !has("contact", "read", "phone") || !has("customer", "list", "name") {
			t.Errorf("%+v", seen)
		}
		_, err = f.as("lin").EmergencySeen(ctx, e.ID)
		f.refused(err, fault.Denied, "emergency_not_you")

		// The review: not by themselves, not by who is not asked, and once.
		for who, code := range map[string]string{"wang": "emergency_own", "lin": "emergency_not_you", "boss": "emergency_not_you", "auditor": "emergency_not_you"} {
			_, err := f.as(who).ReviewEmergency(ctx, e.ID, Justified, "确有必要")
			f.refused(err, fault.Denied, code)
		}
		forMe, err := f.as("chief").EmergencyStanding(ctx)
		f.must(err)
		if forMe.ForMe != 1 || !forMe.Oversees {
			t.Errorf("%+v", forMe)
		}
		_, err = f.as("chief").ReviewEmergency(ctx, e.ID, FollowUp, "请补充报警记录")
		f.must(err)
		done, err := f.as("chief").ReviewEmergency(ctx, e.ID, Justified, "消防通报属实")
		f.must(err)
		if done.Review != "justified" || done.ReviewedBy.Name != "chief" || done.Note != "消防通报属实" || len(done.Can) != 0 || len(done.Reviewers) != 0 {
			t.Errorf("%+v", done)
		}
		_, err = f.as("chief").ReviewEmergency(ctx, e.ID, Unjustified, "改了主意")
		f.refused(err, fault.Conflict, "emergency_reviewed")
		if tasks := f.list("chief", "task"); tasks[0].Fields["stage"] != "done" {
			t.Errorf("%+v", tasks)
		}
		if got := f.told("wang", NoticeEmergencyReviewed); len(got) != 2 {
			t.Errorf("%v", got)
		}
		// The record tells of it to those who may know who else has access.
		story, err := f.as("lin").Timeline(ctx, TimelineQuery{Kind: "customer", ID: f.id("东方"), What: []string{"permissions"}})
		f.must(err)
		if len(story.Items) != 2 || story.Items[0].Type != "glass_reviewed" || story.Items[0].Act != "justified" || story.Items[1].Type != "glass_opened" ||
			story.Items[1].Access.Person.Name != "wang" || !strings.Contains(story.Items[1].Reason, "起火") {
			t.Errorf("%+v", story.Items)
		}
	})
}

// Ended early, by whoever may, it is gone with the commit.
func TestEmergencyEndsAtOnce(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		f.customer("lin", "东方", `phone="13800138000"`)
		for _, who := range []string{"wang", "chief", "admin", "auditor"} {
			e, err := f.breakGlass("wang", "东方")
			f.must(err)
			_, err = f.breakGlass("wang", "东方")
			f.refused(err, fault.Conflict, "emergency_twice")
			_, err = f.as("lin").EndEmergency(ctx, e.ID)
			f.refused(err, fault.Denied, "emergency_others")
			_, err = f.as("chief").ReviewEmergency(ctx, e.ID, Justified, "还没有结束")
			f.refused(err, fault.Conflict, "emergency_still_open")
			f.glimpse("wang", "东方", 1)
			f.clock.advance(time.Minute)
			ended, err := f.as(who).EndEmergency(ctx, e.ID)
			f.must(err)
			if ended.Open || ended.EndedBy.Name != who {
				t.Errorf("%+v", ended)
			}
			f.blind("wang", "东方")
		}
		if got := f.told("wang", NoticeEmergencyEnded); len(got) != 3 {
			t.Errorf("%v", got)
		}
	})
}

// What is seen only in an emergency is in no file, neither by one's own right to export nor by an
// approval, and no grant or collaborator comes of it.
func TestEmergencyGivesNothingOn(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		f.customer("lin", "东方", `phone="13800138000"`)
		f.customer("wang", "南方", "")
		_, err := f.breakGlass("wang", "东方", func(n *NewEmergency) { n.Minutes = 30 })
		f.must(err)
		f.sees("wang", "东方", "南方")
		var file bytes.Buffer
		table := sheet.NewCSV(&file)
		n, err := f.as("wang").Export(ctx, Export{Query: ListQuery{Kind: "customer"}, Lang: "zh", To: table})
		f.must(err)
		f.must(table.Close())
		if n != 1 || strings.Contains(file.String(), "东方") || !strings.Contains(file.String(), "南方") {
			t.Errorf("%d %q", n, file.String())
		}
		r := f.askExport("wang")
		for _, who := range []string{"chief", "admin"} {
			r, err = f.as(who).Decide(ctx, r.ID, true, "")
			f.must(err)
		}
		text, err := f.built()
		f.must(err)
		if strings.Contains(text, "东方") || strings.Contains(text, "13800138000") || !strings.Contains(text, "南方") {
			t.Errorf("%q", text)
		}
		_, err = f.as("wang").Grant(ctx, f.lend("zhao", 1, "东方"))
		f.refused(err, fault.Denied, "grant_more")
		if list, err := f.as("wang").Grants(ctx, false); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		// It is for reading: nobody says anything below what is open by it alone.
		said, err := f.as("wang").Comments(ctx, "customer", f.id("东方"), "")
		f.must(err)
		if len(said.Can) != 0 {
			t.Errorf("%+v", said)
		}
		_, err = f.as("wang").AddComment(ctx, "customer", f.id("东方"), NewComment{Text: "已联系"})
		f.refused(err, fault.Denied, "comment_closed")
		_, err = f.as("wang").AddComment(ctx, "customer", f.id("南方"), NewComment{Text: "已联系"})
		f.must(err)
		f.must(f.as("lin").AddCollaborator(ctx, "customer", f.id("东方"), NewCollaborator{Person: f.id("wang")}))
		said, err = f.as("wang").Comments(ctx, "customer", f.id("东方"), "")
		f.must(err)
		mine, err := f.as("wang").AddComment(ctx, "customer", f.id("东方"), NewComment{Text: "已联系"})
		f.must(err)
		if !slices.Equal(said.Can, []string{"add"}) || !slices.Equal(mine.Can, []string{"edit", "delete"}) {
			t.Errorf("%+v %+v", said, mine) // whoever works on it says so there, emergency or not
		}
		f.must(f.as("lin").RemoveCollaborator(ctx, "customer", f.id("东方"), f.id("wang")))
		said, err = f.as("wang").Comments(ctx, "customer", f.id("东方"), "")
		f.must(err)
		if len(said.Items) != 1 || len(said.Items[0].Can) != 0 {
			t.Errorf("%+v", said)
		}
		err = f.as("wang").DeleteComment(ctx, "customer", f.id("东方"), mine.ID)
		f.refused(err, fault.Denied, "comment_closed")
		// Nothing is made to refer to it: an open ticket of one's own would open it for as long as it is open.
		ticket := func(of string) error {
			_, err := f.as("wang").Create(ctx, "ticket", Fields{"subject": []byte(`"起火"`), "customer": []byte(quoted(f.id(of).String()))})
			return err
		}
		err = ticket("东方")
		f.refused(err, fault.Invalid, "emergency_ref")
		if at := fault.From(err).At; at != "customer" {
			t.Errorf("it says so at %q", at)
		}
		f.must(ticket("南方"))
		// A file holds anything, whatever class it would be of.
		content := strings.NewReader("scan")
		kept, err := f.as("lin").Attach(ctx, "customer", f.id("东方"), NewAttachment{Name: "证件.txt", Media: "text/plain", Size: 4, Content: content})
		f.must(err)
		_, err = f.as("wang").Download(ctx, "customer", f.id("东方"), kept.ID)
		f.refused(err, fault.NotFound, "record")
		if _, err := f.as("lin").Download(ctx, "customer", f.id("东方"), kept.ID); err != nil {
			t.Error(err)
		}
	})
}

// Who may, what may be named, and what an answer tells: nothing to who has no right, and whoever has it
// and finds nothing has tried.
func TestEmergencyAttempts(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang", "boss")
		f.customer("lin", "东方", `phone="13800138000";credit_code="91330100799655058B"`)
		f.customer("lin", "投诉中", `stage="lost"`)
		f.customer("wang", "南方", "")
		f.ids["nothing"] = 987654321
		for _, what := range []string{"东方", "nothing"} {
			_, err := f.breakGlass("lin", what)
			f.refused(err, fault.Denied, "right")
		}
		bad := map[string]func(*NewEmergency){
			"emergency_reason":  func(n *NewEmergency) { n.Reason = " 急 " },
			"emergency_minutes": func(n *NewEmergency) { n.Minutes = 31 },
			"emergency_kind":    func(n *NewEmergency) { n.Kind = "person" },
			"emergency_names":   func(n *NewEmergency) { n.Field = "phone" },
			"emergency_with":    func(n *NewEmergency) { n.With = []string{"payments"} },
		}
		for code, change := range bad {
			_, err := f.breakGlass("wang", "东方", change)
			f.refused(err, fault.Invalid, code)
		}
		_, err := f.breakGlass("boss", "nothing") // there is nobody above
		f.refused(err, fault.Conflict, "emergency_nobody")
		_, err = f.breakGlass("chief", "东方") // who sees all of it
		f.refused(err, fault.Conflict, "emergency_has")

		// A forbid holds: closed is as if it were not there.
		guard := sharing("lost", everything, policy.Clause{Everyone: true})
		guard.Effect, guard.Fields, guard.When = policy.Forbid, nil, &policy.Cond{Op: policy.OpEq, Field: "stage", Value: &policy.Operand{Text: ptr("lost")}}
		_, err = f.as("admin").PutRule(ctx, guard)
		f.must(err)
		for _, what := range []string{"nothing", "投诉中"} {
			_, err = f.breakGlass("wang", what)
			f.refused(err, fault.NotFound, "record")
		}
		by := func(field, value string) func(*NewEmergency) {
			return func(n *NewEmergency) { n.Field, n.Value = field, value }
		}
		_, err = f.breakGlass("wang", "", by("phone", "13800138001"))
		f.refused(err, fault.NotFound, "record")
		if got := f.told("auditor", NoticeEmergencyMissed); len(got) != 3 {
			t.Errorf("%v", got)
		}
		e, err := f.breakGlass("wang", "", by("phone", "138 0013 8000"))
		f.must(err)
		if e.Record.ID != f.id("东方") {
			t.Errorf("%+v", e)
		}
		_, err = f.as("wang").EndEmergency(ctx, e.ID)
		f.must(err)
		e, err = f.breakGlass("wang", "", by("name", "东方"))
		f.must(err)
		_, err = f.breakGlass("wang", "nothing")
		f.refused(err, fault.Locked, "emergency_many")
		counts, err := f.as("chief").EmergencyPeople(ctx)
		f.must(err)
		if len(counts) != 1 || counts[0] != (EmergencyCounts{Person: Name{ID: f.id("wang"), Name: "wang"}, Month: 2, Quarter: 2, Open: 1, Waiting: 1, Missed: 3}) {
			t.Errorf("%+v", counts)
		}
		_, err = f.as("wang").EmergencyPeople(ctx)
		f.refused(err, fault.Denied, "right")
		f.clock.advance(24 * time.Hour)
		_, err = f.breakGlass("wang", "东方")
		f.must(err)
		for scope, want := range map[string][4]int{"mine": {3, 0, 0, 0}, "review": {0, 3, 0, 0}, "all": {0, 3, 3, 3}} {
			for i, who := range []string{"wang", "chief", "admin", "auditor"} {
				page, err := f.as(who).Emergencies(ctx, EmergencyQuery{Scope: scope})
				f.must(err)
				if len(page.Items) != want[i] {
					t.Errorf("%s lists %d of %s", who, len(page.Items), scope)
				}
			}
		}
		for state, want := range map[string]int{"open": 1, "waiting": 0, "late": 2, "justified": 0} {
			page, err := f.as("chief").Emergencies(ctx, EmergencyQuery{Scope: "all", State: state, Person: f.id("wang")})
			f.must(err)
			if len(page.Items) != want {
				t.Errorf("%d are %s", len(page.Items), state)
			}
		}
	})
}

// A review that waits too long comes before the next head, whether or not a job runs; it tells each of
// them once.
func TestEmergencyReviewEscalates(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		f.customer("lin", "东方", `phone="13800138000"`)
		e, err := f.breakGlass("wang", "东方")
		f.must(err)
		job := f.db.System(JobRequests, DefaultTenant)
		remind := func(want map[string]int) {
			t.Helper()
			for range 2 {
				_, err := job.RemindEmergencies(ctx)
				f.must(err)
			}
			for who, n := range want {
				if got := f.told(who, NoticeEmergencyLate); len(got) != n {
					t.Errorf("%s is told %d times", who, len(got))
				}
			}
		}
		f.clock.advance(24*time.Hour - time.Microsecond)
		if e, err = f.as("chief").Emergency(ctx, e.ID); err != nil || e.Review != EmergencyWaiting {
			t.Errorf("%+v %v", e, err)
		}
		remind(map[string]int{"chief": 0, "boss": 0})
		f.clock.advance(time.Microsecond)
		if e, err = f.as("chief").Emergency(ctx, e.ID); err != nil || e.Review != EmergencyLate {
			t.Errorf("%+v %v", e, err)
		}
		_, err = f.as("boss").ReviewEmergency(ctx, e.ID, Justified, "代为复核")
		f.refused(err, fault.Denied, "emergency_not_you")
		remind(map[string]int{"chief": 1, "boss": 0})
		f.clock.advance(24 * time.Hour)
		if e, err = f.as("boss").Emergency(ctx, e.ID); err != nil || len(e.Reviewers) != 2 || !slices.Equal(e.Can, []string{"review"}) {
			t.Errorf("%+v %v", e, err)
		}
		remind(map[string]int{"chief": 2, "boss": 1})

		// Six at once: one verdict stands.
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = f.as([]string{"chief", "boss"}[i%2]).ReviewEmergency(ctx, e.ID, []Verdict{Justified, Unjustified, FollowUp}[i%3], "同时复核")
			})
		}
		wg.Wait()
		final := 0
		for i, err := range errs {
			if err == nil && i%3 != 2 {
				final++
			} else if err != nil {
				f.refused(err, fault.Conflict, "emergency_reviewed")
			}
		}
		if final != 1 {
			t.Errorf("%d verdicts stand: %v", final, errs)
		}
		_, err = f.db.System(JobRecycle, DefaultTenant).RemindEmergencies(ctx)
		f.refused(err, fault.Denied, "job")
	})
}

// Fifty clients open seven records at once, of somebody who may open five in a day, and then fifty close
// and judge them: each is open once and no more than may be, everybody is told of each once, and one
// verdict stands of each.
func TestEmergencyRace(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		const clients, most = 50, 5
		names := []string{"甲厂", "乙厂", "丙厂", "丁厂", "戊厂", "己厂", "庚厂"}
		for _, name := range names {
			f.customer("lin", name, `phone="13800138000"`)
		}
		errs := together(clients, func(i int) error {
			_, err := f.breakGlass("wang", names[i%len(names)])
			return err
		})
		open := map[policy.ID]bool{}
		for i, err := range errs {
			switch code := fault.From(err).Code; {
			case err == nil && open[f.id(names[i%len(names)])]:
				t.Errorf("%s was opened twice", names[i%len(names)])
			case err == nil:
				open[f.id(names[i%len(names)])] = true
			case code != "emergency_twice" && code != "emergency_many":
				t.Error(err)
			}
		}
		if len(open) != most {
			t.Errorf("%d of %d are open: %v", len(open), most, errs)
		}
		// Seen from outside: what reads, what is listed, and who was told.
		for _, name := range names {
			if _, err := f.as("wang").Get(ctx, "customer", f.id(name)); (err == nil) != open[f.id(name)] {
				t.Errorf("%s: open %v, %v", name, open[f.id(name)], err)
			}
		}
		page, err := f.as("boss").Emergencies(ctx, EmergencyQuery{Scope: "all"})
		f.must(err)
		list := page.Items
		for _, who := range []string{"lin", "chief"} {
			if n := len(f.told(who, NoticeEmergency)); n != most {
				t.Errorf("%s is told %d times", who, n)
			}
		}
		if len(list) != most {
			t.Fatalf("%d are listed", len(list))
		}

		errs = together(clients, func(i int) error {
			_, err := f.as([]string{"wang", "chief"}[i%2]).EndEmergency(ctx, list[i%most].ID)
			return err
		})
		ended := 0
		for _, err := range errs {
			if err == nil {
				ended++
			} else {
				f.refused(err, fault.Conflict, "emergency_over")
			}
		}
		f.clock.advance(time.Second)
		verdicts := []Verdict{Justified, Unjustified}
		errs = together(clients, func(i int) error {
			_, err := f.as([]string{"chief", "boss"}[i/most%2]).ReviewEmergency(ctx, list[i%most].ID, verdicts[i/most/2%2], "同时复核")
			return err
		})
		judged := 0
		for _, err := range errs {
			switch code := fault.From(err).Code; {
			case err == nil:
				judged++
			case code != "emergency_reviewed" && code != "emergency_not_you":
				t.Error(err)
			}
		}
		if ended != most || judged != most {
			t.Errorf("%d ended and %d judged, of %d", ended, judged, most)
		}
		for _, name := range names {
			if _, err := f.as("wang").Get(ctx, "customer", f.id(name)); err == nil {
				t.Errorf("%s is open still", name)
			}
		}
	})
}

// The company says what an emergency opens; documents never.
func TestEmergencySettings(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.glass("wang")
		f.customer("lin", "东方", `phone="13800138000";annual_sales="5000";currency="CNY"`)
		settings := grants.EmergencySettings{Minutes: 5, ReviewHours: 1, LateHours: 1, PerDay: 1, Kinds: []policy.Kind{"customer"}, Classes: []policy.Class{policy.General, policy.Amount}}
		_, err := f.as("chief").SetEmergencySettings(ctx, 0, settings)
		f.refused(err, fault.Denied, "right")
		worse := settings
		worse.Classes = []policy.Class{policy.General, policy.Identity}
		_, err = f.as("admin").SetEmergencySettings(ctx, 0, worse)
		f.refused(err, fault.Invalid, "emergency_settings")
		set, err := f.as("admin").SetEmergencySettings(ctx, 0, settings)
		f.must(err)
		_, err = f.as("admin").SetEmergencySettings(ctx, 0, settings)
		f.refused(err, fault.Stale, "version")
		settings.PerDay = 2
		if set, err = f.as("admin").SetEmergencySettings(ctx, set.Version, settings); err != nil || set.Version != 2 {
			t.Fatalf("%+v %v", set, err)
		}
		got, err := f.as("auditor").EmergencySettings(ctx)
		f.must(err)
		if got.Version != 2 || got.PerDay != 2 {
			t.Errorf("%+v", got)
		}
		_, err = f.breakGlass("wang", "东方")
		f.refused(err, fault.Invalid, "emergency_minutes")
		_, err = f.breakGlass("wang", "东方", func(n *NewEmergency) { n.Minutes = 0 })
		f.must(err)
		it, err := f.as("wang").Get(ctx, "customer", f.id("东方"))
		f.must(err)
		if _, phone := it.Fields["phone"]; phone || it.Fields["annual_sales"] == nil {
			t.Errorf("%+v", it.Fields)
		}
	})
}

// Administrators give the right without having it, and not to themselves.
func TestEmergencyRightIsNoAdministration(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		right := policy.Rule{ID: "glass", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: f.id("zhao")}}}, Kind: access.System,
			Actions: []policy.Action{"break_glass"}, Where: everything, Scene: "值班"}
		_, err := f.as("admin").PutRule(ctx, right)
		f.must(err)
		if rights, err := f.as("zhao").May(ctx); err != nil || !slices.Equal(rights, []policy.Action{"break_glass"}) {
			t.Errorf("%v %v", rights, err)
		}
		right.ID, right.Who = "mine", policy.Who{Any: []policy.Clause{{Position: "it"}}}
		_, err = f.as("admin").PutRule(ctx, right)
		f.refused(err, fault.Denied, "self_gain")
		f.must(f.as("admin").SetPassword(ctx, f.id("zhao"), "another horse battery", true))
	})
}
