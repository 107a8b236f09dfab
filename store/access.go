package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// Access is what a person holds, whence, and until when: derived from the rules that the gate asks,
// never stored.
type Access struct {
	Person Name            `json:"person"`
	Posts  []MyAppointment `json:"posts"`
	Kinds  []KindAccess    `json:"kinds"`  // administration first, where they hold any
	Pools  []Name          `json:"pools"`  // that are open to them
	Grants []Grant         `json:"grants"` // received, in force or yet to begin
	Boxes  []SandboxAccess `json:"sandboxes"`
	Teams  []TeamAccess    `json:"teams"`
	More   bool            `json:"more"` // there are more teams than are listed
	Epoch  int64           `json:"epoch"`
}

// KindAccess is what a person holds of one kind.
type KindAccess struct {
	Kind    policy.Kind     `json:"kind"`
	Label   records.Label   `json:"label"`
	Actions []policy.Action `json:"actions"` // that some rule opens on some record
	Ways    []AccessWay     `json:"ways"`
}

// AccessWay is one rule that speaks of the person.
type AccessWay struct {
	Rule     string         `json:"rule"`
	Effect   policy.Effect  `json:"effect"`
	Origin   policy.Origin  `json:"origin"`
	From     records.Label  `json:"from"`  // what Origin is called
	Holds    []AccessClause `json:"holds"` // by what the rule speaks of them
	Sentence records.Label  `json:"sentence"`
	Until    *time.Time     `json:"until,omitempty"`
}

// AccessClause is a position, a unit, the person or everyone, in words.
type AccessClause struct {
	Type  string        `json:"type"` // position, unit, person, everyone
	Label records.Label `json:"label"`
}

// TeamAccess is a record on which the person is a collaborator.
type TeamAccess struct {
	Kind   policy.Kind   `json:"kind"`
	Label  records.Label `json:"label"`
	Record policy.ID     `json:"record"`
	Title  string        `json:"title,omitempty"` // empty when who asks may not read it
	From   *time.Time    `json:"from,omitempty"`
	Until  *time.Time    `json:"until,omitempty"`
}

// maxTeams bounds how many teams of a kind are listed.
const maxTeams = 200

// Access tells what a person holds: oneself always, the people of one's units to their head, and
// everybody to who has the right policy or audit. Faults: Denied, NotFound.
func (s *Session) Access(ctx context.Context, person policy.ID) (*Access, error) {
	if person == 0 {
		person = s.actor.Person
	}
	var found *Access
	var entries []audit.Entry
	others := false
	read := func(t *rtx, v *view) (err error) {
		if others = s.actor.Scope != nil || !v.overseesAccess(person); others {
			return nil
		}
		found, err = t.accessOf(ctx, v, person)
		entries = v.with(audit.Entry{Action: audit.Explain, Kind: records.RefPerson, Record: person, Epoch: v.epoch, Detail: map[string]any{"access": true}})
		return err
	}
	err := s.db.lookAt(ctx, s.actor, read)
	if err == nil && others {
		err = s.oversee(ctx, "access", func(t *rtx, v *view) (err error) {
			found, err = t.accessOf(ctx, v, person)
			entries = v.with(audit.Entry{Action: audit.Explain, Kind: records.RefPerson, Record: person, Epoch: v.epoch, Detail: map[string]any{"access": true}})
			return err
		}, "policy", "audit")
	}
	if err != nil {
		return nil, err
	}
	return found, s.db.auditRead(ctx, s.actor, entries...)
}

// overseesAccess reports whether the person is the actor, or works in a unit that they head.
func (v *view) overseesAccess(person policy.ID) bool {
	me := v.bound.Subject()
	return person == me.Person || slices.ContainsFunc(v.subject(person, v.now).Posts, func(p policy.Post) bool {
		_, found := slices.BinarySearch(me.Headed, p.Unit)
		return found
	})
}

func (t *rtx) accessOf(ctx context.Context, v *view, person policy.ID) (*Access, error) {
	x := &Access{Posts: []MyAppointment{}, Kinds: []KindAccess{}, Pools: []Name{}, Grants: []Grant{}, Boxes: []SandboxAccess{}, Teams: []TeamAccess{}, Epoch: v.epoch}
	err := t.row(ctx, "SELECT id, name, login FROM person WHERE tenant_id = $1 AND id = $2", v.tenant, person).Scan(&x.Person.ID, &x.Person.Name, &x.Person.Login)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noPerson
	}
	if err != nil {
		return nil, err
	}
	them := v.state.view(Actor{Tenant: v.tenant, Person: person, Channel: "web", Device: "desktop", Network: "office"}, v.now)
	subject := them.bound.Subject()
	for _, post := range subject.Posts {
		u, _ := v.tree.Unit(post.Unit)
		x.Posts = append(x.Posts, MyAppointment{Unit: Name{ID: u.ID, Name: u.Name}, Position: v.position(post.Position),
			Head: slices.Contains(u.Heads, person), Until: v.until(person, post)})
	}
	for _, p := range v.pools {
		if _, _, any := them.worksWith(p.ID); any || slices.Contains(subject.Pools, p.ID) {
			x.Pools = append(x.Pools, Name{ID: p.ID, Name: p.Name})
		}
	}
	x.Kinds = v.accessKinds(them)
	if x.Grants, err = t.received(ctx, v, person); err != nil {
		return nil, err
	}
	if x.Boxes, err = t.boxesOf(ctx, v, person); err != nil {
		return nil, err
	}
	return x, t.teamsOf(ctx, v, x)
}

// accessKinds lists, kind by kind, the rules that speak of somebody and reach anything.
func (v *view) accessKinds(them *view) []KindAccess {
	out := []KindAccess{}
	add := func(kind policy.Kind, label records.Label, actions []policy.Action) {
		one := KindAccess{Kind: kind, Label: label, Actions: []policy.Action{}, Ways: []AccessWay{}}
		var seen []int
		take := func(rules []int) {
			for _, i := range rules {
				if !slices.Contains(seen, i) {
					seen = append(seen, i)
					one.Ways = append(one.Ways, v.accessWay(them, i))
				}
			}
		}
		for _, action := range actions {
			r := them.bound.Reduce(action, kind)
			if r.None() {
				continue
			}
			one.Actions = append(one.Actions, action)
			for _, b := range r.Branches {
				take(b.Rules)
			}
			take(r.Covered)
			for _, b := range slices.Concat(r.Bars, r.Guards) {
				take(b.Rules)
			}
		}
		if len(one.Actions) > 0 {
			slices.SortStableFunc(one.Ways, func(a, b AccessWay) int { return -strings.Compare(string(a.Effect), string(b.Effect)) })
			out = append(out, one)
		}
	}
	add(records.System, systemLabel, records.SystemActions)
	for _, k := range v.catalog.Kinds() {
		add(k.Name, k.Label, k.Actions)
	}
	return out
}

func (v *view) accessWay(them *view, i int) AccessWay {
	rule := them.bound.Ruleset().Rule(i)
	w := AccessWay{Rule: rule.ID, Effect: rule.Effect, Origin: rule.Origin, From: v.originLabel(rule), Holds: []AccessClause{}, Sentence: v.heldSentence(them, rule)}
	var ends []*time.Time
	for _, c := range them.bound.Ruleset().Clauses(i, them.bound.Subject()) {
		w.Holds = append(w.Holds, AccessClause{clauseType(c), both(func(lang string) string {
			return policy.WhoSentence(v.catalog.Schema(), names{v.state}, policy.Who{Any: []policy.Clause{c}}, lang)
		})})
		ends = append(ends, v.clauseEnds(them, c)...)
	}
	// It lasts as long as the longest of what it hangs on, and never longer than itself.
	if w.Until = lastOf(ends); rule.Until != nil && (w.Until == nil || rule.Until.Before(*w.Until)) {
		w.Until = rule.Until
	}
	return w
}

func clauseType(c policy.Clause) string {
	switch {
	case c.Everyone:
		return "everyone"
	case c.Person != 0:
		return "person"
	case c.Position != "":
		return "position"
	}
	return "unit"
}

// clauseEnds lists when the posts end by which a clause speaks of somebody; nil stands for never.
func (v *view) clauseEnds(them *view, c policy.Clause) []*time.Time {
	if c.Everyone || c.Person != 0 {
		return []*time.Time{nil}
	}
	var ends []*time.Time
	for _, post := range them.bound.Subject().Posts {
		alone := &policy.Subject{Person: them.bound.Subject().Person, Posts: []policy.Post{post}}
		if who := (policy.Who{Any: []policy.Clause{c}}); who.SpeaksOf(alone) {
			ends = append(ends, v.until(alone.Person, post))
		}
	}
	return ends
}

// lastOf is the last of some ends; nil when one of them never comes, or there is none.
func lastOf(ends []*time.Time) *time.Time {
	var last *time.Time
	for _, end := range ends {
		if end == nil {
			return nil
		}
		if last == nil || end.After(*last) {
			last = end
		}
	}
	return last
}

// heldSentence says a rule to who holds it, without what who asks may not know: a field that the
// company added and they see nowhere does not exist for them.
func (v *view) heldSentence(them *view, rule *policy.Rule) records.Label {
	if rule.Kind == records.System {
		return both(func(lang string) string {
			p := policy.PartsOf(v.catalog.Schema(), names{v.state}, rule, lang)
			if lang == "en" {
				return "May " + p.Actions + "."
			}
			return "可以" + p.Actions + "。"
		})
	}
	if v.may("policy") || v.may("audit") {
		return v.heldWords(them, rule)
	}
	known, said, hidden := v.knownCatalog(), *rule, false
	knows := func(kind policy.Kind, cond *policy.Cond) bool {
		return cond == nil || !slices.ContainsFunc(policy.FieldsOf(v.catalog.Schema(), kind, cond), func(name string) bool {
			on, field, _ := strings.Cut(name, ".")
			k := known.Kind(policy.Kind(on))
			return k == nil || k.Field(field) == nil
		})
	}
	if !knows(rule.Kind, rule.When) {
		said.When, hidden = nil, true
	}
	if related := v.relatedKind(rule); !knows(related, rule.Where.Cond) {
		said.Where.Cond, hidden = nil, true
	}
	said.Fields = v.toldFields(rule.Kind, rule.Fields)
	sentence := v.heldWords(them, &said)
	if hidden {
		sentence = records.Label{ZH: sentence.ZH + untold.ZH, EN: sentence.EN + untold.EN}
	}
	return sentence
}

// heldWords says what was opened for a purpose as it was given. Which records, and by what, is between who gave it and
// who holds it, and for who oversees all rules.
func (v *view) heldWords(them *view, rule *policy.Rule) records.Label {
	me, about := v.bound.Subject().Person, topic{person: them.bound.Subject().Person}
	o, _ := v.openingOf(rule)
	about.some = me != about.person && me != o.by && !v.may("policy") && !v.may("audit")
	if _, sentence, opened := v.given(rule, nil, about); opened {
		return sentence
	}
	return v.templateSentence(rule)
}

// toldFields leaves out the fields that do not exist for who asks.
func (v *view) toldFields(kind policy.Kind, fields []policy.FieldRule) []policy.FieldRule {
	known := v.knownCatalog().Kind(kind)
	return slices.DeleteFunc(slices.Clone(fields), func(f policy.FieldRule) bool { return f.Field != "" && known.Field(f.Field) == nil })
}

// relatedKind is the kind at the end of a rule's relation.
func (v *view) relatedKind(rule *policy.Rule) policy.Kind {
	if k := v.catalog.Kind(rule.Kind); k != nil {
		if r, ok := k.Relation(rule.Where.Relation); ok {
			return r.Kind
		}
	}
	return rule.Kind
}

// received lists the grants that somebody may use now or later.
func (t *rtx) received(ctx context.Context, v *view, person policy.ID) ([]Grant, error) {
	found, used, err := t.grantRows(ctx, v.tenant, "g.receiver_id = $2 AND g.until_at > $3 AND (g.revoked_at IS NULL OR g.revoked_at > $3) AND g.used_at IS NULL", person, v.now.UnixMicro())
	if err != nil {
		return nil, err
	}
	list, err := t.told(ctx, v, found, used)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(g Grant) bool { return g.State != grants.Active && g.State != grants.Pending })
	me := v.bound.Subject().Person
	for i := range list {
		if g := &list[i]; g.Receiver.ID != me && g.Giver.ID != me && !v.may("policy") && !v.may("audit") {
			// Which records, and by what, is between the two.
			g.Records, g.When = []policy.ID{}, nil
			g.Sentence = v.grantWords(grants.Grant{Kind: g.Kind, Actions: g.Actions, Fields: v.toldFields(g.Kind, g.Fields), Purpose: g.Purpose, Once: g.Once, GiveOn: g.GiveOn}, nil, g.Receiver.Name, true)
		}
	}
	return list, t.titleGrants(ctx, v, list)
}

// teamsOf lists the records on which somebody is a collaborator, now or later.
func (t *rtx) teamsOf(ctx context.Context, v *view, x *Access) error {
	byKind := map[policy.Kind][]policy.ID{}
	for _, k := range v.catalog.Kinds() {
		if !k.Team {
			continue
		}
		n := 0
		err := t.each(ctx, func(rows *sql.Rows) error {
			one := TeamAccess{Kind: k.Name, Label: k.Label}
			var from, until *int64
			if err := rows.Scan(&one.Record, &from, &until); err != nil {
				return err
			}
			if n++; n > maxTeams {
				x.More = true
				return nil
			}
			one.From, one.Until = instant(from), instant(until)
			x.Teams = append(x.Teams, one)
			byKind[k.Name] = append(byKind[k.Name], one.Record)
			return nil
		}, "SELECT record_id, from_at, until_at FROM team WHERE tenant_id = $1 AND kind = $2 AND person_id = $3 AND (until_at IS NULL OR until_at > $4) ORDER BY sort_at DESC, record_id DESC LIMIT $5",
			v.tenant, string(k.Name), x.Person.ID, v.now.UnixMicro(), maxTeams+1)
		if err != nil {
			return err
		}
	}
	for kind, ids := range byKind {
		slices.Sort(ids)
		titles, err := t.titles(ctx, v, kind, slices.Compact(ids))
		if err != nil {
			return err
		}
		for i := range x.Teams {
			if x.Teams[i].Kind == kind {
				x.Teams[i].Title = titles[x.Teams[i].Record]
			}
		}
	}
	return nil
}
