package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"path"
	"strings"
	"sync/atomic"

	"guan/signin"
	"guan/store"
)

// api is what all calls share.
type api struct {
	db      *store.DB
	log     *slog.Logger
	metrics *metrics
	limits  Limits

	proxies, office []netip.Prefix
	secureCookies   bool
	origin          *http.CrossOriginProtection
	site            signin.Site // of passkeys

	requests, signIns, logins *limiter

	ui       http.Handler
	files    Files // nil: no exports and imports
	archives Archives
	trySend  func(context.Context, *store.Delivery) (store.StreamOutcome, int)
	draining atomic.Bool
	document []byte // OpenAPI
}

func newAPI(o Options) *api {
	limits := o.Limits.withDefaults()
	a := &api{
		db: o.DB, log: o.Log, metrics: newMetrics(), limits: limits,
		proxies: o.Proxies, office: o.Office, secureCookies: o.SecureCookies,
		origin:   http.NewCrossOriginProtection(),
		requests: newLimiter(limits.Requests, limits.Burst),
		signIns:  newLimiter(limits.SignIns, limits.SignInBurst),
		logins:   newLimiter(min(limits.SignIns, 1), 60),
		ui:       o.UI,
		files:    o.Jobs,
		archives: o.Archives,
		trySend:  o.TrySend,
	}
	a.document = openapiText(a.routes())
	return a
}

// handler puts the route table behind a mux. Everything under /api/ that is no route is not
// found; everything else belongs to the UI.
func (a *api) handler() http.Handler {
	table := map[string]map[string]*route{"/api": nil, "/api/": nil}
	for _, r := range a.routes() {
		if table[r.pattern] == nil {
			table[r.pattern] = map[string]*route{}
		}
		table[r.pattern][r.method] = &r
	}
	mux := http.NewServeMux()
	for pattern, methods := range table {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, pattern, methods) })
	}
	mux.HandleFunc("/", a.serveUI)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The mux answers a path such as /api//v1 with a redirect of its own making.
		if p := r.URL.Path; !strings.HasPrefix(p, "/") || path.Clean(p) != p && path.Clean(p)+"/" != p {
			a.serve(w, r, "/", nil)
			return
		}
		mux.ServeHTTP(w, r)
	})
}
