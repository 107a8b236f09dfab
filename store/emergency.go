package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// NewEmergency opens a record in an emergency: one that is named by its id, or by the exact value of
// a field that says who it is.
type NewEmergency struct {
	Kind    policy.Kind `json:"kind"`
	Record  policy.ID   `json:"record,omitempty"`
	Field   string      `json:"field,omitempty"`
	Value   string      `json:"value,omitempty"`
	With    []string    `json:"with,omitempty"`    // relations by which what hangs on it comes along
	Minutes int         `json:"minutes,omitempty"` // 0: as long as the company lets it be
	Reason  string      `json:"reason"`
}

var (
	noEmergency      = fault.New(fault.NotFound, "emergency", "there is no such emergency")
	emergencyOver    = said(fault.Conflict, "emergency_over", "这次应急访问已经结束", "the emergency has ended")
	emergencyHas     = said(fault.Conflict, "emergency_has", "您已经能看到这些内容,不需要应急访问", "you see all of it already")
	emergencyTwice   = said(fault.Conflict, "emergency_twice", "这条记录您已应急打开", "you have the record open already")
	emergencyNobody  = said(fault.Conflict, "emergency_nobody", "没有人能复核您的应急访问,不能打开", "there is nobody who could review it: it cannot be opened")
	emergencyMany    = said(fault.Locked, "emergency_many", "24 小时内的应急访问次数已到上限", "you have opened, or tried to, as often as one person may in 24 hours")
	emergencyKind    = fault.New(fault.Invalid, "emergency_kind", "records of this kind are not opened in an emergency").WithAt("kind")
	emergencyNames   = fault.New(fault.Invalid, "emergency_names", "name the record by its id, or by a field that says who it is with its exact value").WithAt("record")
	emergencyMinutes = fault.New(fault.Invalid, "emergency_minutes", "it is open for at least a minute, and no longer than the company lets it be").WithAt("minutes")
	emergencyAlong   = fault.New(fault.Invalid, "emergency_with", "no such records come along").WithAt("with")
)

// emergency is one as it is kept.
type emergency struct {
	grants.Emergency
	owner      policy.ID // when it was opened
	endedBy    policy.ID
	due, late  time.Time
	task       policy.ID
	verdict    Verdict
	note       string
	reviewedBy policy.ID
	reviewedAt *time.Time
}

// OpenEmergency lets the actor read a record at once, for the reason they state and a short time. Their
// heads, those of the record, its owner and the auditors are told in the same transaction, and a review
// is set down. What cannot be found, and what a forbid closes, is NotFound, and stands as an attempt.
// It takes a session and the right break_glass. Faults: Denied, Invalid, NotFound, Conflict, Locked.
func (s *Session) OpenEmergency(ctx context.Context, n NewEmergency) (*Emergency, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	reason, err := grants.EmergencyReason("reason", n.Reason)
	if err != nil {
		return nil, err
	}
	n.Reason = reason
	var opened policy.ID
	err = s.db.write(ctx, s.actor, op{name: "emergency", raises: true}, func(t *tx) (err error) {
		opened, err = t.openEmergency(ctx, n)
		return err
	})
	switch {
	case fault.Is(err, fault.Denied) || fault.Is(err, fault.Locked):
		return nil, s.refused(ctx, n.Kind, 0, records.BreakGlass, err)
	case err != nil:
		return nil, err
	case opened == 0:
		return nil, noRecord // that it was tried is on record
	}
	return s.Emergency(ctx, opened)
}

// openEmergency returns 0 when nothing was found to open, which is kept.
func (t *tx) openEmergency(ctx context.Context, n NewEmergency) (policy.ID, error) {
	v, err := t.view(ctx)
	if err != nil {
		return 0, err
	}
	if !v.may(records.BreakGlass) {
		return 0, noRight.With("action", string(records.BreakGlass))
	}
	t.by = v.rightBy(records.BreakGlass)
	settings, _, err := t.emergencySettings(ctx, v.tenant)
	if err != nil {
		return 0, err
	}
	e, err := n.emergency(v, settings, t.now)
	if err != nil {
		return 0, err
	}
	if err := t.countEmergencies(ctx, settings.PerDay); err != nil {
		return 0, err
	}
	// Who reviews is found before the record is looked for, so that the answer does not depend on it.
	o, err := t.emergencyDeciders(ctx, v, e)
	if err != nil {
		return 0, err
	}
	if len(o.reviewers(e)) == 0 {
		return 0, emergencyNobody
	}
	if e.ID, err = t.newID(ctx); err != nil {
		return 0, err
	}
	if e.Record, err = t.emergencyRecord(ctx, v, n, e.Record); err != nil {
		return 0, err
	}
	found, err := t.opensMore(ctx, v, e)
	if err != nil {
		return 0, err
	}
	if !found {
		return 0, t.putMiss(ctx, v, e, n)
	}
	return e.ID, t.putEmergency(ctx, v, e)
}

// emergency is what was asked for, within what the company opens.
func (n *NewEmergency) emergency(v *view, settings *grants.EmergencySettings, now time.Time) (*emergency, error) {
	kind := v.catalog.Kind(n.Kind)
	if kind == nil || !slices.Contains(settings.Kinds, n.Kind) {
		return nil, emergencyKind
	}
	if n.Minutes == 0 {
		n.Minutes = settings.Minutes
	}
	if n.Minutes < 1 || n.Minutes > settings.Minutes {
		return nil, emergencyMinutes.With("max", settings.Minutes)
	}
	if (n.Record == 0) == (n.Field == "") || n.Record < 0 {
		return nil, emergencyNames
	}
	if n.Field != "" {
		f := kind.Field(n.Field)
		if f == nil || likeness(kind, f) == nil || !slices.Contains(settings.Classes, f.Class) {
			return nil, emergencyNames.WithAt("field")
		}
		if value, err := f.Parse(n.value()); err != nil || value.Missing() {
			return nil, emergencyNames.WithAt("value")
		}
	}
	e := &emergency{Emergency: grants.Emergency{Person: v.bound.Subject().Person, Kind: n.Kind, Record: n.Record, With: []grants.Hanging{},
		Classes: settings.Classes, Reason: n.Reason, From: *whole(&now)}}
	e.Until = e.From.Add(time.Duration(n.Minutes) * time.Minute)
	e.due = e.From.Add(time.Duration(settings.ReviewHours) * time.Hour)
	e.late = e.due.Add(time.Duration(settings.LateHours) * time.Hour)
	for i, name := range n.With {
		r, ok := kind.Relation(name)
		if !ok || !r.Many || r.Kind == n.Kind || !slices.Contains(settings.Kinds, r.Kind) || slices.Contains(n.With[:i], name) {
			return nil, emergencyAlong
		}
		e.With = append(e.With, grants.Hanging{Relation: name, Kind: r.Kind, Field: r.Field})
	}
	return e, nil
}

// value is the exact value as fields of a record come.
func (n *NewEmergency) value() json.RawMessage {
	text, err := json.Marshal(n.Value)
	if err != nil {
		return nil
	}
	return text
}

// countEmergencies refuses one attempt too many. Those who open wait for each other.
func (t *tx) countEmergencies(ctx context.Context, most int) error {
	used, err := t.emergenciesOfDay(ctx, t.actor.Tenant, t.actor.Person)
	if err == nil && used >= most {
		err = emergencyMany.With("max", most)
	}
	return err
}

func (t *rtx) emergenciesOfDay(ctx context.Context, tenant, person policy.ID) (n int, err error) {
	err = t.row(ctx, `SELECT (SELECT count(*) FROM emergency WHERE tenant_id = $1 AND person_id = $2 AND from_at > $3)
		+ (SELECT count(*) FROM emergency_miss WHERE tenant_id = $1 AND person_id = $2 AND at > $3)`, tenant, person, t.now.Add(-24*time.Hour).UnixMicro()).Scan(&n)
	return n, err
}

// emergencyRecord finds the one record that has the value in the field; 0 when there is none, or more
// than one.
func (t *tx) emergencyRecord(ctx context.Context, v *view, n NewEmergency, id policy.ID) (policy.ID, error) {
	if n.Field == "" {
		return id, nil
	}
	kind := v.catalog.Kind(n.Kind)
	ids, err := t.alikeAnywhere(ctx, v, kind, v.likesOf(kind, Fields{n.Field: n.value()}))
	if err != nil || len(ids) != 1 {
		return 0, err
	}
	return ids[0], nil
}

// opensMore asks of the rules as they will stand whether the record can be read then, and reports
// whether there is one. What the actor sees already, or has open, is refused.
func (t *tx) opensMore(ctx context.Context, v *view, e *emergency) (bool, error) {
	if e.Record == 0 {
		return false, nil
	}
	with := v.authored
	with.Emergencies = append(slices.Clone(with.Emergencies), e.Emergency)
	compiled, _ := policy.Compile(v.catalog.Schema(), access.InForce(with.Lower()), v.tree.Within)
	through := &view{state: v.state, now: v.now, bound: compiled.Bind(v.bound.Subject(), v.bound.Context())}
	after, err := t.item(ctx, through, e.Kind, e.Record)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for i := range v.authored.Emergencies {
		if had := &v.authored.Emergencies[i]; had.Person == e.Person && had.Kind == e.Kind && had.Record == e.Record && had.Open(v.now) {
			return false, emergencyTwice.With("emergency", had.ID.String())
		}
	}
	before, err := t.item(ctx, v, e.Kind, e.Record)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	for name := range after.Fields {
		if _, plain := before.Fields[name]; !plain {
			return true, nil
		}
	}
	if len(e.With) > 0 {
		return true, nil
	}
	return false, emergencyHas
}

// putEmergency writes it down with its review, and tells everybody whom it concerns.
func (t *tx) putEmergency(ctx context.Context, v *view, e *emergency) error {
	kind := v.catalog.Kind(e.Kind)
	was, err := t.whole(ctx, v.catalog.Schema().Kind(e.Kind), e.Record)
	if err != nil {
		return err
	}
	e.owner = was.values[kind.Owner].ID()
	// Once more, with where the record stands.
	o, err := t.emergencyDeciders(ctx, v, e)
	if err != nil {
		return err
	}
	reviewers := o.reviewers(e)
	if e.task, err = t.putReviewTask(ctx, v, e, reviewers[0]); err != nil {
		return err
	}
	document, err := jsonText(e.Emergency)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO emergency (tenant_id, id, person_id, owner_id, kind, record_id, document, reason, from_at, until_at, due_at, late_at, next_at, task_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $13)`,
		v.tenant, e.ID, e.Person, optionalID(e.owner), string(e.Kind), e.Record, document, e.Reason, e.From.UnixMicro(), e.Until.UnixMicro(),
		e.due.UnixMicro(), e.late.UnixMicro(), e.task)
	if err != nil {
		return err
	}
	told, err := t.tellEmergency(ctx, v, o, e)
	if err != nil {
		return err
	}
	rules := slices.Clone(t.by)
	for _, r := range access.EmergencyRules(&e.Emergency) {
		rules = append(rules, r.ID)
	}
	return t.audit(ctx, audit.Entry{Action: audit.EmergencyOpened, Kind: e.Kind, Record: e.Record, Rules: rules,
		Detail: map[string]any{"emergency": e.ID, "reason": audit.Clean(e.Reason), "until": e.Until, "with": e.With, "classes": e.Classes, "told": told, "due": e.due}})
}

// putMiss keeps that somebody tried, and tells the auditors.
func (t *tx) putMiss(ctx context.Context, v *view, e *emergency, n NewEmergency) error {
	_, err := t.exec(ctx, "INSERT INTO emergency_miss (tenant_id, id, person_id, kind, reason, at) VALUES ($1, $2, $3, $4, $5, $6)",
		v.tenant, e.ID, e.Person, string(e.Kind), e.Reason, t.nowMicros())
	if err != nil {
		return err
	}
	auditors, err := t.holdersOf(ctx, v, "audit")
	if err != nil {
		return err
	}
	for _, person := range auditors {
		if err := t.notify(ctx, person, NoticeEmergencyMissed, "", e.ID, map[string]any{"of": string(e.Kind)}); err != nil {
			return err
		}
	}
	named := map[string]any{"reason": audit.Clean(e.Reason)}
	if n.Field != "" {
		named["field"] = n.Field
	} else {
		named["record"] = n.Record
	}
	return t.audit(ctx, audit.Entry{Action: audit.EmergencyMissed, Kind: e.Kind, Detail: named})
}

// EndEmergency closes a record that was opened in an emergency, with its commit: whoever opened it may,
// the heads over them and over the record, and who has the right policy or audit. It takes a session.
// Faults: NotFound, Denied, Conflict (emergency_over).
func (s *Session) EndEmergency(ctx context.Context, id policy.ID) (*Emergency, error) {
	err := s.onEmergency(ctx, id, op{name: "emergency_end", raises: true}, func(t *tx, v *view, o *emergencyDeciders, e *emergency) error {
		if !v.endsEmergency(o, e) {
			return fault.New(fault.Denied, "emergency_others", "it is ended by who opened it, a head over them or the record, or who watches over permissions")
		}
		if e.Person != s.actor.Person {
			t.by = v.rightBy("policy", "audit")
		}
		n, err := t.exec(ctx, "UPDATE emergency SET ended_at = $1, ended_by = $2 WHERE tenant_id = $3 AND id = $4 AND ended_at IS NULL AND until_at > $1",
			t.nowMicros(), s.actor.Person, v.tenant, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return emergencyOver
		}
		if err := t.notify(ctx, e.Person, NoticeEmergencyEnded, "", id, map[string]any{"of": string(e.Kind)}); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.EmergencyEnded, Kind: e.Kind, Record: e.Record, OnBehalf: e.Person, Detail: map[string]any{"emergency": id}})
	})
	if err != nil {
		return nil, err
	}
	return s.Emergency(ctx, id)
}

// onEmergency is the frame of what is done with an emergency that the actor may know of: it is locked,
// so that of two one is first.
func (s *Session) onEmergency(ctx context.Context, id policy.ID, o op, do func(*tx, *view, *emergencyDeciders, *emergency) error) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	err := s.db.write(ctx, s.actor, o, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		list, err := t.emergencies(ctx, v.tenant, "id = $2"+t.pick("", " FOR UPDATE"), id)
		if err != nil {
			return err
		}
		who, err := t.emergencyDeciders(ctx, v, list...)
		if err != nil {
			return err
		}
		if len(list) == 0 || !v.knowsEmergency(who, list[0]) {
			return noEmergency
		}
		return do(t, v, who, list[0])
	})
	return s.declined(ctx, o.name, err)
}
