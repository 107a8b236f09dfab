package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// StreamSettings say where events go.
type StreamSettings struct {
	On      bool   `json:"on"`
	URL     string `json:"url"`
	Entries bool   `json:"entries"` // all entries of the audit log, not alerts alone
	Values  bool   `json:"values"`  // with what is in their details: old and new values, filters
}

// WrittenStream is the stream in its version and how far it is; version 0 is none.
type WrittenStream struct {
	Version int64 `json:"version"`
	StreamSettings
	Secret       string        `json:"secret,omitempty"`       // right after it was made, and never again
	FormerUntil  *time.Time    `json:"former_until,omitempty"` // until when the secret before signs too
	StoppedAt    *time.Time    `json:"stopped_at,omitempty"`   // when the other end said that it is gone, and it was switched off
	Behind       int64         `json:"behind"`                 // entries that were not looked at yet
	SentAt       *time.Time    `json:"sent_at,omitempty"`
	Failed       StreamOutcome `json:"failed,omitempty"`        // why the last try did not arrive
	FailedStatus int           `json:"failed_status,omitempty"` // of the answer
	Tries        int64         `json:"tries,omitempty"`
	NextAt       *time.Time    `json:"next_at,omitempty"` // of the next try

	stand, former string // for the secrets; of the former also when its time is over
}

// StreamSecret says what becomes of the secret.
type StreamSecret struct {
	Text      string // empty leaves it, "new" makes one
	EndFormer bool   // none but the newest signs from now on
}

// formerSigns is how long a secret that was replaced signs beside the new one, so that nothing is refused while the
// other end is told the new one.
const formerSigns = 24 * time.Hour

// streamSecret is how secrets of webhooks begin (Standard Webhooks).
const streamSecret = "whsec_"

var noStream = fault.New(fault.NotFound, "stream", "there is no stream yet")

// Stream says where events go and how far that is. It takes the right audit or policy. Faults: Denied.
func (s *Session) Stream(ctx context.Context) (*WrittenStream, error) {
	var out *WrittenStream
	err := s.oversee(ctx, "stream", func(t *rtx, v *view) (err error) {
		out, err = t.streamTo(ctx, v.tenant)
		if errors.Is(err, noStream) {
			out, err = &WrittenStream{}, nil
		}
		return err
	}, watchers...)
	return out, err
}

func (t *rtx) streamTo(ctx context.Context, tenant policy.ID) (*WrittenStream, error) {
	var w WrittenStream
	var document []byte
	var sent, until, stopped *int64
	var next int64
	var failed, former sql.NullString
	err := t.row(ctx, `SELECT version, document, secret, former, former_until, tries, next_at, sent_at, failed, stopped_at,
			coalesce((SELECT l.size FROM audit_log l WHERE l.tenant_id = s.tenant_id), 0) - s.leaf
		FROM siem s WHERE s.tenant_id = $1`, tenant).
		Scan(&w.Version, &document, &w.stand, &former, &until, &w.Tries, &next, &sent, &failed, &stopped, &w.Behind)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noStream
	}
	if err != nil {
		return nil, err
	}
	w.former, w.SentAt, w.StoppedAt = former.String, instant(sent), instant(stopped)
	if until != nil && *until > t.nowMicros() {
		w.FormerUntil = instant(until)
	}
	w.Failed, w.FailedStatus = failureOf(failed.String)
	if w.Tries > 0 {
		w.NextAt = instant(&next)
	}
	return &w, json.Unmarshal(document, &w.StreamSettings)
}

// signing are the secrets that sign now, the newest first.
func (t *rtx) signing(ctx context.Context, tenant policy.ID, w *WrittenStream) ([]string, error) {
	stands := []string{w.stand}
	if w.FormerUntil != nil {
		stands = append(stands, w.former)
	}
	for i, stand := range stands {
		secret, err := t.openSecret(ctx, tenant, streamSecrets.of(tenant), stand)
		if err != nil {
			return nil, err
		}
		stands[i] = secret
	}
	return stands, nil
}

// SetStream says where events go, in the version that was seen: those from now on. Without a secret there was one is
// made, as where 'new' is asked for, and is in the answer this once. The one before signs too for a day, unless it is
// ended; while it does there is no third. It takes the right policy and a session and, of who has one, the second
// factor; who has the right audit is told. Faults: Invalid, Denied, Stale, Conflict (stream_rotating).
func (s *Session) SetStream(ctx context.Context, version int64, set StreamSettings, secret StreamSecret) (*WrittenStream, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	if err := set.check(); err != nil {
		return nil, err
	}
	text, made := secret.Text, ""
	if text == "new" || version == 0 && text == "" {
		raw := make([]byte, 32)
		if _, err := rand.Read(raw); err != nil {
			return nil, err
		}
		made = streamSecret + base64.StdEncoding.EncodeToString(raw)
		text = made
	}
	if text != "" {
		if _, err := StreamKey(text); err != nil {
			return nil, err
		}
	}
	var out *WrittenStream
	err := s.db.administer(ctx, s.actor, op{name: "stream"}, "policy", func(t *tx, v *view) error {
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		now, err := t.streamTo(ctx, v.tenant)
		if errors.Is(err, noStream) {
			now, err = &WrittenStream{}, nil
		}
		if err != nil {
			return err
		}
		if now.Version != version {
			return staleVersion
		}
		next := *now
		next.StreamSettings = set
		if err := t.replaceSecret(ctx, v.tenant, &next, text, secret.EndFormer); err != nil {
			return err
		}
		if err := t.writeStream(ctx, v.tenant, now, &next); err != nil {
			return err
		}
		if err := t.tellAuditors(ctx, v, NoticeWatchChanged); err != nil {
			return err
		}
		if out, err = t.streamTo(ctx, v.tenant); err != nil {
			return err
		}
		out.Secret = made
		detail := map[string]any{"stream": set, "secret": now.stand != next.stand, "former_ended": secret.EndFormer && now.FormerUntil != nil}
		if next.FormerUntil != nil {
			detail["former_until"] = next.FormerUntil
		}
		return t.audit(ctx, audit.Entry{Action: audit.WatchChanged, Kind: records.System, Detail: detail})
	})
	if err != nil {
		return nil, s.declined(ctx, "stream", err)
	}
	return out, nil
}

// replaceSecret puts a secret, where one is given, in the place of the one there is.
func (t *tx) replaceSecret(ctx context.Context, tenant policy.ID, w *WrittenStream, text string, endFormer bool) error {
	if endFormer || w.FormerUntil == nil {
		w.former, w.FormerUntil = "", nil
	}
	if text == "" {
		return nil
	}
	stand, err := t.sealSecret(ctx, streamSecrets.of(tenant), text)
	if err != nil || stand == w.stand {
		return err
	}
	if w.FormerUntil != nil {
		return fault.New(fault.Conflict, "stream_rotating", "the secret before this one signs too, until its time is over or it is ended").With("until", w.FormerUntil)
	}
	if w.stand != "" && !endFormer {
		until := t.now.Add(formerSigns)
		w.former, w.FormerUntil = w.stand, &until
	}
	w.stand = stand
	return nil
}

// writeStream writes the stream: events begin where the log is now; one that was there goes on where it is.
func (t *tx) writeStream(ctx context.Context, tenant policy.ID, was, w *WrittenStream) error {
	text, err := jsonText(w.StreamSettings)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `INSERT INTO siem (tenant_id, document, secret, leaf, until_leaf)
		VALUES ($1, $2, $3, (SELECT coalesce(max(size), 0) FROM audit_log WHERE tenant_id = $1), 0)
		ON CONFLICT (tenant_id) DO UPDATE SET document = excluded.document, secret = excluded.secret, former = $4, former_until = $5, version = siem.version + 1,
			tries = 0, next_at = 0, failed = NULL, stopped_at = NULL WHERE siem.version = $6`,
		tenant, text, w.stand, optionalText(w.former), micros(w.FormerUntil), was.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return staleVersion
	}
	t.dropSecrets(tenant, was, w)
	return nil
}

// dropSecrets has those secrets removed that sign no more.
func (t *tx) dropSecrets(tenant policy.ID, was, w *WrittenStream) {
	for _, old := range []string{was.stand, was.former} {
		if old != w.stand {
			t.replaced(streamSecrets.of(tenant), old, w.former)
		}
	}
}

func (s StreamSettings) check() error {
	at, err := url.Parse(s.URL)
	if err != nil || at.Scheme != "https" && at.Scheme != "http" || at.Host == "" || at.User != nil || len(s.URL) > 500 {
		return fault.New(fault.Invalid, "stream_url", "the address begins with https:// or http:// and names a server and no password").WithAt("url")
	}
	return nil
}

// StreamKey is the key that a secret spells. Faults: Invalid.
func StreamKey(secret string) ([]byte, error) {
	text, ok := strings.CutPrefix(secret, streamSecret)
	key, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || len(key) < 24 || len(key) > 64 {
		return nil, fault.New(fault.Invalid, "stream_secret", "a secret is whsec_ and 24 to 64 bytes in base64").WithAt("secret")
	}
	return key, nil
}
