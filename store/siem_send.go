package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// Events go out in the order of the leaves of the sealed log, one message at a time: the row says up to
// which leaf the message goes that is on its way, so that a try after a failure, or after the process
// died, is the same message under the same id.

const (
	streamBatch = 100              // entries of a message
	streamLease = 30 * time.Second // how long a try may take before another process takes it over
	streamFirst = 5 * time.Second  // after the first failure; twice as long after each further one
	streamLast  = time.Hour
	streamAsked = 24 * time.Hour // how long a wait the other end may ask for
)

// StreamEvent is one event: an entry of the audit log, or what it says of an alert.
type StreamEvent struct {
	Type string       `json:"type"` // audit.entry, alert.raised, alert.judged
	At   time.Time    `json:"timestamp"`
	Leaf int64        `json:"leaf"`
	Data *StreamEntry `json:"data"`
}

// StreamEntry is an entry as it leaves: of what was seen it names records and fields, and has values only
// where the company wants them outside.
type StreamEntry struct {
	Seq       int64           `json:"seq"`
	Actor     *policy.ID      `json:"actor,omitempty"`
	Job       *string         `json:"job,omitempty"`
	OnBehalf  *policy.ID      `json:"on_behalf,omitempty"`
	Action    string          `json:"action"`
	Kind      *string         `json:"kind,omitempty"`
	Record    *policy.ID      `json:"record,omitempty"`
	Records   []policy.ID     `json:"records,omitempty"`
	Fields    json.RawMessage `json:"fields"`
	Rules     json.RawMessage `json:"rules"`
	Epoch     int64           `json:"epoch"`
	Channel   string          `json:"channel"`
	Address   string          `json:"address,omitempty"`
	Device    string          `json:"device,omitempty"`
	RequestID string          `json:"request_id,omitempty"`
	Session   *policy.ID      `json:"session,omitempty"`
	Token     *policy.ID      `json:"token,omitempty"`
	Detail    json.RawMessage `json:"detail,omitempty"`
}

// alertTypes are the entries that are events of their own.
var alertTypes = map[string]string{string(audit.AlertRaised): "alert.raised", string(audit.AlertJudged): "alert.judged"}

// EventsFrom reads the events from a leaf on, at most limit leaves, and says which leaf comes next. Only
// the jobs setup and stream may.
func (s *System) EventsFrom(ctx context.Context, leaf int64, limit int, values bool) ([]StreamEvent, int64, error) {
	if err := s.may(JobSetup, JobStream); err != nil {
		return nil, 0, err
	}
	return s.db.single().eventsFrom(ctx, s.actor.Tenant, leaf, limit, values)
}

func (t *rtx) eventsFrom(ctx context.Context, tenant policy.ID, leaf int64, limit int, values bool) ([]StreamEvent, int64, error) {
	leaves, err := t.leaves(ctx, tenant, "l.leaf >= $2 ORDER BY l.leaf LIMIT $3", leaf, limit)
	if err != nil {
		return nil, leaf, t.db.fault(err)
	}
	var out []StreamEvent
	for _, l := range leaves {
		leaf = l.Index + 1
		e := l.Entry
		if e == nil {
			continue
		}
		typ, alert := alertTypes[e.Action]
		if !alert {
			typ = "audit.entry"
		}
		data := &StreamEntry{Seq: e.Seq, Actor: idOf(e.Actor), Job: e.Job, OnBehalf: idOf(e.OnBehalf), Action: e.Action, Kind: e.Kind, Record: idOf(e.Record), Fields: e.Fields, Rules: e.Rules,
			Epoch: e.Epoch, Channel: e.Channel, Address: e.Address, Device: e.Device, RequestID: e.RequestID, Session: idOf(e.Session), Token: idOf(e.Token)}
		for _, id := range e.Records {
			data.Records = append(data.Records, policy.ID(id))
		}
		if alert || values {
			data.Detail = e.Detail
		}
		out = append(out, StreamEvent{typ, time.UnixMicro(e.At).UTC(), l.Index, data})
	}
	return out, leaf, nil
}

func idOf(n *int64) *policy.ID {
	if n == nil {
		return nil
	}
	id := policy.ID(*n)
	return &id
}

// Delivery is a message on its way.
type Delivery struct {
	ID      string // the same at each try
	URL     string
	Secrets []string // that sign it, the newest first
	At      time.Time
	Body    []byte

	version, from, until, tries int64
}

// message is the body of a delivery: one event of an alert, or entries.
type message struct {
	Type string    `json:"type"`
	At   time.Time `json:"timestamp"`
	Data any       `json:"data"`
}

type entriesData struct {
	Entries []StreamEvent `json:"entries"`
}

// NextDelivery takes the next message that is due; nil when there is none, or another process has it.
// Only the job stream may.
func (s *System) NextDelivery(ctx context.Context) (*Delivery, error) {
	if err := s.may(JobStream); err != nil {
		return nil, err
	}
	var due bool // asked without the writer, twice a second
	t := s.db.single()
	err := t.row(ctx, `SELECT EXISTS (SELECT 1 FROM siem s JOIN audit_log l ON l.tenant_id = s.tenant_id WHERE s.tenant_id = $1 AND s.next_at <= $2 AND s.leaf < l.size)`,
		s.actor.Tenant, t.nowMicros()).Scan(&due)
	if err != nil || !due {
		return nil, s.db.fault(err)
	}
	var d *Delivery
	err = s.db.maintain(ctx, func(t *tx) error {
		d, t.actor = nil, s.actor
		var from, until, next int64
		// The row is held: of two processes one takes the message.
		err := t.row(ctx, "SELECT leaf, until_leaf, next_at FROM siem WHERE tenant_id = $1"+t.pick("", " FOR UPDATE"), s.actor.Tenant).Scan(&from, &until, &next)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil || next > t.nowMicros() {
			return err
		}
		set, err := t.streamTo(ctx, s.actor.Tenant)
		if err != nil || !set.On {
			return err
		}
		if err := t.endFormer(ctx, s.actor.Tenant, set); err != nil {
			return err
		}
		secrets, err := t.signing(ctx, s.actor.Tenant, set)
		if err != nil {
			return err
		}
		limit := streamBatch
		if until > from {
			limit = int(until - from)
		}
		events, end, err := t.eventsFrom(ctx, s.actor.Tenant, from, limit, set.Values)
		if err != nil || end == from {
			return err
		}
		body, end, err := bodyOf(events, end, set.Entries)
		if err != nil {
			return err
		}
		if body == nil { // nothing of it is wanted
			_, err = t.exec(ctx, "UPDATE siem SET leaf = $1, until_leaf = $1 WHERE tenant_id = $2", end, s.actor.Tenant)
			return err
		}
		d = &Delivery{ID: fmt.Sprintf("guan_%d_%d_%d", s.actor.Tenant, from, end), URL: set.URL, Secrets: secrets, At: t.now, Body: body, version: set.Version, from: from, until: end, tries: set.Tries}
		_, err = t.exec(ctx, "UPDATE siem SET until_leaf = $1, next_at = $2 WHERE tenant_id = $3", end, t.now.Add(streamLease).UnixMicro(), s.actor.Tenant)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// endFormer lets go of a secret whose time is over.
func (t *tx) endFormer(ctx context.Context, tenant policy.ID, w *WrittenStream) error {
	if w.former == "" || w.FormerUntil != nil {
		return nil
	}
	was := *w
	w.former = ""
	t.dropSecrets(tenant, &was, w)
	_, err := t.exec(ctx, "UPDATE siem SET former = NULL, former_until = NULL WHERE tenant_id = $1", tenant)
	return err
}

// bodyOf is the first message of events that end before a leaf, and where it ends: an alert goes alone,
// entries go together up to the next alert. Nil when nothing of them is wanted.
func bodyOf(events []StreamEvent, end int64, entries bool) ([]byte, int64, error) {
	var some []StreamEvent
	for _, e := range events {
		if e.Type == "audit.entry" {
			if entries {
				some = append(some, e)
			}
			continue
		}
		if len(some) > 0 {
			end = e.Leaf
			break
		}
		body, err := json.Marshal(message{e.Type, e.At, e})
		return body, e.Leaf + 1, err
	}
	if len(some) == 0 {
		return nil, end, nil
	}
	body, err := json.Marshal(message{"audit.entries", some[len(some)-1].At, entriesData{some}})
	return body, end, err
}

// Delivered says that a message arrived.
func (s *System) Delivered(ctx context.Context, d *Delivery) error {
	return s.db.maintain(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "UPDATE siem SET leaf = $1, tries = 0, next_at = 0, sent_at = $2, failed = NULL WHERE tenant_id = $3 AND leaf = $4", d.until, t.nowMicros(), s.actor.Tenant, d.from)
		return err
	})
}

// Undelivered says that it did not, and what came back: it is tried again, later each time, and not before the other
// end asked for.
func (s *System) Undelivered(ctx context.Context, d *Delivery, outcome StreamOutcome, status int, asked time.Duration) error {
	wait := streamLast
	if d.tries < 10 {
		wait = min(streamLast, streamFirst<<d.tries)
	}
	wait = max(wait, min(asked, streamAsked))
	return s.db.maintain(ctx, func(t *tx) error {
		// What was set anew meanwhile is tried by that at once.
		_, err := t.exec(ctx, "UPDATE siem SET tries = tries + 1, next_at = $1, failed = $2 WHERE tenant_id = $3 AND leaf = $4 AND version = $5",
			t.now.Add(wait).UnixMicro(), failure(outcome, status), s.actor.Tenant, d.from, d.version)
		return err
	})
}

// errElsewhere is that the stream is not the one any more that something was sent by.
var errElsewhere = errors.New("store: the stream was set anew")

// EndStream switches the stream off since the other end answered that it is gone for good: who sets it and who audits
// is told. Where it is switched on again, it goes on with the message that was refused.
func (s *System) EndStream(ctx context.Context, d *Delivery, status int) error {
	err := s.db.write(ctx, s.actor, op{name: "stream"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		set, err := t.streamTo(ctx, v.tenant)
		if err != nil {
			return err
		}
		set.On = false
		text, err := jsonText(set.StreamSettings)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `UPDATE siem SET document = $1, version = version + 1, tries = 0, next_at = 0, failed = $2, stopped_at = $3
			WHERE tenant_id = $4 AND leaf = $5 AND version = $6`, text, failure(StreamAnswered, status), t.nowMicros(), v.tenant, d.from, d.version)
		if err != nil {
			return err
		}
		if n == 0 {
			return errElsewhere
		}
		if err := t.tellHolders(ctx, v, NoticeStreamEnds, watchers...); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.StreamEnded, Kind: records.System,
			Detail: map[string]any{"url": set.URL, "message": d.ID, "outcome": StreamAnswered, "status": status}})
	})
	if errors.Is(err, errElsewhere) {
		return nil
	}
	return err
}
