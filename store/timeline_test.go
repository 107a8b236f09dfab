package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/fault"
	"guan/grants"
	"guan/policy"
)

// story reads a whole timeline in pages and gives its entries in words.
func (f *firm) story(who string, id policy.ID, limit int, what ...string) []string {
	f.t.Helper()
	var all []string
	q := TimelineQuery{Kind: "customer", ID: id, Limit: limit, What: what}
	for {
		page, err := f.as(who).Timeline(context.Background(), q)
		f.must(err)
		for _, h := range page.Items {
			line := h.Type
			switch {
			case h.Item != nil:
				line += " " + h.Relation + " " + h.Item.Title
			case h.Comment != nil:
				line += " " + h.Comment.Text
			case h.File != nil:
				line += " " + h.File.Name
			case h.Access != nil:
				line += " " + h.Access.Person.Name
			}
			for _, c := range h.Changes {
				old, _ := json.Marshal(c.Old)
				new, _ := json.Marshal(c.New)
				line += fmt.Sprintf(" %s:%s>%s", c.Field, old, new)
				if c.Masked || c.Withheld {
					line += fmt.Sprintf("(%v,%v)", c.Masked, c.Withheld)
				}
			}
			if h.By != nil {
				line += " by " + h.By.Name
			}
			all = append(all, line)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return all
		}
		if len(page.Items) != limit {
			f.t.Errorf("a page that is not the last has %d entries, not %d", len(page.Items), limit)
		}
	}
}

func (f *firm) make(who string, kind policy.Kind, fields string) *Item {
	f.t.Helper()
	it, err := f.as(who).Create(context.Background(), kind, jsonFields(f.t, fields))
	f.must(err)
	return it
}

func jsonFields(t testing.TB, text string) Fields {
	t.Helper()
	var f Fields
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// A timeline tells each reader what they may know, in one order, whatever the size of the pages.
func TestTimeline(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		tick := func() { f.clock.advance(time.Minute) }
		it := f.customer("lin", "甲公司", `phone="13800138000"`)
		id := it.ID
		tick()
		edit := func(who, fields string) {
			t.Helper()
			got, err := f.as(who).Get(ctx, "customer", id)
			f.must(err)
			_, err = f.as(who).Update(ctx, "customer", id, got.Version, jsonFields(t, fields))
			f.must(err)
			tick()
		}
		edit("lin", `{"city":"上海","phone":"13900139000"}`)
		f.make("lin", "activity", `{"subject":"首次拜访","customer":"`+id.String()+`","happened_at":"`+f.clock.Now().Format(time.RFC3339)+`","content":"谈了价格"}`)
		tick()
		f.make("lin", "contract", `{"number":"HT-1","customer":"`+id.String()+`"}`)
		tick()
		f.must(f.as("chief").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("wang")}))
		tick()
		_, err := f.as("lin").AddComment(ctx, "customer", id, NewComment{Text: "请跟进"})
		f.must(err)
		tick()
		_, err = f.as("boss").Grant(ctx, grants.Grant{Receiver: f.id("zhao"), Kind: "customer", Records: []policy.ID{id}, Actions: []policy.Action{"read"},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, From: f.clock.Now(), Until: f.clock.Now().Add(time.Hour), Purpose: "代班"})
		f.must(err)
		tick()
		want := map[string][]string{
			"lin": {"given zhao by boss", "comment 请跟进 by lin", "joined wang by chief", "record contracts HT-1", "record activities 首次拜访",
				`changed city:null>"上海" phone:null>null(false,true) by lin`, "created by boss"},
			"boss": {"given zhao by boss", "comment 请跟进 by lin", "joined wang by chief", "record contracts HT-1", "record activities 首次拜访",
				`changed city:null>"上海" phone:null>null(false,true) by lin`, "created by boss"},
			// Lent for a time and in general alone: nothing that was said, whom it is open to, or how to reach somebody.
			"zhao": {`changed city:null>"上海" by lin`, "created by boss"},
		}
		for who, lines := range want {
			for _, limit := range []int{1, 2, 3, 50} {
				if got := f.story(who, id, limit); !slices.Equal(got, lines) {
					t.Errorf("%s, by %d:\n%s\nnot\n%s", who, limit, strings.Join(got, "\n"), strings.Join(lines, "\n"))
				}
			}
		}
		// The auditor, to whom ways to reach somebody are masked, learns that one changed.
		if got := strings.Join(f.story("auditor", id, 50, "changes", "permissions"), "\n"); !strings.Contains(got, "phone:null>null(true,false)") || !strings.Contains(got, "joined wang") {
			t.Errorf("the auditor is told\n%s", got)
		}
		if got := f.story("lin", id, 50, "activities"); len(got) != 1 {
			t.Errorf("activities alone: %v", got)
		}
		_, hidden := f.as("leaver").Timeline(ctx, TimelineQuery{Kind: "customer", ID: id})
		_, absent := f.as("leaver").Timeline(ctx, TimelineQuery{Kind: "customer", ID: 987654})
		if !fault.Is(hidden, fault.NotFound) || hidden.Error() != absent.Error() {
			t.Errorf("hidden %v, absent %v", hidden, absent)
		}
		_, err = f.as("lin").Timeline(ctx, TimelineQuery{Kind: "customer", ID: id, What: []string{"secrets"}})
		f.refused(err, fault.Invalid, "timeline_part")
		_, err = f.as("lin").Timeline(ctx, TimelineQuery{Kind: "customer", ID: id, Cursor: "x"})
		f.refused(err, fault.Invalid, "cursor")
	})
}

// What is edited in fields that the reader does not see fills no page and leaves none short.
func TestTimelineLeavesNoGap(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		it := f.customer("lin", "乙公司", "")
		version := it.Version
		for i := range 2*auditedPage + 10 {
			f.clock.advance(time.Second)
			fields := fmt.Sprintf(`{"assessment":"第%d版"}`, i)
			if i%70 == 0 {
				fields = fmt.Sprintf(`{"city":"城市%d"}`, i)
			}
			got, err := f.as("lin").Update(ctx, "customer", it.ID, version, jsonFields(t, fields))
			f.must(err)
			version = got.Version
		}
		_, err := f.as("boss").Grant(ctx, grants.Grant{Receiver: f.id("zhao"), Kind: "customer", Records: []policy.ID{it.ID}, Actions: []policy.Action{"read"},
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, From: f.clock.Now(), Until: f.clock.Now().Add(time.Hour), Purpose: "代班"})
		f.must(err)
		if got := f.story("zhao", it.ID, 2); len(got) != 4 {
			t.Errorf("%d entries: %v", len(got), got)
		}
		if got := f.story("lin", it.ID, 50, "changes"); len(got) != 2*auditedPage+11 {
			t.Errorf("the owner has %d entries", len(got))
		}
	})
}

func TestComments(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		id := f.customer("lin", "丙公司", "").ID
		f.must(f.as("chief").AddCollaborator(ctx, "customer", id, NewCollaborator{Person: f.id("wang")}))
		written, err := f.as("lin").AddComment(ctx, "customer", id, NewComment{Text: " 请 @wang @zhao 看一下 ", Mentions: []policy.ID{f.id("wang"), f.id("zhao")}})
		f.must(err)
		if written.Text != "请 @wang @zhao 看一下" || len(written.Mentions) != 2 || len(written.Unreached) != 1 || written.Unreached[0].Name != "zhao" {
			t.Errorf("%+v", written)
		}
		told := func(who, what string) int64 {
			return count(t, f.db, "SELECT count(*) FROM notice WHERE person_id = $1 AND what = $2", int64(f.id(who)), what)
		}
		if told("wang", NoticeMention) != 1 || told("zhao", NoticeMention) != 0 {
			t.Error("a mention tells those whom the record is open to, and nobody else")
		}
		// A mention opens nothing.
		_, err = f.as("zhao").Get(ctx, "customer", id)
		f.refused(err, fault.NotFound, "record")
		// Somebody who reads the record and what is said, but may not edit it, is not told whom it reaches.
		_, err = f.as("boss").PutRule(ctx, policy.Rule{ID: "guest", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Person: f.id("zhao")}}}, Kind: "customer",
			Actions: []policy.Action{policy.Read}, Where: everything, Scene: "试用",
			Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}, {Class: policy.Communication, Level: policy.Plain}}})
		f.must(err)
		reply, err := f.as("zhao").AddComment(ctx, "customer", id, NewComment{Text: "好的", Mentions: []policy.ID{f.id("leaver")}})
		f.must(err)
		if reply.Unreached != nil || told("leaver", NoticeMention) != 0 || told("lin", NoticeComment) != 1 {
			t.Errorf("%+v", reply)
		}
		list, err := f.as("lin").Comments(ctx, "customer", id, "")
		f.must(err)
		if len(list.Items) != 2 || list.Items[0].Text != "好的" || !slices.Equal(list.Items[1].Can, []string{"edit", "delete"}) || len(list.Items[0].Can) != 0 {
			t.Errorf("%+v", list)
		}
		// To the auditor what was said is masked: there are no comments.
		none, err := f.as("auditor").Comments(ctx, "customer", id, "")
		f.must(err)
		if len(none.Items) != 0 || len(none.Can) != 0 {
			t.Errorf("the auditor reads %+v", none)
		}
		_, err = f.as("auditor").AddComment(ctx, "customer", id, NewComment{Text: "x"})
		f.refused(err, fault.Denied, "comment_closed")
		_, err = f.as("wang").EditComment(ctx, "customer", id, written.ID, NewComment{Text: "改"})
		f.refused(err, fault.Denied, "comment_window")
		f.refused(f.as("wang").DeleteComment(ctx, "customer", id, written.ID), fault.Denied, "comment_others")
		changed, err := f.as("lin").EditComment(ctx, "customer", id, written.ID, NewComment{Text: "请看 @boss", Mentions: []policy.ID{f.id("boss"), f.id("wang")}})
		f.must(err)
		if changed.EditedAt == nil || told("boss", NoticeMention) != 1 || told("wang", NoticeMention) != 1 {
			t.Errorf("%+v", changed)
		}
		f.clock.advance(commentEditFor)
		_, err = f.as("lin").EditComment(ctx, "customer", id, written.ID, NewComment{Text: "晚了"})
		f.refused(err, fault.Denied, "comment_window")
		f.must(f.as("boss").DeleteComment(ctx, "customer", id, reply.ID))
		f.refused(f.as("boss").DeleteComment(ctx, "customer", id, reply.ID), fault.NotFound, "comment")
		other := f.customer("lin", "丁公司", "").ID
		f.refused(f.as("boss").DeleteComment(ctx, "customer", other, written.ID), fault.NotFound, "comment")
		for code, n := range map[string]NewComment{"required": {Text: " \n"}, "too_long": {Text: strings.Repeat("字", commentMax+1)}, "control": {Text: "a\x00"}, "person": {Text: "x", Mentions: []policy.ID{5}}} {
			_, err := f.as("lin").AddComment(ctx, "customer", id, n)
			f.refused(err, fault.Invalid, code)
		}
		if n := count(t, f.db, "SELECT count(*) FROM audit_entry WHERE action = 'commented' AND CAST(detail AS TEXT) LIKE '%看%'"); n != 0 {
			t.Error("the log holds what was said")
		}
		// A record takes what was said along when it goes.
		got, err := f.as("boss").Get(ctx, "customer", id)
		f.must(err)
		f.must(f.as("boss").Delete(ctx, "customer", id, got.Version))
		if n := count(t, f.db, "SELECT count(*) FROM record_comment WHERE record_id = $1", int64(id)); n != 0 {
			t.Errorf("%d comments are left of a record that is gone", n)
		}
	})
}
