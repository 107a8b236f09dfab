package store

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Where something is refused as a whole there is no request to be made: who is asked about a record, and
// what becomes of it, would tell that the record exists. The words go on their way instead, to the head
// over it or to who administers the rules, and the answer is the same whatever there is.

// pagePath is the address of a page without anything that names a record.
var pagePath = regexp.MustCompile(`^(/[a-z][a-z-]{0,30}){1,3}$`)

// AskUnseen sends the actor's words to the head over a record that the actor cannot read, as a task and a
// notice. Whether there is such a record is not told: the answer, its limits and what it costs of ids are
// the same for any number. Faults: NotFound for an unknown kind, Invalid, Locked.
func (s *Session) AskUnseen(ctx context.Context, kind policy.Kind, id policy.ID, words string) error {
	words, err := askedWords(words)
	if err != nil {
		return err
	}
	if err := s.inPerson(); err != nil {
		return err
	}
	err = s.db.write(ctx, s.actor, op{name: "ask_unseen"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		if described == nil {
			return noKind
		}
		if _, err := t.countAsk(ctx, "unseen", asksLimit, asksDay, asksDay); err != nil {
			return err
		}
		spare, err := t.newIDs(ctx, 2) // a task and a notice, whether there are any
		if err != nil {
			return err
		}
		head, err := t.headOfUnseen(ctx, v, described, id)
		if err != nil {
			return err
		}
		if head != 0 {
			if err := t.askHead(ctx, v, described, id, head, spare[0], words); err != nil {
				return err
			}
		} else if _, err := t.newIDs(ctx, 1); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Requested, Kind: kind, Record: id, Detail: map[string]any{"type": "unseen", "purpose": audit.Clean(words)}})
	})
	return s.refused(ctx, kind, id, "request", err)
}

func askedWords(words string) (string, error) {
	words, err := approvals.Words(strings.ReplaceAll(words, "\r\n", "\n"), true)
	if err == nil && utf8.RuneCountInString(words) > noteMax {
		err = fault.Newf(fault.Invalid, "too_long", "has more than %d characters", noteMax).With("max", noteMax)
	}
	return words, err
}

// headOfUnseen is who is told of the words: nobody when there is no such record, or the actor reads it.
func (t *tx) headOfUnseen(ctx context.Context, v *view, kind *records.Kind, id policy.ID) (policy.ID, error) {
	if kind.Owner != "owner" {
		return 0, nil
	}
	_, err := t.one(ctx, v.shape(kind, []string{}), id)
	if !fault.Is(err, fault.NotFound) {
		return 0, err
	}
	head, err := t.headOver(ctx, v, kind, id)
	if fault.Is(err, fault.NotFound) {
		return 0, nil
	}
	return head, err
}

// AskPage sends the actor's words to those who administer the rules, about a page that was refused: a task
// for the first of them, a notice for all. It takes a session. Faults: Invalid, Locked.
func (s *Session) AskPage(ctx context.Context, page, words string) error {
	words, err := askedWords(words)
	if err != nil {
		return err
	}
	if !pagePath.MatchString(page) {
		return fault.New(fault.Invalid, "page", "this is the address of no page").WithAt("page")
	}
	if err := s.inPerson(); err != nil {
		return err
	}
	err = s.db.write(ctx, s.actor, op{name: "ask_page"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if _, err := t.countAsk(ctx, "unseen", asksLimit, asksDay, asksDay); err != nil {
			return err
		}
		holds := v.state.holds("policy", t.now)
		var people []policy.ID
		for person, list := range v.appointments {
			if person != t.actor.Person && len(org.ActiveOf(list, t.now)) > 0 && holds(person) {
				people = append(people, person)
			}
		}
		slices.Sort(people)
		open := map[policy.ID]bool{}
		if err := t.whoSignsIn(ctx, v.tenant, people, open); err != nil {
			return err
		}
		people = slices.DeleteFunc(people, func(p policy.ID) bool { return !open[p] })
		if len(people) > 0 {
			if err := t.putPageTask(ctx, v, people[0], page, words); err != nil {
				return err
			}
		}
		for _, person := range people {
			if err := t.notify(ctx, person, NoticeAskedPage, "", 0, map[string]any{"page": page}); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.Requested, Kind: records.System, Detail: map[string]any{"type": "page", "page": page, "purpose": audit.Clean(words)}})
	})
	return s.refused(ctx, records.System, 0, "request", err)
}

func (t *tx) putPageTask(ctx context.Context, v *view, person policy.ID, page, words string) error {
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, []policy.ID{t.actor.Person}, names); err != nil {
		return err
	}
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	described := v.catalog.Kind("task")
	values := map[string]policy.Value{
		"subject": policy.TextOf(names[t.actor.Person] + asksForPage.In(t.actor.Lang) + page), "content": policy.TextOf(words), "owner": policy.RefOf(person),
		"created_at": policy.TimeOf(t.now), "updated_at": policy.TimeOf(t.now),
	}
	home, err := t.homeUnit(ctx, person)
	if err != nil {
		return err
	}
	if home != 0 {
		values["unit"] = policy.RefOf(home)
	}
	described.Complete(values)
	if err := t.insertRecord(ctx, described, id, values); err != nil {
		return err
	}
	changes := audit.Diff(v.catalog.Schema().Kind("task"), nil, values)
	return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Create), Kind: "task", Record: id, Fields: audit.Names(changes), Detail: map[string]any{"changes": changes}})
}
