package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/watch"
)

// Alert is something out of the ordinary, as those who watch see it. Nobody sees an alert of their own,
// whatever rights they have.
type Alert struct {
	ID       policy.ID      `json:"id"`
	Person   Name           `json:"person"`
	Detector watch.Detector `json:"detector"`
	At       time.Time      `json:"at"`
	Done     string         `json:"done"`  // none, second_factor, signed_out, frozen, spared
	State    AlertState     `json:"state"` // open, confirmed, dismissed
	Numbers  watch.Numbers  `json:"numbers"`
	Kind     policy.Kind    `json:"kind,omitempty"` // of the record that was marked
	Record   policy.ID      `json:"record,omitempty"`
	Note     string         `json:"note,omitempty"`
	By       *Name          `json:"by,omitempty"` // whose verdict it is
	JudgedAt *time.Time     `json:"judged_at,omitempty"`
	Can      []string       `json:"can"` // judge, freeze, ask_factor

	first, last int64
}

// AlertState says what became of an alert.
type AlertState string

// The states.
const (
	AlertOpen      AlertState = "open"
	AlertConfirmed AlertState = "confirmed" // it was what it looked like
	AlertDismissed AlertState = "dismissed" // there was a reason for it
)

// AlertQuery asks for alerts; what is empty does not narrow.
type AlertQuery struct {
	State    AlertState
	Detector watch.Detector
	Person   policy.ID
	Before   policy.ID // those that were raised before this one
}

// AlertPage is a part of the alerts, the newest first.
type AlertPage struct {
	Items []Alert   `json:"items"`
	Next  policy.ID `json:"next,omitempty"` // there may be more before it
	Open  int64     `json:"open"`
}

// AlertDetail is an alert with the entries behind it.
type AlertDetail struct {
	Alert
	Entries []AlertEntry `json:"entries"` // the newest first, at most 200
	Frozen  bool         `json:"frozen"`  // the account is, now
	// Archived: some of the entries lie in archives.
	Archived *ArchivedSpan `json:"archived,omitempty"`
}

// AlertEntry is an entry of the audit log as far as an alert tells it: no field, and no value.
type AlertEntry struct {
	Seq     int64        `json:"seq"`
	At      time.Time    `json:"at"`
	Action  audit.Action `json:"action"`
	Kind    policy.Kind  `json:"kind,omitempty"`
	Record  policy.ID    `json:"record,omitempty"`
	Records int          `json:"records,omitempty"` // how many, of a list or a file
	Address string       `json:"address,omitempty"`
	Channel string       `json:"channel"`
}

const (
	alertsPage   = 50
	alertEntries = 200
	// alertSpan is how long before an alert the entries behind it may be.
	alertSpan = day
)

var (
	noAlert     = fault.New(fault.NotFound, "alert", "there is no such alert")
	alertJudged = said(fault.Conflict, "alert_judged", "这条警报已经有结论", "there is a verdict on this alert already")
	alertFrozen = said(fault.Conflict, "alert_frozen", "账号已经冻结", "the account is frozen already")
	alertLast   = said(fault.Conflict, "alert_last", "没有别人能管理公司,账号不能冻结", "nobody else could administer the company: the account stays open")
)

// watchers are the rights that let somebody see alerts.
var watchers = []policy.Action{"audit", "policy"}

const alertColumns = "a.id, a.person_id, a.detector, a.numbers, a.at, a.done, a.kind, a.record_id, a.state, a.note, a.judged_by, a.judged_at, a.first_seq, a.last_seq"

func (t *rtx) alerts(ctx context.Context, v *view, acts bool, where string, args ...any) ([]Alert, error) {
	out := []Alert{}
	var people []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var a Alert
		var numbers []byte
		var at int64
		var kind, note sql.NullString
		var record, by sql.NullInt64
		var judged *int64
		err := rows.Scan(&a.ID, &a.Person.ID, &a.Detector, &numbers, &at, &a.Done, &kind, &record, &a.State, &note, &by, &judged, &a.first, &a.last)
		if err != nil {
			return err
		}
		a.At, a.JudgedAt = time.UnixMicro(at).UTC(), instant(judged)
		a.Kind, a.Record, a.Note = policy.Kind(kind.String), policy.ID(record.Int64), note.String
		if by.Valid {
			a.By = &Name{ID: policy.ID(by.Int64)}
			people = append(people, a.By.ID)
		}
		people = append(people, a.Person.ID)
		a.Can = []string{}
		if acts {
			if a.State == AlertOpen {
				a.Can = append(a.Can, "judge")
			}
			a.Can = append(a.Can, "freeze", "ask_factor")
		}
		err = json.Unmarshal(numbers, &a.Numbers)
		out = append(out, a)
		return err
	}, "SELECT "+alertColumns+" FROM alert a WHERE a.tenant_id = $1 AND a.person_id <> $2 AND "+where, append([]any{v.tenant, v.bound.Subject().Person}, args...)...)
	if err != nil {
		return nil, err
	}
	names := map[policy.ID]string{}
	if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Person.Name = names[out[i].Person.ID]
		if out[i].By != nil {
			out[i].By.Name = names[out[i].By.ID]
		}
	}
	return out, nil
}

// Alerts lists alerts of other people. It takes the right audit or policy. Faults: Denied.
func (s *Session) Alerts(ctx context.Context, q AlertQuery) (*AlertPage, error) {
	var out *AlertPage
	var by []string
	err := s.oversee(ctx, "alerts", func(t *rtx, v *view) error {
		by = v.by
		out = &AlertPage{}
		before := q.Before
		if before == 0 {
			before = 1<<63 - 1
		}
		list, err := t.alerts(ctx, v, s.actor.Session != 0, "a.id < $3 AND ($4 = '' OR a.state = $4) AND ($5 = '' OR a.detector = $5) AND (a.person_id = $6 OR $6 = 0) ORDER BY a.id DESC LIMIT $7",
			before, string(q.State), string(q.Detector), q.Person, alertsPage+1)
		if err != nil {
			return err
		}
		if len(list) > alertsPage {
			list = list[:alertsPage]
			out.Next = list[alertsPage-1].ID
		}
		out.Items = list
		return t.row(ctx, "SELECT count(*) FROM alert WHERE tenant_id = $1 AND person_id <> $2 AND state = 'open'", v.tenant, s.actor.Person).Scan(&out.Open)
	}, watchers...)
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Rules: by, Detail: map[string]any{"of": "alerts"}})
}

// behind are the actions of the entries that a detector looks at; of the others it is reads.
var behind = map[watch.Detector][]audit.Action{
	watch.Chunks:  {audit.Action(policy.Export)},
	watch.Denials: {audit.Refused},
	watch.Reveals: {audit.Action(policy.Reveal)},
}

// Alert shows an alert with the entries behind it. It takes the right audit or policy. Faults: NotFound,
// also for one's own, Denied.
func (s *Session) Alert(ctx context.Context, id policy.ID) (*AlertDetail, error) {
	var out *AlertDetail
	var by []string
	err := s.oversee(ctx, "alert", func(t *rtx, v *view) error {
		by = v.by
		a, err := t.alert(ctx, v, s.actor.Session != 0, id)
		if err != nil {
			return err
		}
		out = &AlertDetail{Alert: *a, Entries: []AlertEntry{}}
		actions := behind[a.Detector]
		if actions == nil {
			actions = []audit.Action{audit.Action(policy.Read), audit.List, audit.Action(policy.Export), audit.Downloaded, audit.Action(policy.Reveal)}
			if a.Detector == watch.Honey {
				for action, act := range actsOf {
					if act == watch.Worked {
						actions = append(actions, action)
					}
				}
			}
		}
		list, err := jsonText(actions)
		if err != nil {
			return err
		}
		err = t.each(ctx, func(rows *sql.Rows) error {
			var e AlertEntry
			var at int64
			var kind sql.NullString
			var record sql.NullInt64
			var touched []byte
			if err := rows.Scan(&e.Seq, &at, &e.Action, &kind, &record, &e.Address, &e.Channel, &touched); err != nil {
				return err
			}
			e.At, e.Kind, e.Record = time.UnixMicro(at).UTC(), policy.Kind(kind.String), policy.ID(record.Int64)
			if e.Record == 0 {
				list, err := audit.ParseRecordList(touched)
				if err != nil {
					return err
				}
				e.Records = len(list)
			}
			out.Entries = append(out.Entries, e)
			return nil
		}, `SELECT e.seq, e.at, e.action, e.kind, e.record_id, e.address, e.channel, l.records
			FROM audit_entry e JOIN audit_leaf l ON l.tenant_id = e.tenant_id AND l.seq = e.seq
			WHERE e.tenant_id = $1 AND e.actor_id = $2 AND e.seq >= $3 AND e.seq <= $4 AND e.action IN (SELECT value FROM `+t.pick("json_each($5)", "jsonb_array_elements_text($5::jsonb)")+`)
			ORDER BY e.seq DESC LIMIT $6`, v.tenant, a.Person.ID, a.first, a.last, list, alertEntries)
		if err != nil {
			return err
		}
		if out.Archived, err = t.archivedSpan(ctx, v.tenant, a.At.Add(-alertSpan)); err != nil {
			return err
		}
		return t.row(ctx, "SELECT EXISTS (SELECT 1 FROM credential WHERE tenant_id = $1 AND person_id = $2 AND frozen_at IS NOT NULL)", v.tenant, a.Person.ID).Scan(&out.Frozen)
	}, watchers...)
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Rules: by, Detail: map[string]any{"of": "alert", "alert": id}})
}

func (t *rtx) alert(ctx context.Context, v *view, acts bool, id policy.ID) (*Alert, error) {
	list, err := t.alerts(ctx, v, acts, "a.id = $3", id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, noAlert
	}
	return &list[0], nil
}

// onAlert is the frame of what is done about an alert. It takes a session, the right audit or policy, and
// of who has one the second factor.
func (s *Session) onAlert(ctx context.Context, o op, id policy.ID, act func(*tx, *view, *Alert) error) (*AlertDetail, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.overseeing(ctx, o, func(t *tx, v *view) error {
		a, err := t.alert(ctx, v, true, id)
		if err != nil {
			return err
		}
		return act(t, v, a)
	})
	if err != nil {
		return nil, err
	}
	return s.Alert(ctx, id)
}

// overseeing is administer for who watches.
func (s *Session) overseeing(ctx context.Context, o op, act func(*tx, *view) error) error {
	denied := false
	var why *whyNot
	err := s.db.write(ctx, s.actor, o, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		if denied = !v.may("audit") && !v.may("policy"); denied {
			why = v.withoutRight("audit")
			return noRight.With("action", "audit")
		}
		t.by = v.rightBy("audit", "policy")
		return act(t, v)
	})
	if denied {
		err = s.orFactor(ctx, err, records.System, watchers...)
		_ = s.db.auditRead(ctx, s.actor, cmp.Or(whyOf(err), why).into(audit.Entry{Action: audit.Refused, Kind: records.System,
			Detail: map[string]any{"operation": o.name, "action": "audit", "code": fault.From(err).Code}}))
	}
	return err
}

// JudgeAlert says of somebody else's alert what it was; a reason is asked for where it is dismissed. Of
// two verdicts at once one stands. Faults: Invalid, NotFound, Denied, Conflict (alert_judged).
func (s *Session) JudgeAlert(ctx context.Context, id policy.ID, state AlertState, note string) (*AlertDetail, error) {
	if state != AlertConfirmed && state != AlertDismissed {
		return nil, fault.New(fault.Invalid, "alert_verdict", "a verdict is confirmed or dismissed").WithAt("verdict")
	}
	note, err := approvals.Words(note, state == AlertDismissed)
	if err != nil {
		return nil, fault.From(err).WithAt("note")
	}
	return s.onAlert(ctx, op{name: "alert_verdict"}, id, func(t *tx, v *view, a *Alert) error {
		n, err := t.exec(ctx, "UPDATE alert SET state = $1, note = $2, judged_by = $3, judged_at = $4 WHERE tenant_id = $5 AND id = $6 AND state = 'open'",
			string(state), optionalText(note), s.actor.Person, t.nowMicros(), v.tenant, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return alertJudged
		}
		return t.audit(ctx, audit.Entry{Action: audit.AlertJudged, Kind: records.System, Detail: map[string]any{
			"alert": id, "person": a.Person.ID, "detector": string(a.Detector), "state": string(state), "note": audit.Clean(note)}})
	})
}

// FreezeByAlert freezes the account of whom an alert is about: it takes away and can be undone, so it
// needs no more than the right to see the alert. Faults: NotFound, Denied, Conflict (alert_frozen,
// alert_last).
func (s *Session) FreezeByAlert(ctx context.Context, id policy.ID) (*AlertDetail, error) {
	return s.onAlert(ctx, op{name: "alert_freeze", raises: true}, id, func(t *tx, v *view, a *Alert) error {
		if last, err := t.lastAdministrator(ctx, a.Person.ID); err != nil || last {
			if err == nil {
				err = alertLast
			}
			return err
		}
		was := t.entries
		if err := t.freeze(ctx, a.Person.ID, "watch"); err != nil {
			return err
		}
		if t.entries == was {
			return alertFrozen
		}
		return t.did(ctx, id, DoneFrozen)
	})
}

// AskFactorByAlert takes away what somebody has proved: they prove the second factor again before
// anything else. Faults: NotFound, Denied.
func (s *Session) AskFactorByAlert(ctx context.Context, id policy.ID) (*AlertDetail, error) {
	return s.onAlert(ctx, op{name: "alert_factor"}, id, func(t *tx, v *view, a *Alert) error {
		done, err := t.askFactor(ctx, a.Person.ID)
		if err != nil {
			return err
		}
		return t.did(ctx, id, done)
	})
}

func (t *tx) did(ctx context.Context, alert policy.ID, done string) error {
	_, err := t.exec(ctx, "UPDATE alert SET done = $1 WHERE tenant_id = $2 AND id = $3", done, t.actor.Tenant, alert)
	return err
}

// WrittenWatchSettings are the company's settings in their version; 0 is the product's own.
type WrittenWatchSettings struct {
	Version   int64          `json:"version"`
	Detectors watch.Settings `json:"detectors"`
	Usual     watch.Settings `json:"usual"` // as they come
}

// WatchSettings says how the detectors are set. It takes the right audit or policy. Faults: Denied.
func (s *Session) WatchSettings(ctx context.Context) (*WrittenWatchSettings, error) {
	var out *WrittenWatchSettings
	err := s.oversee(ctx, "watch_settings", func(t *rtx, v *view) error {
		set, version, err := t.watchSettings(ctx, v.tenant)
		out = &WrittenWatchSettings{version, set, watch.Usual()}
		return err
	}, watchers...)
	return out, err
}

// SetWatchSettings sets the detectors anew, in the version that was seen. It takes the right audit and a
// session and, of who has one, the second factor: who administers could be who is watched. The others who
// have the right are told. Faults: Invalid, Denied, Stale.
func (s *Session) SetWatchSettings(ctx context.Context, version int64, set watch.Settings) (*WrittenWatchSettings, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.administer(ctx, s.actor, op{name: "watch_settings"}, "audit", func(t *tx, v *view) error {
		if err := set.Check(); err != nil {
			return err
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		before, at, err := t.watchSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if err := t.setCompanySettings(ctx, "watch_settings", v.tenant, at, version, set); err != nil {
			return err
		}
		if err := t.tellAuditors(ctx, v, NoticeWatchChanged); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.WatchChanged, Kind: records.System, Detail: map[string]any{"detectors": true, "before": before, "after": set}})
	})
	if err != nil {
		return nil, s.declined(ctx, "watch_settings", err)
	}
	return &WrittenWatchSettings{version + 1, set, watch.Usual()}, nil
}

// tellAuditors tells the others who have the right audit what the actor did.
func (t *tx) tellAuditors(ctx context.Context, v *view, what string) error {
	return t.tellHolders(ctx, v, what, "audit")
}

// tellHolders tells the others who have one of some rights, each once.
func (t *tx) tellHolders(ctx context.Context, v *view, what string, rights ...policy.Action) error {
	told := map[policy.ID]bool{}
	for _, right := range rights {
		holders, err := t.holdersOf(ctx, v, right)
		if err != nil {
			return err
		}
		for _, holder := range holders {
			if told[holder] {
				continue
			}
			told[holder] = true
			if err := t.notify(ctx, holder, what, "", 0, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
