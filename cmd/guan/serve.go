package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"sync"
	"time"

	"guan/httpapi"
	"guan/jobs"
	"guan/post"
	"guan/siem"
	"guan/store"
	"guan/web"
)

type serve struct {
	database
	Listen  string `help:"Address to serve on; port 0 takes a free one." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Metrics string `help:"Address to serve metrics on, for Prometheus; off when absent." placeholder:"HOST:PORT"`

	TLSCert       string         `name:"tls-cert" help:"Certificate file; with it the server speaks HTTPS." type:"existingfile" and:"tls"`
	TLSKey        string         `name:"tls-key" help:"Key file of the certificate." type:"existingfile" and:"tls"`
	SecureCookies bool           `help:"Mark cookies Secure although this server does not speak HTTPS itself."`
	PublicURL     string         `name:"public-url" help:"Address at which people open Guan, such as https://crm.example.com: passkeys belong to it. Without it they work at http://localhost alone." placeholder:"URL"`
	Proxies       []netip.Prefix `name:"trust-proxy" help:"Networks of reverse proxies whose X-Forwarded-For is believed." placeholder:"CIDR"`
	Office        []netip.Prefix `help:"Networks that count as the office in rules (ctx.network)." placeholder:"CIDR"`
	Rate          float64        `help:"Requests a second that one person may make in the long run; 0 lifts this and the limit of sign-ins." default:"100"`
	MaxAttachment byteSize       `help:"How large one file of a record may be: a number of bytes, or of K, M or G." default:"20M" placeholder:"SIZE"`
	Linger        time.Duration  `help:"How long to go on taking requests once told to stop, while /readyz already fails." default:"0s"`
	Quiet         bool           `help:"Log failures only, not every request."`

	signingKey
	SIEMLinkLocal  bool     `name:"siem-link-local" help:"Let the stream of events go to addresses of the link and of the cloud's own services."`
	MailCA         string   `name:"mail-ca" help:"File of certificates under which the mail server proves who it is; those of this machine when absent." type:"existingfile" placeholder:"FILE"`
	PublishHeads   string   `help:"File to which each signed head of the audit log is appended; keep it where this machine cannot change it." type:"path" placeholder:"FILE"`
	PublishHeadsTo *url.URL `help:"Address to which the newest head is sent by POST, at most once a minute." placeholder:"URL"`
}

// Run serves until the process is told to stop.
func (s *serve) Run(t *terminal) error {
	if err := sendable(s.PublishHeadsTo); err != nil {
		return err
	}
	level := slog.LevelInfo
	if s.Quiet {
		level = slog.LevelWarn
	}
	limits := httpapi.Limits{Requests: s.Rate, Linger: s.Linger}
	if s.Rate <= 0 {
		limits.Requests, limits.SignIns = -1, -1
	}
	options := s.options()
	options.FileLimit = int64(s.MaxAttachment)
	options.AuditKey = s.AuditKey
	options.Tell = func(line string) { fmt.Fprintln(t.out, line) }
	db, err := store.Open(t.ctx, options)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(t.errors, &slog.HandlerOptions{Level: level}))
	runner, err := jobs.New(db, store.DefaultTenant, log)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	events := siem.New(db.System(store.JobStream, store.DefaultTenant), s.SIEMLinkLocal)
	server, err := httpapi.New(httpapi.Options{
		DB: db, Jobs: runner.Folder(), Archives: runner.Archives(), Listen: s.Listen, Metrics: s.Metrics,
		TLSCert: s.TLSCert, TLSKey: s.TLSKey, SecureCookies: s.SecureCookies,
		PublicURL: s.PublicURL, Proxies: s.Proxies, Office: s.Office, Limits: limits,
		TrySend: events.Try, UI: web.Handler(), Log: log,
	})
	if err != nil {
		return errors.Join(err, db.Close())
	}
	fmt.Fprintln(t.out, "listening on "+server.URL())
	// Who interrupts it from here on ends a program that serves, and that is no failure.
	if err := invite(t, db, server.URL()); err != nil && t.ctx.Err() == nil {
		return errors.Join(err, db.Close())
	}
	if at := server.MetricsURL(); at != "" {
		fmt.Fprintln(t.out, "metrics on "+at)
	}
	seals := db.System(store.JobSeal, store.DefaultTenant)
	if keys, err := seals.OpenAuditLog(t.ctx); err == nil { // what keeps it from being sealed is logged
		fmt.Fprintln(t.out, "the audit log is signed with "+keys[0].Text)
	}
	heads := newPublisher(seals, s.PublishHeads, s.PublishHeadsTo, log)
	roots, err := mailRoots(s.MailCA)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	mails := post.New(db.System(store.JobMail, store.DefaultTenant), siem.Dialer(s.SIEMLinkLocal).DialContext, roots)
	ctx, stop := context.WithCancel(t.ctx)
	var background sync.WaitGroup
	background.Go(func() { runner.Run(ctx) })
	background.Go(func() { heads.run(ctx) })
	background.Go(func() { events.Run(ctx, log) })
	background.Go(func() { mails.Run(ctx, log) })
	err = server.Run(ctx)
	stop()
	background.Wait()
	heads.last(ctx) // of what was sealed at the end
	return errors.Join(err, db.Close())
}

// mailRoots reads certificates that stand above those of the mail server.
func mailRoots(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s has no certificate", file)
	}
	return roots, nil
}

// invite prints the way into an empty installation. The code stands behind the #, which browsers
// send to nobody.
func invite(t *terminal, db *store.DB, url string) error {
	code, err := db.System(store.JobSetup, store.DefaultTenant).SetupCode(t.ctx)
	if err == nil && code != "" {
		fmt.Fprintln(t.out, "nobody is here yet; set the company up at "+url+"/setup#code="+code)
	}
	return err
}
