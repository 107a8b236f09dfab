package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// Emergency is a record that was opened in an emergency, as one person may know of it.
type Emergency struct {
	ID         policy.ID       `json:"id"`
	Person     Name            `json:"person"`
	Owner      *Name           `json:"owner,omitempty"` // of the record, when it was opened
	Kind       policy.Kind     `json:"kind"`
	KindLabel  records.Label   `json:"kind_label"`
	Record     Link            `json:"record"` // with its title where the reader sees it plain
	With       []EmergencyPart `json:"with"`
	Classes    []policy.Class  `json:"classes"`
	Reason     string          `json:"reason"`
	From       time.Time       `json:"from"`
	Until      time.Time       `json:"until"`
	EndedAt    *time.Time      `json:"ended_at,omitempty"` // before its time
	EndedBy    *Name           `json:"ended_by,omitempty"`
	Open       bool            `json:"open"`
	Review     EmergencyState  `json:"review"`
	DueAt      time.Time       `json:"due_at"`
	LateAt     time.Time       `json:"late_at"`   // when the next head may review it too
	Reviewers  []Name          `json:"reviewers"` // who may review it now
	Note       string          `json:"note,omitempty"`
	ReviewedBy *Name           `json:"reviewed_by,omitempty"`
	ReviewedAt *time.Time      `json:"reviewed_at,omitempty"`
	Can        []string        `json:"can"` // end, review
}

// EmergencyPart is what comes along with the record.
type EmergencyPart struct {
	Relation string        `json:"relation"`
	Kind     policy.Kind   `json:"kind"`
	Field    string        `json:"field"` // by which it points at the record
	Label    records.Label `json:"label"`
}

// EmergencyState is how the review stands: before a verdict open, waiting or late, then the verdict.
type EmergencyState string

// The states before a verdict.
const (
	EmergencyOpen    EmergencyState = "open"
	EmergencyWaiting EmergencyState = "waiting"
	EmergencyLate    EmergencyState = "late"
)

// EmergencySeen is one thing that was seen of the record, or of what hangs on it, while it was open.
type EmergencySeen struct {
	At     time.Time     `json:"at"`
	Action string        `json:"action"`
	Kind   policy.Kind   `json:"kind"`
	Record policy.ID     `json:"record"`
	Label  records.Label `json:"label"` // of the kind
	Fields []AskedField  `json:"fields"`
}

// EmergencyPage is a part of a list, the newest first.
type EmergencyPage struct {
	Items []Emergency `json:"items"`
	Next  string      `json:"next,omitempty"`
}

// EmergencyQuery asks for emergencies.
type EmergencyQuery struct {
	Scope  string    // mine; review: for the actor to review now; all: of the actor's people, or everybody's with the right policy or audit
	Person policy.ID // only theirs
	State  string    // open, waiting, late, follow_up, justified, unjustified
	Cursor string
}

// EmergencyStates are the states that can be asked for.
var EmergencyStates = []string{"open", "waiting", "late", "follow_up", "justified", "unjustified"}

// Emergencies lists emergencies. It takes a session. Faults: Denied, Invalid.
func (s *Session) Emergencies(ctx context.Context, q EmergencyQuery) (*EmergencyPage, error) {
	before := int64(math.MaxInt64)
	if q.Cursor != "" {
		var err error
		if before, err = strconv.ParseInt(q.Cursor, 10, 64); err != nil || before <= 0 {
			return nil, badCursor
		}
	}
	var page *EmergencyPage
	err := s.seesEmergencies(ctx, func(t *rtx, v *view) error {
		where, args, most := t.emergencyWhere(v, q)
		args[0] = before
		list, err := t.emergencies(ctx, v.tenant, fmt.Sprintf("id < $2 AND %s ORDER BY id DESC LIMIT %d", where, most), args...)
		if err != nil {
			return err
		}
		o, err := t.emergencyDeciders(ctx, v, list...)
		if err != nil {
			return err
		}
		if q.Scope == "review" {
			list = slices.DeleteFunc(list, func(e *emergency) bool { return !slices.Contains(o.reviewers(e), s.actor.Person) })
		}
		page = &EmergencyPage{}
		if len(list) > requestsPage {
			list = list[:requestsPage]
			page.Next = list[requestsPage-1].ID.String()
		}
		page.Items, err = t.showEmergencies(ctx, v, o, list)
		return err
	})
	return page, err
}

// emergencyWhere says which rows can be among those asked for. Its first argument is the cursor's.
func (t *rtx) emergencyWhere(v *view, q EmergencyQuery) (string, []any, int) {
	parts, args, most := []string{"1 = 1"}, []any{nil}, requestsPage+1
	add := func(text string, arg any) {
		args = append(args, arg)
		parts = append(parts, strings.ReplaceAll(text, "?", fmt.Sprintf("$%d", len(args)+1)))
	}
	switch {
	case q.Scope == "mine":
		add("person_id = ?", v.bound.Subject().Person)
	case q.Scope == "review":
		parts, most = append(parts, "(verdict IS NULL OR verdict = 'follow_up')"), waitingMost
	case !v.may("policy") && !v.may("audit"):
		add("person_id IN "+t.listed(len(args)+2), idList(v.ledBy()))
	}
	if q.Person != 0 {
		add("person_id = ?", q.Person)
	}
	switch at := t.nowMicros(); q.State {
	case "":
	case "open":
		add("coalesce(ended_at, until_at) > ?", at)
	case "waiting":
		add("verdict IS NULL AND coalesce(ended_at, until_at) <= ? AND due_at > ?", at)
	case "late":
		add("verdict IS NULL AND coalesce(ended_at, until_at) <= ? AND due_at <= ?", at)
	default:
		add("verdict = ?", q.State)
	}
	return strings.Join(parts, " AND "), args, most
}

// seesEmergencies is lookAt for who signed in; titles that are shown stand in the audit log.
func (s *Session) seesEmergencies(ctx context.Context, read func(*rtx, *view) error) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	var entries []audit.Entry
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		err := read(t, v)
		entries = v.beside("emergency")
		return err
	})
	if err != nil || len(entries) == 0 {
		return err
	}
	return s.db.auditRead(ctx, s.actor, entries...)
}

// Emergency shows one to who opened it, whose the record was, the heads over both, and who has the right
// policy or audit. To anybody else there is none. It takes a session. Faults: NotFound.
func (s *Session) Emergency(ctx context.Context, id policy.ID) (*Emergency, error) {
	var one *Emergency
	err := s.oneEmergency(ctx, id, func(t *rtx, v *view, o *emergencyDeciders, e *emergency) error {
		shown, err := t.showEmergencies(ctx, v, o, []*emergency{e})
		if err == nil {
			one = &shown[0]
		}
		return err
	})
	return one, err
}

func (s *Session) oneEmergency(ctx context.Context, id policy.ID, read func(*rtx, *view, *emergencyDeciders, *emergency) error) error {
	return s.seesEmergencies(ctx, func(t *rtx, v *view) error {
		list, err := t.emergencies(ctx, v.tenant, "id = $2", id)
		if err != nil {
			return err
		}
		o, err := t.emergencyDeciders(ctx, v, list...)
		if err != nil {
			return err
		}
		if len(list) == 0 || !v.knowsEmergency(o, list[0]) {
			return noEmergency
		}
		return read(t, v, o, list[0])
	})
}

// seenLate is how much later than the end of an emergency a read may be on record that began before it.
const seenLate, seenMost = 10 * time.Second, 300

// EmergencySeen lists what whoever opened it saw of the record, and of what came along, while it was
// open: which fields of which record when, never a value. It is for who reviews it, the heads over it,
// and who has the right policy or audit. It takes a session. Faults: NotFound, Denied.
func (s *Session) EmergencySeen(ctx context.Context, id policy.ID) ([]EmergencySeen, error) {
	var seen []EmergencySeen
	err := s.oneEmergency(ctx, id, func(t *rtx, v *view, o *emergencyDeciders, e *emergency) error {
		if !v.watches(o, e) {
			return emergencyNotYou
		}
		seen = []EmergencySeen{}
		if err := t.seenOf(ctx, v, e, e.Kind, []policy.ID{e.Record}, &seen); err != nil {
			return err
		}
		for _, a := range e.With {
			kind := v.catalog.Kind(a.Kind)
			if kind == nil || kind.Field(a.Field) == nil {
				continue
			}
			ids, err := t.eachID(ctx, "SELECT id FROM "+kind.Table+" WHERE tenant_id = $1 AND "+kind.Field(a.Field).Column+" = $2 ORDER BY id DESC LIMIT 1000", v.tenant, e.Record)
			if err != nil {
				return err
			}
			if err := t.seenOf(ctx, v, e, a.Kind, ids, &seen); err != nil {
				return err
			}
		}
		slices.SortStableFunc(seen, func(a, b EmergencySeen) int { return a.At.Compare(b.At) })
		return nil
	})
	return seen, err
}

func (t *rtx) seenOf(ctx context.Context, v *view, e *emergency, kind policy.Kind, ids []policy.ID, seen *[]EmergencySeen) error {
	described := v.catalog.Kind(kind)
	from, end := e.Window()
	return t.each(ctx, func(rows *sql.Rows) error {
		one := EmergencySeen{Kind: kind, Label: described.Label, Fields: []AskedField{}}
		var at int64
		var fields, detail []byte
		var names []string
		var shown struct {
			Beside string `json:"beside"`
		}
		if err := rows.Scan(&at, &one.Action, &one.Record, &fields, &detail); err != nil {
			return err
		}
		// Its title beside the emergency itself is not worth telling.
		if err := json.Unmarshal(detail, &shown); err != nil || shown.Beside == "emergency" {
			return err
		}
		if err := json.Unmarshal(fields, &names); err != nil {
			return err
		}
		one.At = time.UnixMicro(at).UTC()
		for _, name := range names {
			if f := described.Field(name); f != nil && f.Name != "id" {
				one.Fields = append(one.Fields, AskedField{name, f.Label})
			}
		}
		*seen = append(*seen, one)
		return nil
	}, `SELECT e.at, e.action, a.record_id, e.fields, e.detail FROM `+t.db.touching("$1", "$2", "IN "+t.listed(3))+`
		WHERE e.actor_id = $4 AND e.at >= $5 AND e.at < $6
		AND e.action <> 'refused' AND e.action NOT LIKE 'emergency%' ORDER BY a.seq LIMIT $7`,
		v.tenant, string(kind), idList(ids), e.Person, from.UnixMicro(), end.Add(seenLate).UnixMicro(), seenMost)
}

// showEmergencies says emergencies in words, to who may know of them.
func (t *rtx) showEmergencies(ctx context.Context, v *view, o *emergencyDeciders, list []*emergency) ([]Emergency, error) {
	var people []policy.ID
	wanted := map[policy.Kind][]policy.ID{}
	for _, e := range list {
		people = append(append(people, e.Person, e.owner, e.endedBy, e.reviewedBy), o.reviewers(e)...)
		wanted[e.Kind] = append(wanted[e.Kind], e.Record)
	}
	names, err := t.names(ctx, v.tenant, people)
	if err != nil {
		return nil, err
	}
	titles := map[policy.Kind]map[policy.ID]string{}
	for kind, ids := range wanted {
		slices.Sort(ids)
		if titles[kind], err = t.titles(ctx, v, kind, slices.Compact(ids)); err != nil {
			return nil, err
		}
	}
	named := func(id policy.ID) *Name {
		if id == 0 {
			return nil
		}
		return &Name{ID: id, Name: names[id]}
	}
	me := v.bound.Subject().Person
	out := []Emergency{}
	for _, e := range list {
		x := Emergency{ID: e.ID, Person: *named(e.Person), Owner: named(e.owner), Kind: e.Kind, KindLabel: v.kindLabel(e.Kind), Record: Link{ID: e.Record, Title: titles[e.Kind][e.Record]},
			With: []EmergencyPart{}, Classes: e.Classes, Reason: e.Reason, From: e.From, Until: e.Until, EndedAt: e.EndedAt, EndedBy: named(e.endedBy),
			Open: e.Open(v.now), Review: e.state(v.now), DueAt: e.due, LateAt: e.late, Reviewers: []Name{}, Note: e.note, ReviewedBy: named(e.reviewedBy), ReviewedAt: e.reviewedAt, Can: []string{}}
		for _, a := range e.With {
			if r, ok := v.catalog.Kind(e.Kind).Relation(a.Relation); ok {
				x.With = append(x.With, EmergencyPart{a.Relation, a.Kind, a.Field, r.Label})
			}
		}
		reviewers := o.reviewers(e)
		if e.waits() {
			for _, id := range reviewers {
				x.Reviewers = append(x.Reviewers, *named(id))
			}
		}
		if x.Open && v.endsEmergency(o, e) {
			x.Can = append(x.Can, "end")
		}
		if !x.Open && e.waits() && slices.Contains(reviewers, me) {
			x.Can = append(x.Can, "review")
		}
		out = append(out, x)
	}
	return out, nil
}

// state is how the review stands at an instant.
func (e *emergency) state(now time.Time) EmergencyState {
	switch {
	case e.verdict != "":
		return EmergencyState(e.verdict)
	case e.Open(now):
		return EmergencyOpen
	case !now.Before(e.due):
		return EmergencyLate
	}
	return EmergencyWaiting
}
