package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// StreamOutcome is what came back of a try, in one word: what the other end says beside its status is
// nobody's here.
type StreamOutcome string

// The outcomes.
const (
	StreamArrived   StreamOutcome = "arrived"   // with a status of 200 to 299
	StreamAnswered  StreamOutcome = "answered"  // with another status: it is not taken
	StreamForbidden StreamOutcome = "forbidden" // an address to which nothing is sent
	StreamUnknown   StreamOutcome = "unknown"   // a name that leads nowhere
	StreamRefused   StreamOutcome = "refused"   // nobody listens there
	StreamLate      StreamOutcome = "late"      // no answer in time
	StreamUntrusted StreamOutcome = "untrusted" // its certificate is none for it
	StreamBroken    StreamOutcome = "broken"    // the connection broke, or it does not speak HTTP
)

// failure is how an outcome that is no arrival stands in the database.
func failure(outcome StreamOutcome, status int) string { return fmt.Sprintf("%s %d", outcome, status) }

// failureOf reads one; what an older version wrote there was a text.
func failureOf(text string) (StreamOutcome, int) {
	if text == "" {
		return "", 0
	}
	var outcome StreamOutcome
	var status int
	if _, err := fmt.Sscanf(text, "%s %d", &outcome, &status); err != nil || !slices.Contains(failures, outcome) {
		return StreamBroken, 0
	}
	return outcome, status
}

var failures = []StreamOutcome{StreamAnswered, StreamForbidden, StreamUnknown, StreamRefused, StreamLate, StreamUntrusted, StreamBroken}

// StreamTry is a test event and what came back.
type StreamTry struct {
	ID      string        `json:"id"` // of the message, as the other end got it
	Outcome StreamOutcome `json:"outcome"`
	Status  int           `json:"status,omitempty"` // of the answer
}

// freeTries are the test events that may follow each other: each further one takes twice as long to wait
// for, since an address may lead into the company's own network.
const freeTries = 5

// TryStream sends a signed test event to the address that is set, also while the stream is off, and says what
// came back. Events on their way wait for nothing of it. It takes what setting the stream takes. Faults: Denied,
// NotFound, Locked (stream_often).
func (s *Session) TryStream(ctx context.Context, send func(context.Context, *Delivery) (StreamOutcome, int)) (*StreamTry, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var d *Delivery
	err := s.db.administer(ctx, s.actor, op{name: "stream_try"}, "policy", func(t *tx, v *view) (err error) {
		if err = t.stepUp(ctx); err == nil {
			d, err = t.tryStream(ctx, v.tenant)
		}
		return err
	})
	if err != nil {
		return nil, s.declined(ctx, "stream_try", err)
	}
	out := &StreamTry{ID: d.ID}
	out.Outcome, out.Status = send(ctx, d)
	// It went out: what came of it is on record also when whoever asked has gone.
	return out, s.db.auditRead(context.WithoutCancel(ctx), s.actor, audit.Entry{Action: audit.StreamTried, Kind: records.System,
		Detail: map[string]any{"message": out.ID, "outcome": out.Outcome, "status": out.Status}})
}

// tryStream makes a test event, and says before it goes out that it does.
func (t *tx) tryStream(ctx context.Context, tenant policy.ID) (*Delivery, error) {
	set, err := t.streamTo(ctx, tenant)
	if err != nil {
		return nil, err
	}
	err = t.countAttempt(ctx, tenant, []lockKey{{"stream_try", freeTries}})
	if fault.Is(err, fault.Locked) {
		return nil, fault.New(fault.Locked, "stream_often", "there were many test events: send the next one later").With("retry_after", fault.From(err).Params["retry_after"])
	}
	if err != nil {
		return nil, err
	}
	secrets, err := t.signing(ctx, tenant, set)
	if err != nil {
		return nil, err
	}
	id, err := t.newID(ctx)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(message{"stream.test", t.now.UTC(), struct{}{}})
	if err != nil {
		return nil, err
	}
	d := &Delivery{ID: fmt.Sprintf("guan_%d_test_%d", tenant, id), URL: set.URL, Secrets: secrets, At: t.now, Body: body}
	return d, t.audit(ctx, audit.Entry{Action: audit.StreamTried, Kind: records.System, Detail: map[string]any{"message": d.ID, "url": set.URL}})
}
