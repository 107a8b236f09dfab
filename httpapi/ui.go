package httpapi

import (
	"net/http"
)

// uiPolicy lets pages load from this server alone.
const uiPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// serveUI hands pages and their files to the UI. They hold no data, so nobody is asked who they
// are, and the UI itself says what may be cached.
func (a *api) serveUI(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", uiPolicy)
	commonHeaders(h, a.clientOf(r).secure)
	a.ui.ServeHTTP(w, r)
}
