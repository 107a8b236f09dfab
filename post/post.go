// Package post sends the mail that waits in the store, one after the other, by the SMTP server that the company has
// set. What is sent, to whom, and when it is tried again is the store's; here it is found out what became of a try:
// the server took the mail, it refused it for now or for good, or nobody knows. The last is when the line broke
// after the whole mail was handed over and before the answer: such a mail is not sent again by itself, so that each
// arrives once at most, as far as SMTP can tell. Its Message-ID is the same at every try.
package post

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"guan/store"
)

const (
	timeout   = time.Minute            // of one try; the store's lease is longer
	lookEvery = 500 * time.Millisecond // for mail that waits
)

// Dial opens a connection to a server, or refuses its address.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Sender sends the mail of one tenant.
type Sender struct {
	system *store.System
	dial   Dial
	roots  *x509.CertPool
}

// New makes a sender. Servers prove who they are by a certificate under roots; nil are those of the machine.
func New(system *store.System, dial Dial, roots *x509.CertPool) *Sender {
	return &Sender{system, dial, roots}
}

// Run sends until the context ends. A try that is under way then is brought to its end.
func (s *Sender) Run(ctx context.Context, log *slog.Logger) {
	var health store.Health
	for ctx.Err() == nil {
		found, err := s.Once(ctx)
		if health.Went(ctx, s.system, err) {
			log.Error("mail cannot be sent", slog.Any("error", err))
		}
		if found && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

// Once sends the mail that is due and reports whether there was one. What goes wrong at the other end stands with
// the mail; the error is of this end.
func (s *Sender) Once(ctx context.Context) (found bool, err error) {
	o, err := s.system.NextMail(ctx)
	if err != nil || o == nil {
		return false, err
	}
	// To end in the middle would leave it open whether it arrived.
	ctx, enough := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer enough()
	taken, unsure, why := s.send(ctx, o)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	switch {
	case taken:
		return true, s.system.MailArrived(ctx, o)
	case unsure:
		return true, s.system.MailLost(ctx, o, said(why))
	}
	var refusal *mail.SendError
	forGood := errors.As(why, &refusal) && refusal.ErrorCode() >= 500
	return true, s.system.MailRefused(ctx, o, said(why), forGood)
}

// send hands a mail over: the server took it, or why not, and whether that is unsure.
func (s *Sender) send(ctx context.Context, o *store.Outgoing) (taken, unsure bool, why error) {
	message, err := compose(o)
	if err != nil {
		return false, false, err
	}
	client, err := s.client(o)
	if err != nil {
		return false, false, err
	}
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return true, false, nil // what was said of the connection after that is of no interest
	}
	var refusal *mail.SendError
	if errors.As(err, &refusal) && refusal.Reason == mail.ErrSMTPDataClose && refusal.ErrorCode() == 0 {
		return false, true, err
	}
	return false, false, err
}

func (s *Sender) client(o *store.Outgoing) (*mail.Client, error) {
	set := o.Settings
	options := []mail.Option{
		mail.WithPort(set.Port), mail.WithTimeout(timeout / 2),
		mail.WithTLSConfig(&tls.Config{ServerName: set.Host, MinVersion: tls.VersionTLS12, RootCAs: s.roots}),
	}
	secure := set.Security == store.MailTLS
	switch set.Security {
	case store.MailTLS:
		options = append(options, mail.WithSSL(), mail.WithTLSPolicy(mail.NoTLS))
	case store.MailStartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	options = append(options, mail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
		line, err := s.dial(ctx, network, address)
		if err != nil || !secure {
			return line, err
		}
		return tls.Client(line, &tls.Config{ServerName: set.Host, MinVersion: tls.VersionTLS12, RootCAs: s.roots}), nil
	}))
	if set.User != "" {
		options = append(options, mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthCramMD5), mail.WithUsername(set.User), mail.WithPassword(o.Password))
	}
	return mail.NewClient(set.Host, options...)
}

// compose writes the mail.
func compose(o *store.Outgoing) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.FromFormat("关 Guan", o.Settings.Sender); err != nil {
		return nil, err
	}
	if err := m.To(o.To); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(o.Settings.Sender, "@")
	m.SetMessageIDWithValue("guan." + o.Key + "@" + domain)
	m.SetDateWithValue(o.At)
	m.Subject(o.Subject)
	m.SetBodyString(mail.TypeTextPlain, o.Body)
	// Programs that are away do not answer a program.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	for _, f := range o.Files {
		if err := m.AttachReader(f.Name, bytes.NewReader(f.Data), mail.WithFileContentType(mail.ContentType(f.Media))); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// said is why a try failed, for who administers the system: at which step, and what the server answered.
func said(why error) string {
	var refusal *mail.SendError
	var unknown x509.UnknownAuthorityError
	var other x509.HostnameError
	var plain tls.RecordHeaderError
	var line *net.OpError
	step := "send"
	switch {
	case errors.As(why, &refusal):
		step = map[mail.SendErrReason]string{mail.ErrSMTPMailFrom: "sender", mail.ErrSMTPRcptTo: "recipient"}[refusal.Reason]
		if step == "" {
			step = "send"
		}
	case errors.As(why, &unknown), errors.As(why, &other), errors.As(why, &plain):
		step = "tls"
	case errors.Is(why, context.DeadlineExceeded):
		step = "timeout"
	case errors.As(why, &line), isDNS(why):
		step = "connect"
	case strings.Contains(why.Error(), "STARTTLS"):
		step = "tls"
	case strings.Contains(strings.ToLower(why.Error()), "auth"), strings.Contains(why.Error(), "535"):
		step = "auth"
	}
	return fmt.Sprintf("%s: %v", step, why)
}

func isDNS(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns)
}
