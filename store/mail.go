package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// MailState is how far a mail is.
type MailState string

// The states. Unsure is a mail of which nobody knows whether it arrived: the line broke after it was handed over.
// It is not sent again by itself, since nobody should get it twice.
const (
	MailWaits   MailState = "waiting"
	MailSending MailState = "sending"
	MailGone    MailState = "sent"
	MailFailed  MailState = "failed"
	MailUnsure  MailState = "unsure"
)

// Mail is a mail of the company, without what stands in it.
type Mail struct {
	ID        policy.ID  `json:"id"`
	About     string     `json:"about"`            // test, report, heads
	To        string     `json:"to,omitempty"`     // where it is not somebody of the company
	Person    *Name      `json:"person,omitempty"` // whom a report is for
	State     MailState  `json:"state"`
	Tries     int64      `json:"tries"`
	Failed    string     `json:"failed,omitempty"`  // why the last try did not arrive
	NextAt    *time.Time `json:"next_at,omitempty"` // of the next try
	CreatedAt time.Time  `json:"created_at"`
	SentAt    *time.Time `json:"sent_at,omitempty"`
}

// letter is what stands in a mail. A report is put in when it is sent.
type letter struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
	File    string `json:"file,omitempty"` // the name of an attached text
	Text    string `json:"text,omitempty"`
}

const (
	mailFirst = time.Minute // after the first failure; twice as long after each further one
	mailLast  = time.Hour
	mailTries = 12
	mailLease = 2 * time.Minute // how long a try may take
	mailPage  = 50
)

var noMail = fault.New(fault.NotFound, "mail", "there is no such mail")

// Mails lists mail, the newest first. It takes the right policy. Faults: Denied.
func (s *Session) Mails(ctx context.Context) ([]Mail, error) {
	var out []Mail
	err := s.oversee(ctx, "mail", func(t *rtx, v *view) (err error) {
		out, err = t.mails(ctx, "TRUE ORDER BY m.id DESC LIMIT $2", v.tenant, mailPage)
		return err
	}, "policy")
	return out, err
}

func (t *rtx) mails(ctx context.Context, where string, args ...any) ([]Mail, error) {
	out := []Mail{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var m Mail
		var about string
		var document []byte
		var next, created int64
		var sent *int64
		var failed, name sql.NullString
		var person sql.NullInt64
		if err := rows.Scan(&m.ID, &about, &document, &m.State, &m.Tries, &next, &failed, &created, &sent, &person, &name); err != nil {
			return err
		}
		m.About, _, _ = strings.Cut(about, " ")
		m.CreatedAt, m.SentAt, m.Failed = time.UnixMicro(created).UTC(), instant(sent), failed.String
		if m.State == MailWaits && m.Tries > 0 {
			m.NextAt = instant(&next)
		}
		var l letter
		err := json.Unmarshal(document, &l)
		if m.Person = joinedName(person, name); m.Person == nil {
			m.To = l.To // addresses of people are for who may read them
		}
		out = append(out, m)
		return err
	}, `SELECT m.id, m.about, m.document, m.state, m.tries, m.next_at, m.failed, m.created_at, m.sent_at, m.person_id, p.name
		FROM mail m LEFT JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id WHERE m.tenant_id = $1 AND `+where, args...)
	return out, err
}

// post puts a mail into the queue, of what there is none yet that is about the same.
func (t *tx) post(ctx context.Context, about string, person, report policy.ID, l letter) (policy.ID, error) {
	id, err := t.newID(ctx)
	if err != nil {
		return 0, err
	}
	text, err := jsonText(l)
	if err != nil {
		return 0, err
	}
	_, err = t.exec(ctx, `INSERT INTO mail (tenant_id, id, about, person_id, report_id, document, state, next_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
		ON CONFLICT (tenant_id, about) DO NOTHING`, t.actor.Tenant, id, about, optionalID(person), optionalID(report), text, string(MailWaits), t.nowMicros())
	return id, err
}

// TryMail sends a mail to an address, to see whether it arrives. It takes the right policy and a session. Faults:
// Invalid, Denied, Conflict (mail_off).
func (s *Session) TryMail(ctx context.Context, to string) (*Mail, error) {
	to = strings.TrimSpace(to)
	if !isAddress(to) {
		return nil, fault.New(fault.Invalid, "mail_address", "this is no mail address").WithAt("to")
	}
	return s.onMail(ctx, "mail_try", func(t *tx, v *view) (policy.ID, error) {
		set, _, err := t.mailSettings(ctx, v.tenant)
		if err != nil {
			return 0, err
		}
		if set.Version == 0 || !set.On {
			return 0, fault.New(fault.Conflict, "mail_off", "mail is not switched on")
		}
		n, err := t.newID(ctx)
		if err != nil {
			return 0, err
		}
		body := "这封邮件由关发出，用于检验邮件设置。收到它，说明设置可用。\n\nThis mail was sent by Guan to check its mail settings. That it arrived means that they work.\n"
		return t.post(ctx, "test "+n.String(), 0, 0, letter{To: to, Subject: "关：测试邮件 / Guan: test mail", Body: body})
	})
}

// SendMailAgain sends a mail anew that failed, or of which nobody knows whether it arrived. It takes the right
// policy and a session. Faults: Denied, NotFound, Conflict (mail_on_way).
func (s *Session) SendMailAgain(ctx context.Context, id policy.ID) (*Mail, error) {
	return s.onMail(ctx, "mail_again", func(t *tx, v *view) (policy.ID, error) {
		n, err := t.exec(ctx, "UPDATE mail SET state = $1, tries = 0, next_at = $2, failed = NULL WHERE tenant_id = $3 AND id = $4 AND state IN ($5, $6)",
			string(MailWaits), t.nowMicros(), v.tenant, id, string(MailFailed), string(MailUnsure))
		if err != nil || n == 1 {
			return id, err
		}
		if _, err := theOne(t.mails(ctx, "m.id = $2", v.tenant, id)); errors.Is(err, sql.ErrNoRows) {
			return 0, noMail
		}
		return 0, fault.New(fault.Conflict, "mail_on_way", "this mail has gone out, or is about to")
	})
}

func (s *Session) onMail(ctx context.Context, name string, do func(*tx, *view) (policy.ID, error)) (*Mail, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var out *Mail
	err := s.db.administer(ctx, s.actor, op{name: name}, "policy", func(t *tx, v *view) error {
		id, err := do(t, v)
		if err != nil {
			return err
		}
		if out, err = theOne(t.mails(ctx, "m.id = $2", v.tenant, id)); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.MailAsked, Kind: records.System, Detail: map[string]any{"operation": name, "mail": id}})
	})
	if err != nil {
		return nil, s.declined(ctx, name, err)
	}
	return out, nil
}

// Outgoing is a mail on its way, with the server that takes it.
type Outgoing struct {
	ID       policy.ID
	Key      string // of its Message-ID: the same at every try
	Settings MailSettings
	Password string
	To       string
	Subject  string
	Body     string
	At       time.Time
	Files    []MailFile

	tries  int64
	about  string
	person policy.ID // whose report it is
}

// MailFile is a file attached to a mail.
type MailFile struct {
	Name  string
	Media string
	Data  []byte
}

// NextMail takes the next mail that is due; nil when there is none. Whoever took it says what became of it. A mail
// whose try was cut off stays unsure. Only the job mail may.
func (s *System) NextMail(ctx context.Context) (*Outgoing, error) {
	if err := s.may(JobMail); err != nil {
		return nil, err
	}
	var due bool // asked without the writer
	t := s.db.single()
	err := t.row(ctx, `SELECT EXISTS (SELECT 1 FROM mail WHERE tenant_id = $1 AND state IN ('waiting', 'sending') AND next_at <= $2)`, s.actor.Tenant, t.nowMicros()).Scan(&due)
	if err != nil || !due {
		return nil, s.db.fault(err)
	}
	var out *Outgoing
	var report policy.ID
	err = s.db.maintain(ctx, func(t *tx) error {
		out, report = nil, 0
		set, stand, err := t.mailSettings(ctx, s.actor.Tenant)
		if err != nil {
			return err
		}
		t.actor = s.actor
		if err := t.cutOff(ctx); err != nil {
			return err
		}
		if !set.On {
			return nil
		}
		var o Outgoing
		var document []byte
		var created int64
		var about string
		var whose, which sql.NullInt64
		err = t.row(ctx, "SELECT id, about, person_id, report_id, document, tries, created_at FROM mail WHERE tenant_id = $1 AND state = $2 AND next_at <= $3 ORDER BY next_at, id LIMIT 1"+t.pick("", " FOR UPDATE SKIP LOCKED"),
			s.actor.Tenant, string(MailWaits), t.nowMicros()).Scan(&o.ID, &about, &whose, &which, &document, &o.tries, &created)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		var l letter
		if err := json.Unmarshal(document, &l); err != nil {
			return err
		}
		o.Settings, o.To, o.Subject, o.Body, o.At = set.MailSettings, l.To, l.Subject, l.Body, t.now
		o.about, _, _ = strings.Cut(about, " ")
		o.Key = fmt.Sprintf("%d.%d.%d", s.actor.Tenant, o.ID, created)
		if l.Text != "" {
			o.Files = append(o.Files, MailFile{l.File, "text/plain", []byte(l.Text)})
		}
		if o.Password, err = t.openSecret(ctx, s.actor.Tenant, mailSecrets.of(s.actor.Tenant), stand); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE mail SET state = $1, next_at = $2, tries = tries + 1 WHERE tenant_id = $3 AND id = $4",
			string(MailSending), t.now.Add(mailLease).UnixMicro(), s.actor.Tenant, o.ID); err != nil {
			return err
		}
		o.person = policy.ID(whose.Int64)
		out, report = &o, policy.ID(which.Int64)
		return nil
	})
	if err != nil || out == nil || report == 0 {
		return out, err
	}
	// A report goes to whom it may still be shown, at this instant.
	files, may, err := s.reportFiles(ctx, out.person, report, out.Settings.LinkOnly)
	if err != nil {
		return nil, errors.Join(err, s.MailRefused(ctx, out, mailNoFile, false))
	}
	if !may {
		return nil, s.MailRefused(ctx, out, mailNoRight, true)
	}
	out.Files = append(out.Files, files...)
	return out, nil
}

// cutOff notes of mails whose try was cut off that nobody knows whether they left.
func (t *tx) cutOff(ctx context.Context) error {
	var lost []Outgoing
	err := t.each(ctx, func(rows *sql.Rows) error {
		var o Outgoing
		var whose sql.NullInt64
		err := rows.Scan(&o.ID, &o.about, &whose)
		o.person = policy.ID(whose.Int64)
		lost = append(lost, o)
		return err
	}, "UPDATE mail SET state = $1, failed = $5 WHERE tenant_id = $2 AND state = $3 AND next_at <= $4 RETURNING id, about, person_id",
		string(MailUnsure), t.actor.Tenant, string(MailSending), t.nowMicros(), mailCutOff)
	for i := range lost {
		if err == nil {
			lost[i].about, _, _ = strings.Cut(lost[i].about, " ")
			err = t.auditUnsent(ctx, &lost[i], MailUnsure, mailCutOff)
		}
	}
	return err
}

// Why a mail did not go out that was not for the other end to say.
const (
	mailCutOff  = "cut_off"
	mailNoRight = "no_right" // its reader may not have it any more
	mailNoFile  = "report"   // what it is about could not be read
)

// auditUnsent records what became of a mail that did not go out. What the other end said stands with the mail.
func (t *tx) auditUnsent(ctx context.Context, o *Outgoing, state MailState, why string) error {
	detail := map[string]any{"mail": o.ID, "of": o.about, "state": string(state)}
	if slices.Contains([]string{mailCutOff, mailNoRight, mailNoFile}, why) {
		detail["why"] = why
	}
	return t.audit(ctx, audit.Entry{Action: audit.MailFailed, Kind: records.System, OnBehalf: o.person, Detail: detail})
}

// MailArrived says that the server took a mail.
func (s *System) MailArrived(ctx context.Context, o *Outgoing) error {
	return s.db.write(ctx, s.actor, op{name: "mail"}, func(t *tx) error {
		if err := t.mailBecomes(ctx, o, MailGone, "", t.now); err != nil {
			return err
		}
		entry := audit.Entry{Action: audit.MailSent, Kind: records.System, OnBehalf: o.person, Detail: map[string]any{"mail": o.ID, "of": o.about, "count": len(o.Files)}}
		if o.person == 0 {
			entry.Detail["to"] = o.To
		}
		return t.audit(ctx, entry)
	})
}

// MailRefused says that it did not, and why: it is tried again, later each time, unless that is of no use.
func (s *System) MailRefused(ctx context.Context, o *Outgoing, why string, forGood bool) error {
	return s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		if forGood || o.tries+1 >= mailTries || o.about == "test" {
			return t.mailBecomes(ctx, o, MailFailed, why, t.now)
		}
		return t.mailBecomes(ctx, o, MailWaits, why, t.now.Add(min(mailLast, mailFirst<<min(o.tries, 10))))
	})
}

// MailLost says that nobody knows whether the server took it.
func (s *System) MailLost(ctx context.Context, o *Outgoing, why string) error {
	return s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		return t.mailBecomes(ctx, o, MailUnsure, why, t.now)
	})
}

func (t *tx) mailBecomes(ctx context.Context, o *Outgoing, state MailState, why string, next time.Time) error {
	var sent *int64
	if state == MailGone {
		sent = micros(&t.now)
	}
	n, err := t.exec(ctx, "UPDATE mail SET state = $1, failed = $2, next_at = $3, sent_at = $4 WHERE tenant_id = $5 AND id = $6 AND state IN ('sending', 'unsure')",
		string(state), optionalText(audit.Clean(why)), next.UnixMicro(), sent, t.actor.Tenant, o.ID)
	if err == nil && n == 1 && (state == MailFailed || state == MailUnsure) {
		err = t.auditUnsent(ctx, o, state, why)
	}
	return err
}

// mailsOut are the settings, and whether mail can go out at all.
func (t *rtx) mailsOut(ctx context.Context, tenant policy.ID) (*WrittenMailSettings, bool, error) {
	set, _, err := t.mailSettings(ctx, tenant)
	return set, err == nil && set.On && set.Version > 0, err
}
