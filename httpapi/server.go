package httpapi

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"guan/fault"
	"guan/store"
)

// Options says how to serve.
type Options struct {
	DB      *store.DB
	Listen  string // host:port; port 0 takes a free one
	Metrics string // host:port for the metrics; empty for none

	TLSCert, TLSKey string // files; empty for plain HTTP, as behind a proxy or on loopback
	SecureCookies   bool   // mark cookies Secure also when TLS ends elsewhere and nobody says so
	PublicURL       string // as people open it; passkeys belong to it. Empty: localhost, where only it is listened to
	Proxies         []netip.Prefix
	Office          []netip.Prefix // networks that count as the office; none: nobody knows

	Limits Limits
	Jobs   Files // where the files of exports and imports stand; nil: there are none
	// Archives are where old stretches of the audit log lie; nil: nowhere.
	Archives Archives
	// TrySend sends one event to where they go and says what came back; nil: events are not sent from here.
	TrySend func(context.Context, *store.Delivery) (store.StreamOutcome, int)
	UI      http.Handler // everything outside the API
	Log     *slog.Logger // nil discards
}

// writeGrace is how long the answer may take to go out after a route used all its time.
const writeGrace = 30 * time.Second

// Server is Guan on its listeners.
type Server struct {
	api      *api
	main     *http.Server
	metrics  *http.Server
	listener net.Listener
	side     net.Listener
	options  Options
}

// New takes the listeners, so that the address is known before Run. It does not own the DB. The
// error says which address cannot be had.
func New(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.UI == nil {
		o.UI = http.NotFoundHandler()
	}
	s := &Server{api: newAPI(o), options: o}
	certificates, err := certificatesOf(o)
	if err != nil {
		return nil, err
	}
	if s.listener, err = listen(o.Listen); err != nil {
		return nil, err
	}
	if s.api.site, err = siteOf(o, s.listener.Addr().(*net.TCPAddr)); err != nil {
		s.listener.Close()
		return nil, err
	}
	if o.Metrics != "" {
		if s.side, err = listen(o.Metrics); err != nil {
			s.listener.Close()
			return nil, err
		}
	}
	errors := slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn)
	s.main = &http.Server{
		Handler: s.api.handler(), ErrorLog: errors,
		// Slow clients must not hold connections: what a route needs longer for, it says itself.
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second,
		WriteTimeout: s.api.limits.Handling + writeGrace, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10,
		TLSConfig:      &tls.Config{Certificates: certificates},
	}
	s.metrics = &http.Server{Handler: s.api.metrics.handler(), ErrorLog: errors, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	return s, nil
}

// certificatesOf reads the certificate, so that one that cannot be used is told before anything
// is served.
func certificatesOf(o Options) ([]tls.Certificate, error) {
	if o.TLSCert == "" {
		return nil, nil
	}
	certificate, err := tls.LoadX509KeyPair(o.TLSCert, o.TLSKey)
	if err != nil {
		return nil, fault.Wrapf(err, fault.Invalid, "certificate", "the certificate %s with the key %s cannot be used", o.TLSCert, o.TLSKey)
	}
	return []tls.Certificate{certificate}, nil
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fault.Wrapf(err, fault.Invalid, "listen", "the address %s cannot be listened on", address)
	}
	return l, nil
}

// URL is where the server answers, such as http://127.0.0.1:8080.
func (s *Server) URL() string {
	scheme := "http"
	if s.options.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + s.listener.Addr().String()
}

// MetricsURL is where the metrics are; empty for nowhere.
func (s *Server) MetricsURL() string {
	if s.side == nil {
		return ""
	}
	return "http://" + s.side.Addr().String() + "/metrics"
}

// Run serves until ctx ends or a listener fails. When ctx ends /readyz fails at once, after
// Limits.Linger no new connections are taken, and requests under way are finished, for
// Limits.Draining at the longest; those that take longer are cut and Run says so.
func (s *Server) Run(ctx context.Context) error {
	failed := make(chan error, 2)
	go func() {
		if s.options.TLSCert != "" {
			failed <- s.main.ServeTLS(s.listener, "", "")
			return
		}
		failed <- s.main.Serve(s.listener)
	}()
	if s.side != nil {
		go func() { failed <- s.metrics.Serve(s.side) }()
	}
	select {
	case err := <-failed:
		s.Close()
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	case <-ctx.Done():
	}
	s.api.draining.Store(true)
	s.api.log.Info("stopping: requests under way are finished")
	time.Sleep(s.api.limits.Linger)
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.api.limits.Draining)
	defer cancel()
	err := s.main.Shutdown(patience)
	s.Close()
	if err != nil {
		return fault.Wrapf(err, fault.Internal, "draining", "some requests took longer than %s and were cut", s.api.limits.Draining)
	}
	return nil
}

// Close drops the listeners and all connections at once. It may be called several times.
func (s *Server) Close() error {
	var side error
	if s.side != nil {
		side = errors.Join(s.metrics.Close(), ignoreClosed(s.side.Close()))
	}
	return errors.Join(s.main.Close(), ignoreClosed(s.listener.Close()), side)
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
