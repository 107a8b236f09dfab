package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net"
	"net/mail"
	"net/url"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// MailSecurity is how the way to the mail server is encrypted.
type MailSecurity string

// The ways: TLS from the first byte, TLS after a greeting, or none.
const (
	MailTLS      MailSecurity = "tls"
	MailStartTLS MailSecurity = "starttls"
	MailPlain    MailSecurity = "none"
)

// MailSettings say by which server mail goes out, and what goes with it.
type MailSettings struct {
	On       bool         `json:"on"`
	Host     string       `json:"host"`
	Port     int          `json:"port"`
	Security MailSecurity `json:"security"`
	User     string       `json:"user,omitempty"`
	Sender   string       `json:"sender"`             // the address that mail comes from
	LinkOnly bool         `json:"link_only"`          // reports are not attached: only said to be there
	Link     string       `json:"link,omitempty"`     // where people open Guan, as https://crm.example.com
	HeadsTo  string       `json:"heads_to,omitempty"` // who gets the signed head of the audit log every day
}

// WrittenMailSettings are the settings in their version; 0 is none. The password is never given back.
type WrittenMailSettings struct {
	Version int64 `json:"version"`
	MailSettings
	HasPassword bool `json:"has_password"`
}

const mailTable = settingsTable("mail_settings")

// MailSettings says how mail goes out. It takes the right policy. Faults: Denied.
func (s *Session) MailSettings(ctx context.Context) (*WrittenMailSettings, error) {
	var out *WrittenMailSettings
	err := s.oversee(ctx, "mail_settings", func(t *rtx, v *view) (err error) {
		out, _, err = t.mailSettings(ctx, v.tenant)
		return err
	}, "policy")
	return out, err
}

// mailSettings are the settings, and what stands for the password.
func (t *rtx) mailSettings(ctx context.Context, tenant policy.ID) (*WrittenMailSettings, string, error) {
	out := &WrittenMailSettings{MailSettings: MailSettings{Port: 465, Security: MailTLS}}
	var document []byte
	var stand string
	err := t.row(ctx, "SELECT version, document, secret FROM mail_settings WHERE tenant_id = $1", tenant).Scan(&out.Version, &document, &stand)
	if errors.Is(err, sql.ErrNoRows) {
		return out, "", nil
	}
	if err == nil {
		err = json.Unmarshal(document, &out.MailSettings)
	}
	out.HasPassword = stand != ""
	return out, stand, err
}

// SetMailSettings says how mail goes out, in the version that was seen. A password of nil leaves the one that there
// is, but not where mail would go to another server or as another user: what was kept for one is shown to no other.
// It takes the right policy and a session and, of who has one, the second factor; who has the right audit is told.
// Faults: Invalid, Denied, Stale.
func (s *Session) SetMailSettings(ctx context.Context, version int64, set MailSettings, password *string) (*WrittenMailSettings, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	if err := set.check(password); err != nil {
		return nil, err
	}
	var out *WrittenMailSettings
	err := s.db.administer(ctx, s.actor, op{name: "mail_settings"}, "policy", func(t *tx, v *view) error {
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		stands, stand, err := t.mailSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		before := stand
		elsewhere := set.Host != stands.Host || set.Port != stands.Port || set.Security != stands.Security || set.User != stands.User
		switch {
		case password == nil && stand != "" && set.User != "" && elsewhere:
			return fault.New(fault.Invalid, "mail_password", "give the password again: the server or the user is another").WithAt("password")
		case set.User == "" || password != nil && *password == "":
			stand = ""
		case password != nil:
			if stand, err = t.sealSecret(ctx, mailSecrets.of(v.tenant), *password); err != nil {
				return err
			}
		}
		t.replaced(mailSecrets.of(v.tenant), before, stand)
		if err := t.setCompanySettings(ctx, mailTable, v.tenant, stands.Version, version, set); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE mail_settings SET secret = $1 WHERE tenant_id = $2", stand, v.tenant); err != nil {
			return err
		}
		// What waited because of the old settings is tried by the new ones at once.
		if _, err := t.exec(ctx, "UPDATE mail SET next_at = $1 WHERE tenant_id = $2 AND state = $3", t.nowMicros(), v.tenant, string(MailWaits)); err != nil {
			return err
		}
		if err := t.tellAuditors(ctx, v, NoticeMailChanged); err != nil {
			return err
		}
		if out, _, err = t.mailSettings(ctx, v.tenant); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.MailChanged, Kind: records.System, Detail: map[string]any{"before": stands.MailSettings, "after": set, "password": password != nil}})
	})
	if err != nil {
		return nil, s.declined(ctx, "mail_settings", err)
	}
	return out, nil
}

func (s *MailSettings) check(password *string) error {
	wrong := func(at, code, text string) error { return fault.New(fault.Invalid, code, text).WithAt(at) }
	s.Host, s.User, s.Sender, s.HeadsTo = strings.TrimSpace(s.Host), strings.TrimSpace(s.User), strings.TrimSpace(s.Sender), strings.TrimSpace(s.HeadsTo)
	switch {
	case s.Security != MailTLS && s.Security != MailStartTLS && s.Security != MailPlain:
		return wrong("security", "mail_security", "the way is encrypted by tls, starttls, or none")
	case s.Host == "" || len(s.Host) > 253 || strings.ContainsAny(s.Host, " /@\x00\r\n") || strings.Contains(s.Host, ":") && net.ParseIP(s.Host) == nil:
		return wrong("host", "mail_host", "the server is named by its name or address alone")
	case s.Port < 1 || s.Port > 65535:
		return wrong("port", "mail_port", "a port is a number from 1 to 65535")
	case len(s.User) > 200 || password != nil && len(*password) > 500:
		return wrong("user", "mail_user", "the user or the password is too long")
	case s.User != "" && s.Security == MailPlain:
		return wrong("security", "mail_unencrypted", "a password is sent over an encrypted way only")
	case !isAddress(s.Sender):
		return wrong("sender", "mail_address", "this is no mail address")
	case s.HeadsTo != "" && !isAddress(s.HeadsTo):
		return wrong("heads_to", "mail_address", "this is no mail address")
	}
	if s.Link == "" {
		return nil
	}
	at, err := url.Parse(s.Link)
	if err != nil || at.Scheme != "https" && at.Scheme != "http" || at.Host == "" || at.User != nil || at.RawQuery != "" || at.Fragment != "" || len(s.Link) > 300 {
		return wrong("link", "mail_link", "where Guan is opened begins with https:// or http:// and names a server")
	}
	s.Link = strings.TrimRight(s.Link, "/")
	return nil
}

// isAddress says whether a text is a mail address and nothing beside it.
func isAddress(text string) bool {
	at, err := mail.ParseAddress(text)
	return err == nil && at.Address == text && at.Name == "" && len(text) <= 254
}
