// Package siem sends events to the one address that the company has set, as signed webhooks (Standard
// Webhooks 1.0): each message with an id that stays the same at every try, the instant of the try, and an
// HMAC-SHA256 over both and the body, so that whoever receives it knows from whom it comes, drops what came
// twice and refuses what is old. What is sent, in which order, and when it is tried again is the store's.
package siem

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"

	"guan/store"
)

// timeout bounds one try; the store gives a message away after longer than that.
const timeout = 15 * time.Second

// Sender sends the events of one tenant.
type Sender struct {
	system *store.System
	client *http.Client
}

// New makes a sender. linkLocal lets it send to addresses of the link, where clouds keep the credentials
// of machines.
func New(system *store.System, linkLocal bool) *Sender {
	dialer := Dialer(linkLocal)
	return &Sender{system, &http.Client{
		Timeout:   timeout,
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, MaxIdleConnsPerHost: 1, IdleConnTimeout: time.Minute},
		// Who answers elsewhere has not got it: where it goes is the administrator's choice.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Dialer opens connections to where an administrator has the program send something.
func Dialer(linkLocal bool) *net.Dialer {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	if !linkLocal {
		// Asked of the address that is dialled, whatever its name resolved to a moment ago.
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return allowed(address) }
	}
	return dialer
}

// metadata are addresses beside those of the link at which clouds answer with credentials.
var metadata = []netip.Addr{netip.MustParseAddr("100.100.100.200"), netip.MustParseAddr("fd00:ec2::254"), netip.MustParseAddr("192.0.0.192")}

var errForbidden = errors.New("this address is of the link, or of a cloud's own: serve with --siem-link-local to allow it")

func allowed(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() {
		return errForbidden
	}
	for _, one := range metadata {
		if ip == one {
			return errForbidden
		}
	}
	return nil
}

// lookEvery is how long an event waits at most, when nothing keeps it.
const lookEvery = 500 * time.Millisecond

// Run sends until the context ends.
func (s *Sender) Run(ctx context.Context, log *slog.Logger) {
	var health store.Health
	for ctx.Err() == nil {
		arrived, err := s.Once(ctx)
		if health.Went(ctx, s.system, err) {
			log.Error("events cannot be sent", slog.Any("error", err))
		}
		if arrived {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

// Once sends the message that is due and reports whether it arrived: there may be another then. What goes
// wrong at the other end stands in the settings; the error is of this end.
func (s *Sender) Once(ctx context.Context) (arrived bool, err error) {
	d, err := s.system.NextDelivery(ctx)
	if err != nil || d == nil {
		return false, err
	}
	a, why := s.send(ctx, d)
	switch {
	case why == nil:
		return true, s.system.Delivered(ctx, d)
	case ctx.Err() != nil:
		return false, nil // it is sent again by the next start
	case a.status == http.StatusGone:
		return false, s.system.EndStream(ctx, d, a.status)
	}
	return false, s.system.Undelivered(ctx, d, outcomeOf(a.status, why), a.status, a.wait)
}

// answer is what the other end said: the status, 0 where it said nothing, and how long it asks to be left alone.
type answer struct {
	status int
	wait   time.Duration
}

func (s *Sender) send(ctx context.Context, d *store.Delivery) (a answer, err error) {
	at := strconv.FormatInt(d.At.Unix(), 10)
	signatures := make([]string, len(d.Secrets))
	for i, secret := range d.Secrets {
		key, err := store.StreamKey(secret)
		if err != nil {
			return a, err
		}
		signatures[i] = sign(key, d.ID, at, d.Body)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.URL, bytes.NewReader(d.Body))
	if err != nil {
		return a, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "guan")
	r.Header.Set("webhook-id", d.ID)
	r.Header.Set("webhook-timestamp", at)
	r.Header.Set("webhook-signature", strings.Join(signatures, " "))
	came, err := s.client.Do(r)
	if err != nil {
		return a, err
	}
	defer came.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(came.Body, 64<<10)) // so that the connection is used again
	a.status = came.StatusCode
	if a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable {
		a.wait = retryAfter(came.Header.Get("Retry-After"), d.At)
	}
	if a.status < 200 || a.status > 299 {
		return a, fmt.Errorf("the other end answered %d", a.status)
	}
	return a, nil
}

// retryAfter reads how long somebody asks to be left alone (RFC 9110, 10.2.3): seconds, or until an instant. What is
// neither, or over, asks for nothing.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(text, 10, 32); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second
	}
	if until, err := http.ParseTime(text); err == nil {
		return max(0, until.Sub(now))
	}
	return 0
}

// sign is the signature of a message.
func sign(key []byte, id, at string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", id, at)
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
