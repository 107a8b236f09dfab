package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// Comment is what somebody wrote below a record.
type Comment struct {
	ID        policy.ID  `json:"id"`
	Author    Name       `json:"author"`
	Text      string     `json:"text"`
	Mentions  []Name     `json:"mentions"`
	CreatedAt time.Time  `json:"created_at"`
	EditedAt  *time.Time `json:"edited_at,omitempty"`
	Can       []string   `json:"can"` // edit, delete
}

// Comments are a page of them, the newest first.
type Comments struct {
	Items []Comment `json:"items"`
	Next  string    `json:"next,omitempty"`
	Can   []string  `json:"can"` // add
}

// NewComment is what its author wrote. Mentions name people; they give no right to anybody.
type NewComment struct {
	Text     string      `json:"text"`
	Mentions []policy.ID `json:"mentions,omitempty"`
}

// Written is a comment as it was kept. Unreached are the people it names who do not see the record
// or its comments, and so were not told; it stands there only for who may know who has access.
type Written struct {
	Comment
	Unreached []Name `json:"unreached,omitempty"`
}

const (
	commentMax     = 4000
	mentionsMax    = 20
	commentsPage   = 50
	commentEditFor = 15 * time.Minute // how long its author may change it
)

var (
	noComment     = fault.New(fault.NotFound, "comment", "there is no such comment")
	noTalk        = fault.New(fault.Denied, "comment_closed", "comments and files of this record are not open to you")
	commentClosed = fault.New(fault.Denied, "comment_window", "a comment can be changed by its author, for 15 minutes")
	notYourWords  = fault.New(fault.Denied, "comment_others", "a comment is removed by its author, or by who may delete the record")
)

// check brings the text into the form in which it is kept.
func (n *NewComment) check() error {
	n.Text = strings.TrimSpace(strings.ReplaceAll(n.Text, "\r\n", "\n"))
	switch {
	case n.Text == "":
		return fault.New(fault.Invalid, "required", "is required").WithAt("text")
	case utf8.RuneCountInString(n.Text) > commentMax:
		return fault.Newf(fault.Invalid, "too_long", "has more than %d characters", commentMax).With("max", commentMax).WithAt("text")
	case strings.ContainsFunc(n.Text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError }):
		return fault.New(fault.Invalid, "control", "has a control character").WithAt("text")
	case len(n.Mentions) > mentionsMax:
		return fault.Newf(fault.Invalid, "too_many", "names more than %d people", mentionsMax).With("max", mentionsMax).WithAt("mentions")
	}
	slices.Sort(n.Mentions)
	n.Mentions = slices.Compact(n.Mentions)
	return nil
}

// Comments lists what was written below a record, the newest first; nothing where the actor does
// not see what was said. Faults: NotFound, Invalid.
func (s *Session) Comments(ctx context.Context, kind policy.Kind, id policy.ID, after string) (*Comments, error) {
	before, err := parseNoticeCursor(after)
	if err != nil {
		return nil, err
	}
	out := &Comments{}
	var why []string
	var uses []audit.Entry
	err = s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		*out = Comments{Items: []Comment{}, Can: []string{}}
		b, err := t.beneath(ctx, v, kind, id)
		if err != nil || !b.talks {
			return err
		}
		uses, why = b.uses("beneath"), b.why
		if b.says && s.actor.Scope.Allows(kind, policy.Edit) {
			out.Can = append(out.Can, "add")
		}
		list, err := t.comments(ctx, v, b, before.position(), commentsPage+1)
		if len(list) > commentsPage {
			list = list[:commentsPage]
			last := list[len(list)-1]
			out.Next = noticeCursor{last.CreatedAt.UnixMicro(), int64(last.ID)}.String()
		}
		out.Items = append(out.Items, list...)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, policy.Read, err)
	}
	return out, s.db.auditRead(ctx, s.actor, append(uses, audit.Entry{Action: audit.Action(policy.Read), Kind: kind, Record: id, Rules: why, Detail: map[string]any{"comments": len(out.Items)}})...)
}

// position is the place in the order of time and id before which a page begins.
func (c noticeCursor) position() place {
	if c.id == 0 {
		return latest
	}
	return place{c.at, c.id}
}

// comments reads what stands before a place; that the actor may is the caller's.
func (t *rtx) comments(ctx context.Context, v *view, b *beneath, before place, limit int) ([]Comment, error) {
	return t.commentsWhere(ctx, v, b, "(created_at, id) < ($4, $5) ORDER BY created_at DESC, id DESC LIMIT $6", before.at, before.id, limit)
}

func (t *rtx) commentsWhere(ctx context.Context, v *view, b *beneath, where string, args ...any) ([]Comment, error) {
	var list []Comment
	var people []policy.ID
	me := v.bound.Subject().Person
	err := t.each(ctx, func(rows *sql.Rows) error {
		var c Comment
		var mentions []byte
		var created int64
		var edited *int64
		if err := rows.Scan(&c.ID, &c.Author.ID, &c.Text, &mentions, &created, &edited); err != nil {
			return err
		}
		var named []int64
		if err := json.Unmarshal(mentions, &named); err != nil {
			return err
		}
		c.Mentions, c.Can = []Name{}, []string{}
		for _, id := range named {
			c.Mentions = append(c.Mentions, Name{ID: policy.ID(id)})
			people = append(people, policy.ID(id))
		}
		people = append(people, c.Author.ID)
		c.CreatedAt, c.EditedAt = *instant(&created), instant(edited)
		mine := c.Author.ID == me && b.says
		if mine && v.now.Sub(c.CreatedAt) < commentEditFor {
			c.Can = append(c.Can, "edit")
		}
		if mine || b.delete {
			c.Can = append(c.Can, "delete")
		}
		list = append(list, c)
		return nil
	}, "SELECT id, author_id, body, mentions, created_at, edited_at FROM record_comment WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND "+where,
		append([]any{v.tenant, string(b.kind.Name), b.id}, args...)...)
	if err != nil {
		return nil, err
	}
	names, err := t.names(ctx, v.tenant, people)
	for i := range list {
		list[i].Author.Name = names[list[i].Author.ID]
		for j := range list[i].Mentions {
			list[i].Mentions[j].Name = names[list[i].Mentions[j].ID]
		}
	}
	return list, err
}

// AddComment writes below a record. Whoever sees what was said there may; people it names who see
// it too are told, the others are not, and naming gives nobody a right. Faults: NotFound, Denied,
// Invalid.
func (s *Session) AddComment(ctx context.Context, kind policy.Kind, id policy.ID, n NewComment) (*Written, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	var out *Written
	err := s.talking(ctx, "comment", kind, id, func(t *tx, v *view, b *beneath) error {
		if err := t.checkPeople(ctx, v, "mentions", n.Mentions...); err != nil {
			return err
		}
		comment, err := t.newID(ctx)
		if err != nil {
			return err
		}
		list, err := jsonText(idNumbers(n.Mentions))
		if err != nil {
			return err
		}
		earlier, err := t.authors(ctx, v, b)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "INSERT INTO record_comment (tenant_id, id, kind, record_id, author_id, body, mentions, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
			v.tenant, comment, string(kind), id, s.actor.Person, n.Text, list, t.nowMicros())
		if err != nil {
			return err
		}
		out, err = t.tell(ctx, v, b, comment, n.Mentions, earlier)
		if err != nil {
			return err
		}
		return t.auditComment(ctx, b, "added", comment, n.Mentions)
	})
	return out, err
}

// talking is a write below a record by who sees what was said there.
func (s *Session) talking(ctx context.Context, name string, kind policy.Kind, id policy.ID, do func(*tx, *view, *beneath) error) error {
	err := s.db.write(ctx, s.actor, op{name: name}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if described := v.catalog.Kind(kind); described != nil {
			// So that the record is not removed in between.
			if err := t.lockRecord(ctx, described, id, false); err != nil {
				return err
			}
		}
		b, err := t.beneath(ctx, v, kind, id)
		switch {
		case err != nil:
			return err
		case !b.says || !s.actor.Scope.Allows(kind, policy.Edit):
			return noTalk
		}
		return do(t, v, b)
	})
	return s.refused(ctx, kind, id, policy.Action(name), err)
}

// tell gives notice to the people whom a comment names and to those who wrote there before, as far
// as they hear it, and says to who may know it whom it did not reach.
func (t *tx) tell(ctx context.Context, v *view, b *beneath, comment policy.ID, named, earlier []policy.ID) (*Written, error) {
	reached, err := t.hearing(ctx, v, b, slices.Concat(named, earlier))
	if err != nil {
		return nil, err
	}
	for _, person := range reached {
		what := NoticeComment
		if slices.Contains(named, person) {
			what = NoticeMention
		}
		if err := t.notify(ctx, person, what, b.kind.Name, b.id, map[string]any{"comment": comment}); err != nil {
			return nil, err
		}
	}
	kept, err := t.comment(ctx, v, b, comment)
	if err != nil {
		return nil, err
	}
	out := &Written{Comment: *kept}
	if v.knowsAccess(b) {
		for _, name := range out.Mentions {
			if slices.Contains(named, name.ID) && !slices.Contains(reached, name.ID) {
				out.Unreached = append(out.Unreached, name)
			}
		}
	}
	return out, nil
}

// authors are the people who wrote below the record before, those of the last comments.
func (t *rtx) authors(ctx context.Context, v *view, b *beneath) ([]policy.ID, error) {
	list, err := t.comments(ctx, v, b, latest, commentsPage)
	var out []policy.ID
	for _, c := range list {
		if !slices.Contains(out, c.Author.ID) {
			out = append(out, c.Author.ID)
		}
	}
	return out, err
}

func (t *rtx) comment(ctx context.Context, v *view, b *beneath, comment policy.ID) (*Comment, error) {
	list, err := t.commentsWhere(ctx, v, b, "id = $4", comment)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, noComment
	}
	return &list[0], nil
}

// EditComment changes one's own comment, soon after it was written; people it names anew are told.
// Faults: NotFound, Denied, Invalid.
func (s *Session) EditComment(ctx context.Context, kind policy.Kind, id, comment policy.ID, n NewComment) (*Written, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	var out *Written
	err := s.talking(ctx, "comment", kind, id, func(t *tx, v *view, b *beneath) error {
		old, err := t.comment(ctx, v, b, comment)
		if err != nil {
			return err
		}
		if !slices.Contains(old.Can, "edit") {
			return commentClosed
		}
		if err := t.checkPeople(ctx, v, "mentions", n.Mentions...); err != nil {
			return err
		}
		list, err := jsonText(idNumbers(n.Mentions))
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE record_comment SET body = $1, mentions = $2, edited_at = $3 WHERE tenant_id = $4 AND id = $5",
			n.Text, list, t.nowMicros(), v.tenant, comment); err != nil {
			return err
		}
		added := slices.DeleteFunc(slices.Clone(n.Mentions), func(p policy.ID) bool {
			return slices.ContainsFunc(old.Mentions, func(m Name) bool { return m.ID == p })
		})
		if out, err = t.tell(ctx, v, b, comment, added, nil); err != nil {
			return err
		}
		return t.auditComment(ctx, b, "edited", comment, added)
	})
	return out, err
}

// DeleteComment takes a comment away: one's own, or any for who may delete the record. Faults:
// NotFound, Denied.
func (s *Session) DeleteComment(ctx context.Context, kind policy.Kind, id, comment policy.ID) error {
	return s.talking(ctx, "comment", kind, id, func(t *tx, v *view, b *beneath) error {
		old, err := t.comment(ctx, v, b, comment)
		if err != nil {
			return err
		}
		if !slices.Contains(old.Can, "delete") {
			return notYourWords
		}
		if _, err := t.exec(ctx, "DELETE FROM record_comment WHERE tenant_id = $1 AND id = $2", v.tenant, comment); err != nil {
			return err
		}
		return t.auditComment(ctx, b, "removed", comment, nil)
	})
}

// auditComment records that something was said, never what.
func (t *tx) auditComment(ctx context.Context, b *beneath, what string, comment policy.ID, named []policy.ID) error {
	detail := map[string]any{"comment": comment, "what": what}
	if len(named) > 0 {
		detail["mentions"] = named
	}
	if err := t.auditUses(ctx, b); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.Commented, Kind: b.kind.Name, Record: b.id, Rules: b.why, Detail: detail})
}
