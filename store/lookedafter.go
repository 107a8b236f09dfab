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
	askKept    = 24 * time.Hour
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
		if _, err := t.countAsk(ctx, "look", lookedLimit, lookedHour, lookedDay); err != nil {
			return err
		}
		asked := v.likesOf(described, fields)
		ids, err := t.alikeAnywhere(ctx, v, described, asked)
		if err != nil {
			return err
		}
		found = len(ids) > 0
		return t.audit(ctx, audit.Entry{Action: audit.Count, Kind: kind, Detail: map[string]any{"looked_after": namesOf(asked)}})
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
	words, err := headWords(words)
	if err != nil {
		return err
	}
	err = s.db.write(ctx, s.actor, op{name: "ask_head"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described, err := v.enters(kind)
		if err != nil {
			return err
		}
		if _, err := t.countAsk(ctx, "ask", asksLimit, asksDay, asksDay); err != nil {
			return err
		}
		asked := v.likesOf(described, fields)
		ids, err := t.alikeAnywhere(ctx, v, described, asked)
		if err != nil {
			return err
		}
		if err := t.askHeads(ctx, v, described, ids, words); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Count, Kind: kind, Detail: map[string]any{"asked_head": namesOf(asked)}})
	})
	return s.refused(ctx, kind, 0, policy.Create, err)
}

// headWords are the words of an ask, which must not be missing.
func headWords(words string) (string, error) {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	switch {
	case words == "":
		return "", fault.New(fault.Invalid, "required", "is required").WithAt("note")
	case utf8.RuneCountInString(words) > noteMax:
		return "", fault.Newf(fault.Invalid, "too_long", "has more than %d characters", noteMax).With("max", noteMax).WithAt("note")
	}
	return words, nil
}

// askHeads sends the words to the heads over some records, which may be gone by now. As many ids are used
// whether there are any: they would tell.
func (t *tx) askHeads(ctx context.Context, v *view, kind *records.Kind, ids []policy.ID, words string) error {
	spare, err := t.newIDs(ctx, askedMost)
	if err != nil {
		return err
	}
	told := 0
	for _, id := range ids[:min(len(ids), askedMost)] {
		head, err := t.headOver(ctx, v, kind, id)
		if fault.Is(err, fault.NotFound) || err == nil && head == 0 {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.askHead(ctx, v, kind, id, head, spare[told], words); err != nil {
			return err
		}
		told++
	}
	_, err = t.newIDs(ctx, askedMost-told) // of the notices that there are not
	return err
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
func (t *tx) countAsk(ctx context.Context, what string, limit *fault.Error, hour, day int) (policy.ID, error) {
	if t.db.dialect == Postgres {
		if _, err := t.exec(ctx, "SELECT 1 FROM person WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE", t.actor.Tenant, t.actor.Person); err != nil {
			return 0, err
		}
	}
	if _, err := t.exec(ctx, "DELETE FROM ownership_ask WHERE tenant_id = $1 AND person_id = $2 AND at < $3", t.actor.Tenant, t.actor.Person, t.now.Add(-askKept).UnixMicro()); err != nil {
		return 0, err
	}
	left, err := t.asksLeft(ctx, t.actor, what, hour, day)
	if err != nil {
		return 0, err
	}
	if left == 0 {
		return 0, limit
	}
	id, err := t.newID(ctx)
	if err != nil {
		return 0, err
	}
	_, err = t.exec(ctx, "INSERT INTO ownership_ask (tenant_id, id, person_id, what, at) VALUES ($1, $2, $3, $4, $5)", t.actor.Tenant, id, t.actor.Person, what, t.nowMicros())
	return id, err
}

// asksLeft is how many questions of a sort somebody may still ask at this instant.
func (t *rtx) asksLeft(ctx context.Context, a Actor, what string, hour, day int) (int, error) {
	var inHour, inDay int
	err := t.row(ctx, "SELECT coalesce(sum(CASE WHEN at > $4 THEN 1 ELSE 0 END), 0), count(*) FROM ownership_ask WHERE tenant_id = $1 AND person_id = $2 AND what = $3 AND at >= $5",
		a.Tenant, a.Person, what, t.now.Add(-time.Hour).UnixMicro(), t.now.Add(-askKept).UnixMicro()).Scan(&inHour, &inDay)
	return max(0, min(hour-inHour, day-inDay)), err
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

// like is a value by which a record is recognised as the same as another.
type like struct {
	field *records.Field
	key   func(string) string
	text  string
}

// likesOf takes from what somebody typed the values by which a record is recognised. What is no value of
// its field is left out, and so are fields of which the actor may not know.
func (v *view) likesOf(kind *records.Kind, fields Fields) []like {
	values := map[string]policy.Value{}
	known := v.knownCatalog().Kind(kind.Name)
	for _, f := range kind.Fields {
		raw, given := fields[f.Name]
		if !given || likeness(kind, f) == nil || f.Custom && known.Field(f.Name) == nil {
			continue
		}
		if value, err := f.Parse(raw); err == nil {
			values[f.Name] = value
		}
	}
	return likesIn(kind, values)
}

// likesIn does the same with values, in the order of the kind's fields.
func likesIn(kind *records.Kind, values map[string]policy.Value) (likes []like) {
	for _, f := range kind.Fields {
		key := likeness(kind, f)
		value, given := values[f.Name]
		if key != nil && given && !value.Missing() && key(value.Text()) != "" {
			likes = append(likes, like{f, key, value.Text()})
		}
	}
	return likes
}

func namesOf(likes []like) []string {
	names := make([]string, len(likes))
	for i, l := range likes {
		names[i] = l.field.Name
	}
	return names
}

// alikeAnywhere finds records with a name, number, address or code like one of those given. Each is one
// statement, whatever it finds.
func (t *tx) alikeAnywhere(ctx context.Context, v *view, kind *records.Kind, likes []like) (ids []policy.ID, err error) {
	all := v.nobody(kind)
	for _, one := range likes {
		f, key, text := one.field, one.key, one.text
		search := key(text)
		if f.Name == kind.Title {
			search = records.NameSearch(text)
		}
		l, err := all.prepare(ListQuery{Kind: kind.Name, Search: search, Limit: duplicatesTried})
		if err != nil {
			continue // too long to search for, and so to be found
		}
		rows, _, err := t.rows(ctx, l)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			for _, other := range kind.Fields {
				if other.Format != f.Format || other.Name != f.Name && f.Format != records.Phone || likeness(kind, other) == nil {
					continue
				}
				if had := row.values[other.Name]; !had.Missing() && key(had.Text()) == key(text) && !slices.Contains(ids, row.id) {
					ids = append(ids, row.id)
				}
			}
		}
	}
	return ids, nil
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

// What a task is about is said in the language of who asks, as their words are.
var (
	asksForRecord = records.Label{ZH: "：请求共享或转交", EN: " asks to be given or shown: "}
	asksForPage   = records.Label{ZH: "：申请使用页面 ", EN: " asks to use the page "}
)

// askHead gives a head the task to answer, with the words of who asks, and tells them.
func (t *tx) askHead(ctx context.Context, v *view, kind *records.Kind, id, head, task policy.ID, words string) error {
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, []policy.ID{t.actor.Person}, names); err != nil {
		return err
	}
	described := v.catalog.Kind("task")
	// Nobody has created it: who asks shall not find it by that.
	values := map[string]policy.Value{
		"subject": policy.TextOf(names[t.actor.Person] + asksForRecord.In(t.actor.Lang) + kind.Label.In(t.actor.Lang)), "content": policy.TextOf(words),
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
