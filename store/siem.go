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
	Secret string     `json:"secret,omitempty"` // right after it was made, and never again
	Behind int64      `json:"behind"`           // entries that were not looked at yet
	SentAt *time.Time `json:"sent_at,omitempty"`
	Failed string     `json:"failed,omitempty"` // why the last try did not arrive
	Tries  int64      `json:"tries,omitempty"`
	NextAt *time.Time `json:"next_at,omitempty"` // of the next try
}

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
	var sent *int64
	var next int64
	var failed sql.NullString
	err := t.row(ctx, `SELECT version, document, tries, next_at, sent_at, failed,
			coalesce((SELECT l.size FROM audit_log l WHERE l.tenant_id = s.tenant_id), 0) - s.leaf
		FROM siem s WHERE s.tenant_id = $1`, tenant).Scan(&w.Version, &document, &w.Tries, &next, &sent, &failed, &w.Behind)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noStream
	}
	if err != nil {
		return nil, err
	}
	w.SentAt, w.Failed = instant(sent), failed.String
	if w.Tries > 0 {
		w.NextAt = instant(&next)
	}
	return &w, json.Unmarshal(document, &w.StreamSettings)
}

// SetStream says where events go, in the version that was seen: those from now on. An empty secret leaves
// the one that there is, or makes one, which is in the answer this once; so does 'new'. It takes the right
// policy and a session and, of who has one, the second factor; who has the right audit is told. Faults:
// Invalid, Denied, Stale.
func (s *Session) SetStream(ctx context.Context, version int64, set StreamSettings, secret string) (*WrittenStream, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	if err := set.check(); err != nil {
		return nil, err
	}
	made := ""
	if secret == "new" || version == 0 && secret == "" {
		raw := make([]byte, 32)
		if _, err := rand.Read(raw); err != nil {
			return nil, err
		}
		made = streamSecret + base64.StdEncoding.EncodeToString(raw)
		secret = made
	}
	if secret != "" {
		if _, err := StreamKey(secret); err != nil {
			return nil, err
		}
	}
	var out *WrittenStream
	err := s.db.administer(ctx, s.actor, op{name: "stream"}, "policy", func(t *tx, v *view) error {
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		text, err := jsonText(set)
		if err != nil {
			return err
		}
		now, err := t.streamTo(ctx, v.tenant)
		if err != nil && !errors.Is(err, noStream) {
			return err
		}
		if now == nil && version != 0 || now != nil && now.Version != version {
			return staleVersion
		}
		stand := ""
		if secret != "" {
			if stand, err = t.sealSecret(ctx, streamSecrets.of(v.tenant), secret); err != nil {
				return err
			}
		}
		// Events begin where the log is now; a stream that was there goes on where it is.
		n, err := t.exec(ctx, `INSERT INTO siem (tenant_id, document, secret, leaf, until_leaf)
			VALUES ($1, $2, $3, (SELECT coalesce(max(size), 0) FROM audit_log WHERE tenant_id = $1), 0)
			ON CONFLICT (tenant_id) DO UPDATE SET document = excluded.document, version = siem.version + 1, tries = 0, next_at = 0, failed = NULL,
				secret = CASE WHEN excluded.secret = '' THEN siem.secret ELSE excluded.secret END WHERE siem.version = $4`, v.tenant, text, stand, version)
		if err != nil {
			return err
		}
		if n == 0 {
			return staleVersion
		}
		if err := t.tellAuditors(ctx, v, NoticeWatchChanged); err != nil {
			return err
		}
		if out, err = t.streamTo(ctx, v.tenant); err != nil {
			return err
		}
		out.Secret = made
		return t.audit(ctx, audit.Entry{Action: audit.WatchChanged, Kind: records.System, Detail: map[string]any{"stream": set, "secret": secret != ""}})
	})
	if err != nil {
		return nil, s.declined(ctx, "stream", err)
	}
	return out, nil
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
