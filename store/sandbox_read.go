package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// Sandbox is a sandbox by name, as who asks may know it.
type Sandbox struct {
	ID      policy.ID       `json:"id"`
	Title   string          `json:"title"`
	Purpose string          `json:"purpose"`
	Sponsor Name            `json:"sponsor"`
	From    time.Time       `json:"from"`
	Until   time.Time       `json:"until"`
	EndedAt *time.Time      `json:"ended_at,omitempty"` // before Until
	State   grants.State    `json:"state"`
	Role    string          `json:"role"` // of who asks: sponsor, member, former, overseer, or outsider, who is told no title and purpose
	Mode    grants.Mode     `json:"mode,omitempty"`
	Members []SandboxMember `json:"members"` // now; none is told to former members
	Shares  []SandboxShare  `json:"shares"`  // likewise
	Can     []string        `json:"can"`     // of rename, members, share, extend, end, leave, statement
}

// SandboxMember is somebody in a sandbox.
type SandboxMember struct {
	Person Name        `json:"person"`
	Unit   string      `json:"unit,omitempty"` // of their first appointment
	Mode   grants.Mode `json:"mode"`
	Gives  bool        `json:"gives"`
	Joined time.Time   `json:"joined"`
	Until  *time.Time  `json:"until,omitempty"`
}

// SandboxShare is what somebody put into a sandbox. Its records are told to members as far as they may
// read them now.
type SandboxShare struct {
	ID       policy.ID          `json:"id"`
	Giver    Name               `json:"giver"`
	Kind     policy.Kind        `json:"kind"`
	Count    int                `json:"count"` // of named records that are told; 0 for what moves with the data
	Titles   []Link             `json:"titles"`
	Moving   bool               `json:"moving"`
	Actions  []policy.Action    `json:"actions"`
	Fields   []policy.FieldRule `json:"fields"`
	Along    []GrantAlong       `json:"along"` // what belongs to the records and is shared with them
	Until    time.Time          `json:"until"`
	Sentence records.Label      `json:"sentence"`
	People   int                `json:"people,omitempty"` // whom it reaches; told with take_out
	Can      []string           `json:"can"`              // withdraw; take_out: the record that is asked about
}

// SandboxQuery asks for sandboxes, the newest first.
type SandboxQuery struct {
	Scope  string // mine: opened by the actor; in: the actor is in it; empty or both: either; all: everybody's
	Person policy.ID
	State  string // open, ended; empty: every one
	// Those in which this record lies, of the ones that the actor opened or is in; with the scope all,
	// of everybody's. Beside these, with both, those into which somebody put it who does not have it any
	// more, for who does.
	Kind   policy.Kind
	Record policy.ID
	Before policy.ID // those that are older
}

// maxSandboxes bounds a list of sandboxes.
const maxSandboxes = 100

// Sandboxes lists the sandboxes that the actor opened or is or was in; with the scope all, and one of
// the rights policy and audit, everybody's. Faults: Denied,
// NotFound for a record that the actor may not read.
func (s *Session) Sandboxes(ctx context.Context, q SandboxQuery) ([]Sandbox, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var err error
	list := []Sandbox{}
	read := func(t *rtx, v *view) (err error) {
		var lies func(*grants.Sandbox) (bool, error)
		if q.Record != 0 {
			if lies, err = t.lying(ctx, v, q.Kind, q.Record, q.Scope == "all"); err != nil {
				return err
			}
		}
		where, args := q.where(s.actor.Person, v.now)
		found, err := t.sandboxRows(ctx, v.tenant, "s.id IN (SELECT s.id FROM sandbox s WHERE s.tenant_id = $1 AND "+where+")", args...)
		if err != nil {
			return err
		}
		list = []Sandbox{}
		for i := len(found) - 1; i >= 0 && len(list) < maxSandboxes; i-- {
			box := &found[i]
			v.leaving(box)
			ended := box.At(v.now) == grants.Ended
			if _, in := membership(box, s.actor.Person, v.now); ended && q.State == "open" || !ended && q.State == "ended" || q.Scope == "in" && !in && !ended {
				continue
			}
			if lies != nil {
				here, err := lies(box)
				if err != nil {
					return err
				}
				if !here {
					continue
				}
			}
			list = append(list, v.toldSandbox(box))
		}
		if lies != nil && (q.Scope == "" || q.Scope == "both") && q.State != "ended" && q.Person == 0 && q.Before == 0 {
			if list, err = t.strayShares(ctx, v, q.Kind, q.Record, list); err != nil {
				return err
			}
		}
		return t.nameSandboxes(ctx, v, list)
	}
	if q.Scope == "all" {
		err = s.oversee(ctx, "sandboxes", read, "policy", "audit")
	} else {
		err = s.db.lookAt(ctx, s.actor, read)
	}
	switch {
	case q.Record == 0:
		return list, err
	case err != nil:
		return nil, s.refused(ctx, q.Kind, q.Record, policy.Read, err)
	}
	return list, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Action(policy.Read), Kind: q.Kind, Record: q.Record, Detail: map[string]any{"sandboxes": len(list)}})
}

// where says which sandboxes can be among those that are asked for.
func (q SandboxQuery) where(me policy.ID, now time.Time) (string, []any) {
	args := []any{}
	add := func(text string, arg any) string {
		args = append(args, arg)
		return strings.ReplaceAll(text, "?", fmt.Sprintf("$%d", len(args)+1))
	}
	const in, of = "EXISTS (SELECT 1 FROM sandbox_member m WHERE m.tenant_id = s.tenant_id AND m.sandbox_id = s.id AND m.person_id = ?)", "s.sponsor_id = ?"
	parts := []string{"s.id > 0"}
	switch q.Scope {
	case "all":
	case "mine":
		parts = append(parts, add(of, me))
	case "in":
		parts = append(parts, add(in, me))
	default:
		parts = append(parts, "("+add(of+" OR "+in, me)+")")
	}
	if q.Person != 0 {
		parts = append(parts, "("+add(of+" OR "+in, q.Person)+")")
	}
	if q.State == "open" { // what ended with its sponsor's last appointment is seen when it is read
		parts = append(parts, add("s.until_at > ? AND (s.ended_at IS NULL OR s.ended_at > ?)", now.UnixMicro()))
	}
	if q.Before != 0 {
		parts = append(parts, add("s.id < ?", q.Before))
	}
	return strings.Join(parts, " AND ") + " ORDER BY s.id DESC LIMIT 500", args
}

// Sandbox shows one sandbox to who is or was in it, and to who administers or audits the policy.
// Faults: NotFound.
func (s *Session) Sandbox(ctx context.Context, id policy.ID) (*Sandbox, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var told *Sandbox
	var seen *view
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		box, err := t.knownSandbox(ctx, v, id)
		if err != nil {
			return err
		}
		list := []Sandbox{v.toldSandbox(box)}
		told, seen = &list[0], v
		if err := t.nameSandboxes(ctx, v, list); err != nil {
			return err
		}
		return t.titleShares(ctx, v, box, told)
	})
	if err != nil {
		return nil, err
	}
	// To see beside a sandbox what a record is called is to see something of the record.
	if entries := seen.beside(string(kindSandbox)); len(entries) > 0 {
		return told, s.db.auditRead(ctx, s.actor, entries...)
	}
	return told, nil
}

// toldSandbox is a sandbox as the actor may know it, without names.
func (v *view) toldSandbox(box *grants.Sandbox) Sandbox {
	me := v.bound.Subject().Person
	_, end := box.Window()
	one := Sandbox{ID: box.ID, Title: box.Title, Purpose: box.Purpose, Sponsor: Name{ID: box.Sponsor}, From: box.From, Until: box.Until, State: box.At(v.now),
		Role: v.roleIn(box), Members: []SandboxMember{}, Shares: []SandboxShare{}}
	if end.Before(box.Until) && one.State == grants.Ended {
		one.EndedAt = &end
	}
	mine, in := membership(box, me, v.now)
	if one.Mode = mine.Mode; one.Role == RoleSponsor {
		one.Mode = grants.Edit
	}
	one.Can = v.sandboxActions(box, mine, in)
	if one.Role == RoleFormer {
		return one
	}
	for _, m := range box.Members {
		if m.Left != nil && !m.Left.After(v.now) && m.Left.Before(end) {
			continue
		}
		told := SandboxMember{Person: Name{ID: m.Person}, Mode: m.Mode, Gives: m.Gives, Joined: m.Joined, Until: m.Left}
		if posts := v.subject(m.Person, v.now).Posts; len(posts) > 0 {
			u, _ := v.tree.Unit(posts[0].Unit)
			told.Unit = u.Name
		}
		// Whoever was given another part stands here with the last one.
		one.Members = append(slices.DeleteFunc(one.Members, func(o SandboxMember) bool { return o.Person.ID == m.Person }), told)
	}
	for i := range box.Shares {
		x := &box.Shares[i]
		if _, until := x.Window(); !until.After(v.now) && until.Before(end) {
			continue
		}
		told := v.shareTold(box, x)
		if one.State != grants.Ended && (x.Giver == me || box.Sponsor == me || v.may("policy")) {
			told.Can = append(told.Can, "withdraw")
		}
		one.Shares = append(one.Shares, told)
	}
	return one
}

// shareTold is what was put into a sandbox as the actor may know it, without names.
func (v *view) shareTold(box *grants.Sandbox, x *grants.Share) SandboxShare {
	said := *x
	if !v.may("policy") && !v.may("audit") && x.Giver != v.bound.Subject().Person {
		said = v.toldShare(said)
	}
	return SandboxShare{ID: x.ID, Giver: Name{ID: x.Giver}, Kind: x.Kind, Count: len(x.Records), Titles: []Link{}, Moving: len(x.Records) == 0,
		Actions: x.Actions, Fields: said.Fields, Along: v.alongOf(box.Grant(said)), Until: x.Until, Sentence: v.shareSentence(box, &said), Can: []string{}}
}

// toldShare leaves out what does not exist for who asks: fields that the company added and they see
// nowhere, and conditions on these.
func (v *view) toldShare(x grants.Share) grants.Share {
	x.Fields, x.Along = v.toldFields(x.Kind, x.Fields), slices.Clone(x.Along)
	x.Along = slices.DeleteFunc(x.Along, func(a grants.Along) bool { return v.knownCatalog().Kind(a.Kind).Field(a.Field) == nil })
	for i, a := range x.Along {
		x.Along[i].Fields = v.toldFields(a.Kind, a.Fields)
	}
	for _, c := range []**policy.Cond{&x.When, &x.Within} {
		if *c != nil && slices.ContainsFunc(policy.FieldsOf(v.catalog.Schema(), x.Kind, *c), func(name string) bool {
			on, field, _ := strings.Cut(name, ".")
			k := v.knownCatalog().Kind(policy.Kind(on))
			return k == nil || k.Field(field) == nil
		}) {
			*c = nil
		}
	}
	return x
}

// sandboxActions is what the actor may do with a sandbox; each is asked again when it is done.
func (v *view) sandboxActions(box *grants.Sandbox, mine grants.Member, in bool) []string {
	can := []string{}
	if box.At(v.now) != grants.Ended {
		switch me := v.bound.Subject().Person; {
		case box.Sponsor == me:
			can = append(can, "rename", "members", "share", "extend", "end")
		case in && mine.Gives:
			can = append(can, "share", "leave")
			if slices.ContainsFunc(box.Shares, func(x grants.Share) bool {
				_, end := x.Window()
				return x.Giver == me && end.After(v.now) && x.Until.Before(box.Until)
			}) {
				can = append(can, "extend")
			}
		case in:
			can = append(can, "leave")
		}
		if box.Sponsor != v.bound.Subject().Person && v.may("policy") {
			can = append(can, "end")
		}
	}
	return append(can, "statement")
}

// nameSandboxes puts the names of people to their ids.
func (t *rtx) nameSandboxes(ctx context.Context, v *view, list []Sandbox) error {
	var all []*Name
	for i := range list {
		all = append(all, &list[i].Sponsor)
		for j := range list[i].Members {
			all = append(all, &list[i].Members[j].Person)
		}
		for j := range list[i].Shares {
			all = append(all, &list[i].Shares[j].Giver)
		}
	}
	var ids []policy.ID
	for _, n := range all {
		ids = append(ids, n.ID)
	}
	slices.Sort(ids)
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, slices.Compact(ids), names); err != nil {
		return err
	}
	for _, n := range all {
		n.Name = names[n.ID]
	}
	return nil
}

// titlesOfShare is how many of the records of a share are named.
const titlesOfShare = 50

// titleShares names the records of shares as far as who asks may read them. Whose share it is, and who
// oversees it, is told how many there are; others how many of them they may read.
func (t *rtx) titleShares(ctx context.Context, v *view, box *grants.Sandbox, told *Sandbox) error {
	me := v.bound.Subject().Person
	for i := range told.Shares {
		one := &told.Shares[i]
		x := box.Shares[slices.IndexFunc(box.Shares, func(x grants.Share) bool { return x.ID == one.ID })]
		readable := 0
		if described := v.catalog.Kind(x.Kind); described != nil && len(x.Records) > 0 {
			items, err := t.readable(ctx, v, described, x.Records)
			if err != nil {
				return err
			}
			readable = len(items)
			for i := range min(readable, titlesOfShare) {
				it := &items[i]
				one.Titles = append(one.Titles, Link{ID: it.ID, Title: it.Title})
				if _, plain := it.Fields[described.Title]; plain {
					v.tells(x.Kind, it)
				}
			}
		}
		if x.Giver != me && told.Role != RoleOverseer {
			one.Count = readable
		}
	}
	return nil
}

// shareSentence says in words what a share gives.
func (st *state) shareSentence(box *grants.Sandbox, x *grants.Share) records.Label {
	g := box.Grant(*x)
	rule := policy.Rule{Effect: policy.Permit, Kind: g.Kind, Actions: g.Actions, Where: policy.Path{Path: policy.PathAll}, Fields: g.Fields, Scene: g.Purpose}
	switch conds := g.Conditions(); len(conds) {
	case 0:
	case 1:
		rule.When = &conds[0]
	default:
		rule.When = &policy.Cond{Op: policy.OpAll, Args: conds}
	}
	return both(func(lang string) string {
		p := policy.PartsOf(st.catalog.Schema(), names{st}, &rule, lang)
		n := len(g.Records)
		along := func(comma string) string {
			if len(g.Along) == 0 {
				return ""
			}
			return comma + st.alongWords(g.Kind, g.Along, lang)
		}
		if lang == "en" {
			which := p.Records
			if n > 0 {
				which = "named records (" + names{st}.Kind(g.Kind, lang) + ")"
			}
			text := "Members may " + p.Actions + " " + which + along(", ")
			if p.Condition != "" {
				text += "; condition: " + p.Condition
			}
			return text + "; " + p.Fields + "."
		}
		which := p.Records
		if n > 0 {
			which = "指定的" + names{st}.Kind(g.Kind, lang)
		}
		text := "成员可以" + p.Actions + which + along("，")
		if p.Condition != "" {
			text += "；条件：" + p.Condition
		}
		return text + "；" + p.Fields + "。"
	})
}

// SandboxAccess is a sandbox that somebody is in, or opened.
type SandboxAccess struct {
	ID      policy.ID    `json:"id"`
	Title   string       `json:"title"`
	Sponsor Name         `json:"sponsor"`
	Mode    grants.Mode  `json:"mode"`
	State   grants.State `json:"state"`
	Until   time.Time    `json:"until"` // for them
}

// boxesOf lists the sandboxes that somebody is in or opened, in force or yet to begin. What is in them
// stands among the rules.
func (t *rtx) boxesOf(ctx context.Context, v *view, person policy.ID) ([]SandboxAccess, error) {
	list := []SandboxAccess{}
	var sponsors []policy.ID
	for i := range v.authored.Sandboxes {
		box := &v.authored.Sandboxes[i]
		m, in := membership(box, person, v.now)
		_, end := box.Window()
		if box.Sponsor == person {
			m, in = grants.Member{Mode: grants.Edit}, true
		}
		if !in || box.At(v.now) == grants.Ended {
			continue
		}
		one := SandboxAccess{ID: box.ID, Title: box.Title, Sponsor: Name{ID: box.Sponsor}, Mode: m.Mode, State: box.At(v.now), Until: end}
		if m.Left != nil && m.Left.Before(end) {
			one.Until = *m.Left
		}
		list, sponsors = append(list, one), append(sponsors, box.Sponsor)
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, sponsors, names); err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Sponsor.Name = names[list[i].Sponsor.ID]
	}
	return list, nil
}
