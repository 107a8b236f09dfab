package store

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// Request is a request as one person may know of it.
type Request struct {
	ID        policy.ID        `json:"id"`
	Type      RequestType      `json:"type"`
	Asker     Name             `json:"asker"`
	Kind      policy.Kind      `json:"kind"`
	KindLabel records.Label    `json:"kind_label"`
	Record    *Link            `json:"record,omitempty"` // with its title where the reader sees it plain
	Fields    []AskedField     `json:"fields"`
	Edit      bool             `json:"edit,omitempty"`
	Hours     int              `json:"hours,omitempty"`
	Export    *ExportAsk       `json:"export,omitempty"`
	Transfer  *AskedTransfer   `json:"transfer,omitempty"`
	Change    *AskedChange     `json:"change,omitempty"`
	Create    *AskedCreate     `json:"create,omitempty"`
	Delete    *AskedDelete     `json:"delete,omitempty"`
	Pool      *AskedPool       `json:"pool,omitempty"`
	Mass      *AskedMass       `json:"mass,omitempty"`
	Purpose   string           `json:"purpose"`
	State     approvals.State  `json:"state"`
	AskedAt   time.Time        `json:"asked_at"`
	EndedAt   *time.Time       `json:"ended_at,omitempty"`
	Steps     []RequestStep    `json:"steps"`
	Decisions []RequestVerdict `json:"decisions"`
	// Waits are those who may decide now. Whoever asked is not told of heads by whom they would learn
	// where the record stands.
	Waits     []Waiting  `json:"waits"`
	DueAt     *time.Time `json:"due_at,omitempty"`
	ExpiresAt *time.Time `json:"expires_at,omitempty"`
	// EscalatesAt is when the next head may decide too; absent once it has come.
	EscalatesAt *time.Time  `json:"escalates_at,omitempty"`
	Can         []string    `json:"can"` // approve, refuse, withdraw
	Grant       *GrantState `json:"grant,omitempty"`
	Job         policy.ID   `json:"job,omitempty"` // of an approved export, for who asked
	Giver       *Name       `json:"giver,omitempty"`
	Void        string      `json:"void,omitempty"` // why nothing came of it: asker, giver, changed, invalid, limit
}

// AskedField is a field by its name, with its label.
type AskedField struct {
	Name  string        `json:"name"`
	Label records.Label `json:"label"`
}

// RequestStep is a step of the chain.
type RequestStep struct {
	By    []StepSource `json:"by"`
	All   bool         `json:"all,omitempty"`
	Hours int          `json:"hours"`
	Added bool         `json:"added,omitempty"` // it was passed on to this step
	State string       `json:"state"`           // done, now, later
}

// StepSource is how a step names who decides, in words.
type StepSource struct {
	approvals.Source
	Label records.Label `json:"label,omitzero"` // of the position or pack, the name of the person
}

// RequestVerdict is one decision.
type RequestVerdict struct {
	Step    int               `json:"step"`
	Person  Name              `json:"person"`
	For     *Name             `json:"for,omitempty"`
	Verdict approvals.Verdict `json:"verdict"`
	Words   string            `json:"words,omitempty"`
	At      time.Time         `json:"at"`
}

// Waiting is somebody who may decide now.
type Waiting struct {
	Person Name  `json:"person"`
	For    *Name `json:"for,omitempty"`
	Joined bool  `json:"joined,omitempty"` // as the next head, because it waits too long
}

// GrantState is how the grant stands that came of a request.
type GrantState struct {
	ID    policy.ID    `json:"id"`
	From  time.Time    `json:"from"`
	Until time.Time    `json:"until"`
	State grants.State `json:"state"`
}

// RequestPage is a part of a list of requests, the newest first.
type RequestPage struct {
	Items []Request `json:"items"`
	Next  string    `json:"next,omitempty"`
}

// RequestScope says whose requests a list holds.
type RequestScope string

// The scopes.
const (
	RequestsMine    RequestScope = "mine"
	RequestsWaiting RequestScope = "waiting" // for the actor's decision now
	RequestsDecided RequestScope = "decided" // by the actor, or in their stead
	RequestsAll     RequestScope = "all"     // everybody's, with the right policy or audit
)

const (
	requestsPage = 30
	waitingMost  = 1000 // requests under way in a company that are looked through for one person
)

// Requests lists requests. It takes a session. Faults: Denied, Invalid.
func (s *Session) Requests(ctx context.Context, scope RequestScope, cursor string) (*RequestPage, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	before := int64(math.MaxInt64)
	if cursor != "" {
		var err error
		if before, err = strconv.ParseInt(cursor, 10, 64); err != nil || before <= 0 {
			return nil, badCursor
		}
	}
	var page *RequestPage
	var entries []audit.Entry
	read := func(t *rtx, v *view) error {
		var list []*request
		var err error
		where, args, most := "", []any{before}, requestsPage+1
		switch scope {
		case RequestsMine:
			where, args = "asker_id = $3", append(args, s.actor.Person)
		case RequestsDecided:
			where, args = "id IN (SELECT request_id FROM request_decision WHERE tenant_id = $1 AND verdict <> 'skip' AND (person_id = $3 OR for_id = $3))", append(args, s.actor.Person)
		case RequestsWaiting:
			where, most = "state = 'pending'", waitingMost
		case RequestsAll:
			where = "1 = 1"
		default:
			return fault.New(fault.Invalid, "scope", "there is no such list").WithAt("scope")
		}
		list, err = t.requests(ctx, v.tenant, fmt.Sprintf("id < $2 AND %s ORDER BY id DESC LIMIT %d", where, most), args...)
		if err != nil {
			return err
		}
		o, err := t.deciders(ctx, v, list...)
		if err != nil {
			return err
		}
		if scope == RequestsWaiting {
			list = slices.DeleteFunc(list, func(r *request) bool { return !v.decides(r, o) })
		}
		page = &RequestPage{}
		if len(list) > requestsPage {
			list = list[:requestsPage]
			page.Next = list[requestsPage-1].id.String()
		}
		page.Items, err = t.showRequests(ctx, v, o, list, false)
		entries = v.beside("request")
		return err
	}
	var err error
	if scope == RequestsAll {
		err = s.oversee(ctx, "requests", read, "policy", "audit")
	} else {
		err = s.db.lookAt(ctx, s.actor, read)
	}
	if err != nil {
		return nil, err
	}
	if len(entries) > 0 {
		err = s.db.auditRead(ctx, s.actor, entries...)
	}
	return page, err
}

// Request shows one request to who asked, who decides or decided it, and who has the right policy or
// audit. To anybody else there is none. It takes a session. Faults: NotFound.
func (s *Session) Request(ctx context.Context, id policy.ID) (*Request, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var one *Request
	var entries []audit.Entry
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		r, o, err := t.knownRequest(ctx, v, id)
		if err != nil {
			return err
		}
		shown, err := t.showRequests(ctx, v, o, []*request{r}, true)
		if err != nil {
			return err
		}
		one, entries = &shown[0], v.beside("request")
		return nil
	})
	if err == nil && len(entries) > 0 {
		err = s.db.auditRead(ctx, s.actor, entries...)
	}
	if err != nil {
		return nil, err
	}
	return one, nil
}

// knownRequest is a request of which the actor may know. Faults: NotFound.
func (t *rtx) knownRequest(ctx context.Context, v *view, id policy.ID) (*request, *deciders, error) {
	list, err := t.requests(ctx, v.tenant, "id = $2", id)
	if err != nil {
		return nil, nil, err
	}
	o, err := t.deciders(ctx, v, list...)
	if err != nil {
		return nil, nil, err
	}
	if len(list) == 0 || !v.knowsRequest(list[0], o) {
		return nil, nil, noRequest
	}
	return list[0], o, nil
}

// RequestsForMe counts the requests that wait for the actor's decision. It shows nothing of any record.
func (s *Session) RequestsForMe(ctx context.Context) (int, error) {
	if err := s.inPerson(); err != nil {
		return 0, err
	}
	n := 0
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		list, err := t.requests(ctx, v.tenant, fmt.Sprintf("state = 'pending' ORDER BY id DESC LIMIT %d", waitingMost))
		if err != nil || len(list) == 0 {
			n = 0
			return err
		}
		o, err := t.deciders(ctx, v, list...)
		if err != nil {
			return err
		}
		n = len(slices.DeleteFunc(list, func(r *request) bool { return !v.decides(r, o) }))
		return nil
	})
	return n, err
}

// decides reports whether the actor may decide the request now.
func (v *view) decides(r *request, o *deciders) bool {
	me := v.bound.Subject().Person
	return slices.ContainsFunc(r.Seats(o.company(r)), func(s approvals.Seat) bool { return s.Person == me })
}

// knowsRequest reports whether the actor may know of the request.
func (v *view) knowsRequest(r *request, o *deciders) bool {
	me := v.bound.Subject().Person
	return r.Asker == me || v.may("policy") || v.may("audit") || r.Names(me, o.company(r)) ||
		slices.ContainsFunc(r.Decisions, func(d approvals.Decision) bool { return d.Person == me || d.For == me })
}

// showRequests puts requests into words for the actor; whole is for one that is looked at.
func (t *rtx) showRequests(ctx context.Context, v *view, o *deciders, list []*request, whole bool) ([]Request, error) {
	me := v.bound.Subject().Person
	names := map[policy.ID]string{}
	var people []policy.ID
	records := map[policy.Kind][]policy.ID{}
	for _, r := range list {
		people = append(people, r.Asker)
		if r.outcome != nil {
			people = append(people, r.outcome.Giver)
		}
		for _, d := range r.Decisions {
			people = append(people, d.Person, d.For)
		}
		for _, s := range r.Seats(o.company(r)) {
			people = append(people, s.Person, s.For)
		}
		for _, s := range r.Steps {
			for _, by := range s.By {
				people = append(people, by.Person)
			}
		}
		people = append(people, r.ask.people()...)
		if r.record != 0 {
			records[r.kind] = append(records[r.kind], r.record)
		}
	}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return nil, err
	}
	titles := map[policy.Kind]map[policy.ID]string{}
	for kind, ids := range records {
		var err error
		if titles[kind], err = t.titles(ctx, v, kind, ids); err != nil {
			return nil, err
		}
	}
	out := []Request{}
	for _, r := range list {
		q := v.showRequest(r, o, names, me)
		if r.record != 0 {
			q.Record = &Link{ID: r.record, Title: titles[r.kind][r.record]}
		}
		if r.outcome != nil && r.outcome.Grant != 0 {
			if err := t.showGrant(ctx, v, r.outcome.Grant, &q); err != nil {
				return nil, err
			}
		}
		if err := t.showAsked(ctx, v, r, names, &q, whole); err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// people are those whom what was asked names.
func (a *asked) people() []policy.ID {
	switch {
	case a.Transfer != nil:
		return []policy.ID{a.Transfer.To}
	case a.Pool != nil:
		return []policy.ID{a.Pool.Person}
	case a.Mass != nil && a.Mass.Change.Transfer != nil:
		return []policy.ID{a.Mass.Change.Transfer.Owner}
	}
	return nil
}

// showAsked shows what was asked for through the reader's own gate.
func (t *rtx) showAsked(ctx context.Context, v *view, r *request, names map[policy.ID]string, q *Request, whole bool) error {
	switch a := r.ask; {
	case a.Transfer != nil:
		v.showTransfer(r, names, q)
	case a.Pool != nil:
		return t.showPool(ctx, v, r, names, q, whole)
	case a.Change != nil:
		return t.showChange(ctx, v, r, q)
	case a.Create != nil:
		return t.showCreate(ctx, v, r, q)
	case a.Delete != nil:
		return t.showDelete(ctx, v, r, q)
	case a.Mass != nil:
		return t.showMass(ctx, v, r, names, q, whole)
	}
	return nil
}

// showGrant tells how the grant stands that came of a request: it may have been taken back.
func (t *rtx) showGrant(ctx context.Context, v *view, id policy.ID, q *Request) error {
	var from, until int64
	var revoked *int64
	err := t.row(ctx, "SELECT from_at, until_at, revoked_at FROM access_grant WHERE tenant_id = $1 AND id = $2", v.tenant, id).Scan(&from, &until, &revoked)
	if err != nil {
		return err
	}
	g := grants.Grant{From: time.UnixMicro(from).UTC(), Until: time.UnixMicro(until).UTC(), RevokedAt: instant(revoked)}
	_, end := g.Window()
	q.Grant = &GrantState{ID: id, From: g.From, Until: end, State: g.At(v.now)}
	return nil
}

func (v *view) showRequest(r *request, o *deciders, names map[policy.ID]string, me policy.ID) Request {
	name := func(id policy.ID) Name { return Name{ID: id, Name: names[id]} }
	maybe := func(id policy.ID) *Name {
		if id == 0 {
			return nil
		}
		n := name(id)
		return &n
	}
	q := Request{ID: r.id, Type: r.typ, Asker: name(r.Asker), Kind: r.kind, KindLabel: v.kindLabel(r.kind), Fields: []AskedField{}, Export: r.ask.Export, Purpose: r.purpose,
		State: r.At(v.now), AskedAt: r.created, EndedAt: r.ended, Steps: []RequestStep{}, Decisions: []RequestVerdict{}, Waits: []Waiting{}, Can: []string{}}
	fields := []string{}
	if a := r.ask.Access; a != nil {
		fields, q.Edit, q.Hours = a.Fields, a.Edit, a.Hours
	}
	for _, f := range fields {
		q.Fields = append(q.Fields, AskedField{f, v.askedLabel(r.kind, f)})
	}
	// Whose heads decide tells where the record stands: only who saw it there is told.
	secret := me == r.Asker && !r.ask.Seen
	for i, s := range r.Steps {
		step := RequestStep{By: []StepSource{}, All: s.All, Hours: s.Hours, Added: s.Added, State: "later"}
		switch {
		case i < r.Step || q.State == approvals.Approved || q.State == approvals.Void:
			step.State = "done"
		case i == r.Step && q.State == approvals.Pending:
			step.State = "now"
		}
		for _, by := range s.By {
			if s.Added && secret {
				by = approvals.Source{Type: approvals.OwnerHead}
			}
			step.By = append(step.By, StepSource{by, v.sourceLabel(by, names)})
		}
		q.Steps = append(q.Steps, step)
	}
	for _, d := range r.Decisions {
		q.Decisions = append(q.Decisions, RequestVerdict{Step: d.Step, Person: name(d.Person), For: maybe(d.For), Verdict: d.Verdict, Words: d.Words, At: d.At})
	}
	if r.outcome != nil {
		q.Void, q.Giver = r.outcome.Void, maybe(r.outcome.Giver)
		if me == r.Asker {
			q.Job = r.outcome.Job
		}
	}
	switch q.State {
	case approvals.Expired:
		at := r.Expires()
		q.EndedAt = &at
	case approvals.Pending:
		due, expires := r.Due(), r.Expires()
		q.DueAt, q.ExpiresAt = &due, &expires
		if joins := r.Escalates(); v.now.Before(joins) {
			q.EscalatesAt = &joins
		}
		for _, s := range r.Seats(o.company(r)) {
			if s.Person == me {
				q.Can = append(q.Can, "approve", "refuse")
			}
			if now := r.Steps[r.Step]; !secret || !now.Added && !slices.ContainsFunc(now.By, func(by approvals.Source) bool { return by.Type == approvals.OwnerHead }) {
				q.Waits = append(q.Waits, Waiting{Person: name(s.Person), For: maybe(s.For), Joined: s.Joined})
			}
		}
		if me == r.Asker {
			q.Can = append(q.Can, "withdraw")
		}
	}
	return q
}

// askedLabel names a field also to who sees it nowhere; fields that a company added do not exist then.
func (v *view) askedLabel(kind policy.Kind, name string) records.Label {
	k := v.catalog.Kind(kind)
	if k == nil {
		return records.Label{}
	}
	f := k.Field(name)
	if f == nil || f.Custom && v.knownFields(k)[name] == nil {
		return records.Label{ZH: "另一字段", EN: "another field"}
	}
	return f.Label
}

func (v *view) sourceLabel(by approvals.Source, names map[policy.ID]string) records.Label {
	switch by.Type {
	case approvals.Person:
		return records.Label{ZH: names[by.Person], EN: names[by.Person]}
	case approvals.Position:
		return records.Label(v.position(by.Position).Label)
	case approvals.Pack:
		for _, p := range v.authored.Packs {
			if p.ID == by.Pack {
				return records.Label(p.Label)
			}
		}
	}
	return records.Label{}
}
