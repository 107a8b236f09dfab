package store

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Whether somebody looks after a record already is said to nobody by default: an answer that depends
// on what one may not see is a way to find it out (docs/adr/0014-duplicates.md). A company that wants
// its people to be told gives them the right 'duplicates', which says yes or no and nothing else, to a
// number of questions that does not suffice for trying. Asking the heads is open to whoever may make
// such records, and is answered alike whatever there is.

const (
	lookedHour = 20 // questions of one person in an hour
	lookedDay  = 60
	asksDay    = 10
	askedMost  = 3 // records about which one ask reaches somebody
)

var (
	lookedLimit = said(fault.Locked, "looked_limit", "查重次数已到上限，请稍后再试", "you have asked as often as one person may: come back later")
	asksLimit   = said(fault.Locked, "asks_limit", "今天请求的次数已到上限，明天再来", "you have asked as often as one person may in a day: come back tomorrow")
)

// LookedAfter says whether somebody looks after a record with this name, telephone number, e-mail
// address or credit code, wherever it is and whosever it is. It takes the right duplicates, and that
// of making such a record. Faults: Denied, NotFound for an unknown kind, Invalid, Locked.
func (s *Session) LookedAfter(ctx context.Context, kind policy.Kind, fields Fields) (bool, error) {
	found := false
	err := s.db.write(ctx, s.actor, op{name: "looked_after"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described, err := v.enters(kind)
		if err != nil {
			return err
		}
		if !v.may("duplicates") {
			return noRight.With("action", "duplicates")
		}
		if err := t.countAsk(ctx, "look", lookedLimit, lookedHour, lookedDay); err != nil {
			return err
		}
		ids, asked, err := t.alikeAnywhere(ctx, v, described, fields)
		if err != nil {
			return err
		}
		found = len(ids) > 0
		return t.audit(ctx, audit.Entry{Action: audit.Count, Kind: kind, Detail: map[string]any{"looked_after": asked}})
	})
	if err != nil {
		return false, s.refused(ctx, kind, 0, policy.Create, err)
	}
	return found, nil
}

// AskHead sends the actor's words to the heads of those who look after records like the one that the
// actor is about to make: as a task and a notice, so that they share it or transfer it, or not. What
// there is, and whether there is anything, is not told. Faults: Denied, NotFound for an unknown kind,
// Invalid, Locked.
func (s *Session) AskHead(ctx context.Context, kind policy.Kind, fields Fields, words string) error {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	switch {
	case words == "":
		return fault.New(fault.Invalid, "required", "is required").WithAt("note")
	case utf8.RuneCountInString(words) > noteMax:
		return fault.Newf(fault.Invalid, "too_long", "has more than %d characters", noteMax).With("max", noteMax).WithAt("note")
	}
	err := s.db.write(ctx, s.actor, op{name: "ask_head"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described, err := v.enters(kind)
		if err != nil {
			return err
		}
		if err := t.countAsk(ctx, "ask", asksLimit, asksDay, asksDay); err != nil {
			return err
		}
		ids, asked, err := t.alikeAnywhere(ctx, v, described, fields)
		if err != nil {
			return err
		}
		// As many ids are used whether anything is there: they would tell.
		spare, err := t.newIDs(ctx, askedMost)
		if err != nil {
			return err
		}
		told := 0
		for _, id := range ids[:min(len(ids), askedMost)] {
			head, err := t.headOver(ctx, v, described, id)
			if err != nil {
				return err
			}
			if head == 0 {
				continue
			}
			if err := t.askHead(ctx, v, described, id, head, spare[told], words); err != nil {
				return err
			}
			told++
		}
		if _, err := t.newIDs(ctx, askedMost-told); err != nil { // of the notices that there are not
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Count, Kind: kind, Detail: map[string]any{"asked_head": asked}})
	})
	return s.refused(ctx, kind, 0, policy.Create, err)
}

// enters is a kind of which the actor may make records.
func (v *view) enters(kind policy.Kind) (*records.Kind, error) {
	described := v.catalog.Kind(kind)
	switch {
	case described == nil:
		return nil, noKind
	case described.Owner != "owner" || v.bound.Reduce(policy.Create, kind).None():
		return nil, notAllowed
	}
	return described, nil
}

// countAsk counts a question of the actor's, and refuses one too many. Questions of one person wait for
// each other.
func (t *tx) countAsk(ctx context.Context, what string, limit *fault.Error, hour, day int) error {
	if t.db.dialect == Postgres {
		if _, err := t.exec(ctx, "SELECT 1 FROM person WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE", t.actor.Tenant, t.actor.Person); err != nil {
			return err
		}
	}
	if _, err := t.exec(ctx, "DELETE FROM ownership_ask WHERE tenant_id = $1 AND person_id = $2 AND at < $3", t.actor.Tenant, t.actor.Person, t.now.Add(-24*time.Hour).UnixMicro()); err != nil {
		return err
	}
	var inHour, inDay int
	if err := t.row(ctx, "SELECT coalesce(sum(CASE WHEN at > $4 THEN 1 ELSE 0 END), 0), count(*) FROM ownership_ask WHERE tenant_id = $1 AND person_id = $2 AND what = $3",
		t.actor.Tenant, t.actor.Person, what, t.now.Add(-time.Hour).UnixMicro()).Scan(&inHour, &inDay); err != nil {
		return err
	}
	if inHour >= hour || inDay >= day {
		return limit
	}
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "INSERT INTO ownership_ask (tenant_id, id, person_id, what, at) VALUES ($1, $2, $3, $4, $5)", t.actor.Tenant, id, t.actor.Person, what, t.nowMicros())
	return err
}

// nobody is a view that a rule of the one shape opens on every record, bound to nobody: what it finds
// leaves this file as yes or no, or goes to a head who sees it themselves.
func (v *view) nobody(kind *records.Kind) *view {
	rules := access.Authored{Merged: v.authored.Merged}.Lower()
	rules = append(rules, policy.Rule{
		ID: "duplicates/" + string(kind.Name), Effect: policy.Permit, Kind: kind.Name,
		Who:     policy.Who{Any: []policy.Clause{{Everyone: true}}},
		Actions: []policy.Action{policy.Read}, Where: policy.Path{Path: policy.PathAll},
		Fields: []policy.FieldRule{{Class: policy.Everything, Level: policy.Plain}},
		Scene:  "whether somebody looks after a record already", Origin: policy.Origin{Type: "job", ID: "duplicates", Name: "duplicates"},
	})
	compiled, _ := policy.Compile(v.catalog.Schema(), rules, v.tree.Within)
	all := *v
	all.bound, all.named = compiled.Bind(&policy.Subject{}, v.bound.Context()), nil
	return &all
}

// alikeAnywhere finds records with a name, number, address or code like those of the fields, and says
// by which fields it asked. Each field is one statement, whatever it finds.
func (t *tx) alikeAnywhere(ctx context.Context, v *view, kind *records.Kind, fields Fields) (ids []policy.ID, asked []string, err error) {
	all := v.nobody(kind)
	known := v.knownCatalog().Kind(kind.Name)
	for _, f := range kind.Fields {
		key := likeness(kind, f)
		raw, given := fields[f.Name]
		if key == nil || !given || f.Custom && known.Field(f.Name) == nil {
			continue
		}
		value, err := f.Parse(raw)
		if err != nil || value.Missing() || key(value.Text()) == "" {
			continue
		}
		asked = append(asked, f.Name)
		search := key(value.Text())
		if f.Name == kind.Title {
			search = records.NameSearch(value.Text())
		}
		l, err := all.prepare(ListQuery{Kind: kind.Name, Search: search, Limit: duplicatesTried})
		if err != nil {
			continue // too long to search for, and so to be found
		}
		rows, _, err := t.rows(ctx, l)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range rows {
			for _, other := range kind.Fields {
				if other.Format != f.Format || other.Name != f.Name && f.Format != records.Phone || likeness(kind, other) == nil {
					continue
				}
				if had := row.values[other.Name]; !had.Missing() && key(had.Text()) == key(value.Text()) && !slices.Contains(ids, row.id) {
					ids = append(ids, row.id)
				}
			}
		}
	}
	return ids, asked, nil
}

// headOver is who is asked about a record: the head of its unit, or of the nearest one above, who sees
// it; nobody when that is who asks, or it has no owner, or it is theirs.
func (t *tx) headOver(ctx context.Context, v *view, kind *records.Kind, id policy.ID) (policy.ID, error) {
	schema := v.catalog.Schema().Kind(kind.Name)
	row, err := t.load(ctx, v, schema, id, v.rules.Needs(kind.Name, policy.Read))
	if err != nil {
		return 0, err
	}
	was, err := t.whole(ctx, schema, id)
	if err != nil {
		return 0, err
	}
	owner := was.values[kind.Owner].ID()
	if owner == 0 || owner == t.actor.Person {
		return 0, nil
	}
	at := was.values["unit"].ID()
	if at == 0 {
		if at, err = t.homeUnit(ctx, owner); err != nil {
			return 0, err
		}
	}
	for at != 0 {
		unit, ok := v.tree.Unit(at)
		if !ok {
			break
		}
		for _, head := range unit.Heads {
			bound := v.rules.Bind(v.subject(head, v.now), v.bound.Context())
			if head != t.actor.Person && bound.Decide(row, policy.Read).Allowed {
				return head, nil
			}
		}
		at = unit.Parent
	}
	return 0, nil
}

// askHead gives a head the task to answer, with the words of who asks, and tells them.
func (t *tx) askHead(ctx context.Context, v *view, kind *records.Kind, id, head, task policy.ID, words string) error {
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, []policy.ID{t.actor.Person}, names); err != nil {
		return err
	}
	described := v.catalog.Kind("task")
	// Nobody has created it: who asks shall not find it by that.
	values := map[string]policy.Value{
		"subject": policy.TextOf(names[t.actor.Person] + "：请求共享或转交" + kind.Label.ZH), "content": policy.TextOf(words),
		"owner": policy.RefOf(head), "created_at": policy.TimeOf(t.now), "updated_at": policy.TimeOf(t.now),
	}
	if f := described.Field(string(kind.Name)); f != nil && f.Type == records.Ref {
		values[f.Name] = policy.RefOf(id)
	}
	home, err := t.homeUnit(ctx, head)
	if err != nil {
		return err
	}
	if home != 0 {
		values["unit"] = policy.RefOf(home)
	}
	described.Complete(values)
	if err := t.insertRecord(ctx, described, task, values); err != nil {
		return err
	}
	changes := audit.Diff(v.catalog.Schema().Kind("task"), nil, values)
	if err := t.audit(ctx, audit.Entry{Action: audit.Action(policy.Create), Kind: "task", Record: task, Fields: audit.Names(changes), Detail: map[string]any{"changes": changes, "about": id}}); err != nil {
		return err
	}
	return t.notify(ctx, head, NoticeAsked, kind.Name, id, map[string]any{"task": task})
}
