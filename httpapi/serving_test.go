package httpapi_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"guan/httpapi"
)

func TestHealth(t *testing.T) {
	each(t, func(t *testing.T, p *program) {
		p.anonymous().get("/healthz").must(200)
		p.anonymous().get("/readyz").must(200)
		// A cookie of yesterday does not make a healthy server look ill.
		p.anonymous().get("/readyz", "Cookie", "guan_session=stale").must(200)
		p.db.Close()
		p.anonymous().get("/healthz").must(200)
		p.anonymous().get("/readyz").is(503, "not_ready")
	})
}

// underWay sends the head of a sign-in and the first bytes of its body, and waits until the server asks for the rest.
func (p *program) underWay(body string) net.Conn {
	p.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "POST /api/v1/session HTTP/1.1\r\nHost: guan\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", len(body))
	const goOn = "HTTP/1.1 100 Continue\r\n\r\n"
	said := make([]byte, len(goOn))
	if _, err := io.ReadFull(conn, said); err != nil || string(said) != goOn {
		p.t.Fatalf("%q %v", said, err)
	}
	io.WriteString(conn, body[:10])
	return conn
}

// Told to stop, the server fails /readyz at once, takes no new connection after a while, and
// finishes what is under way.
func TestGracefulShutdown(t *testing.T) {
	// Whoever is held up for longer than the server lingers sees nothing of it, and looks once more at one that lingers longer.
	for linger := 500 * time.Millisecond; !drains(t, linger); linger *= 3 {
		if linger > patience/10 {
			t.Fatal("/readyz does not fail")
		}
	}
}

// drains tells a server to stop and reports whether /readyz was seen failing before it took no more connections.
func drains(t *testing.T, linger time.Duration) bool {
	t.Helper()
	p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.Limits = httpapi.Limits{Linger: linger, Draining: patience} })
	body := fmt.Sprintf(`{"login": "seller", "password": %q}`, password)
	conn := p.underWay(body)

	p.stop()
	for failing := false; !failing; {
		r, err := http.Get(p.url + "/readyz")
		if err != nil {
			io.WriteString(conn, body[10:])
			return false
		}
		text, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if failing = r.StatusCode == 503; failing && !strings.Contains(string(text), `"draining"`) {
			t.Errorf("/readyz: %s", text)
		}
	}
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		late, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
		if err != nil {
			break
		}
		if late.Close(); time.Since(began) > patience {
			t.Fatal("connections are taken after the server was told to stop")
		}
	}
	select {
	case err := <-p.ended:
		t.Fatalf("the server ended with a request under way: %v", err)
	default:
	}
	io.WriteString(conn, body[10:])
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != 200 {
		t.Errorf("the request under way was not finished: %v %v", answer, err)
	}
	err = <-p.ended
	p.ended <- err
	if err != nil {
		t.Errorf("Run: %v", err)
	}
	return true
}

func TestShutdownDoesNotWaitForEver(t *testing.T) {
	p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.Limits = httpapi.Limits{Draining: 50 * time.Millisecond} })
	p.underWay(`{"login": "seller", "password": "never all of it"}`)
	p.stop()
	err := <-p.ended
	p.ended <- err
	if err == nil {
		t.Error("a request was cut and nobody was told")
	}
}

func TestHeaders(t *testing.T) {
	p := start(t, blank.SQLite(t))
	seller := p.as("seller")
	for _, r := range []*reply{
		seller.get("/api/v1/me").must(200), seller.get("/api/v1/nothing").must(404), p.anonymous().get("/api/v1/me").must(401), p.anonymous().get("/customers/5").must(200),
	} {
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy": "", "Content-Security-Policy": "frame-ancestors 'none'",
		} {
			if got := r.header.Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", r.asked, name, got)
			}
		}
		if strings.HasPrefix(r.asked, "GET /api") && (r.header.Get("Cache-Control") != "no-store" || len(r.header.Get("X-Request-Id")) < 8) {
			t.Errorf("%s: %v", r.asked, r.header)
		}
		if strings.Contains(r.header.Get("Content-Security-Policy"), "unsafe") || r.header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: %v", r.asked, r.header)
		}
	}
	if got := p.anonymous().get("/api/v1/me").header.Get("Www-Authenticate"); got == "" {
		t.Error("401 without WWW-Authenticate")
	}
	if got := string(p.anonymous().get("/customers/5").body); got != "the UI at /customers/5" {
		t.Errorf("the UI's paths lead to %q", got)
	}
}

func TestProxiesAreBelievedOnlyWhenTrusted(t *testing.T) {
	headers := []string{"X-Forwarded-For", "203.0.113.9, 198.51.100.7, 127.0.0.1", "X-Forwarded-Proto", "https", "X-Request-Id", "from-the-proxy-1"}
	for _, x := range []struct {
		proxies, address string
		trusted          bool
	}{{"10.0.0.0/8", "127.0.0.1", false}, {"127.0.0.0/8", "198.51.100.7", true}} {
		p := start(t, blank.SQLite(t), func(o *httpapi.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix(x.proxies)} })
		c := p.anonymous()
		r := c.post("/api/v1/session", credentialsOf("seller", password), headers...).must(200)
		secure := strings.Contains(r.header.Get("Set-Cookie"), "Secure") && r.header.Get("Strict-Transport-Security") != ""
		if secure != x.trusted || (r.header.Get("X-Request-Id") == "from-the-proxy-1") != x.trusted {
			t.Errorf("%s: %v", x.proxies, r.header)
		}
		if !strings.Contains(p.log.String(), `"address":"`+x.address+`"`) {
			t.Errorf("%s: the address is not %s: %s", x.proxies, x.address, p.log)
		}
	}
}

func TestLargeAnswersAreCompressed(t *testing.T) {
	p := start(t, blank.SQLite(t))
	boss := p.as("boss")
	plain := boss.get("/api/v1/kinds", "Accept-Encoding", "identity").must(200)
	for _, accept := range []string{"gzip", "br, gzip;q=0.5", "*"} {
		r, err := http.NewRequest("GET", p.url+"/api/v1/kinds", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", accept)
		a, err := boss.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if a.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: %v", accept, a.Header)
		}
		z, err := gzip.NewReader(a.Body)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		a.Body.Close()
		if err != nil || string(text) != string(plain.body) {
			t.Errorf("%s: %v, %d bytes for %d", accept, err, len(text), len(plain.body))
		}
	}
	for _, accept := range []string{"gzip;q=0", "br", ""} {
		if r := boss.get("/api/v1/kinds", "Accept-Encoding", accept); r.header.Get("Content-Encoding") != "" && accept != "" {
			t.Errorf("%q got %v", accept, r.header)
		}
	}
	if r := boss.get("/healthz", "Accept-Encoding", "gzip"); r.header.Get("Content-Encoding") != "" {
		t.Error("a few bytes were compressed")
	}
}

// Metrics name routes, never what was asked for there.
func TestMetricsHoldNoIDs(t *testing.T) {
	p := start(t, blank.SQLite(t))
	seller := p.as("seller")
	seller.get(customers(p.own))
	seller.get(customers(p.colleagues))
	seller.get("/api/v1/records/unicorn?filter=c4n4ry")
	seller.get("/somewhere/c4n4ry")
	seller.do("BREW", "/api/v1/c4n4ry", nil)
	p.anonymous().get("/metrics")

	a, err := http.Get(p.server.MetricsURL())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		// A measured number is not looked into: among its digits any may stand.
		name, number := line, ""
		if at := strings.LastIndexByte(line, ' '); at >= 0 && !strings.HasPrefix(line, "#") {
			name, number = line[:at], strings.TrimSpace(line[at+1:])
		}
		for _, hidden := range []string{p.own.String(), p.colleagues.String(), "unicorn", "c4n4ry", "seller", "BREW"} {
			if strings.Contains(name, hidden) || number == hidden {
				t.Errorf("the metrics hold %s: %s", hidden, line)
			}
		}
	}
	routes := regexp.MustCompile(`route="([^"]*)"`).FindAllStringSubmatch(string(text), -1)
	if len(routes) == 0 || !strings.Contains(string(text), `guan_http_requests_total{method="GET",route="/api/v1/records/{kind}/{id}",status="404"} 1`) {
		t.Errorf("requests are not counted:\n%s", text)
	}
	for _, r := range routes {
		if !slices.Contains(httpapi.Patterns(), r[1]) {
			t.Errorf("%s is no route", r[1])
		}
	}
}

func TestAccessLog(t *testing.T) {
	p := start(t, blank.SQLite(t))
	r := p.as("seller").get(customers(p.colleagues)).must(404)
	for line := range strings.Lines(p.log.String()) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if entry["request_id"] != r.header.Get("X-Request-Id") {
			continue
		}
		if entry["route"] != "/api/v1/records/{kind}/{id}" || entry["status"] != 404.0 || entry["person"] != p.people["seller"].String() || entry["address"] != "127.0.0.1" || entry["ms"] == nil {
			t.Errorf("entry %v", entry)
		}
		return
	}
	t.Errorf("the request is not in the log: %s", p.log)
}

func TestAddressInUse(t *testing.T) {
	p := start(t, blank.SQLite(t))
	_, err := httpapi.New(httpapi.Options{DB: p.db, Listen: strings.TrimPrefix(p.url, "http://")})
	if err == nil || !strings.Contains(err.Error(), "cannot be listened on") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

func TestHeadersTooLarge(t *testing.T) {
	p := start(t, blank.SQLite(t))
	r, err := http.NewRequest("GET", p.url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Filler", strings.Repeat("x", 64<<10))
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	if a.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", a.StatusCode)
	}
}
