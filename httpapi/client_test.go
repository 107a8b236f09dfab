package httpapi

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClientOf(t *testing.T) {
	a := &api{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, office: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}
	for _, x := range []struct {
		peer, forwarded, address, limitKey, network string
	}{
		{"192.0.2.5:1", "", "192.0.2.5", "192.0.2.5", "office"},
		{"[::ffff:192.0.2.5]:1", "", "192.0.2.5", "192.0.2.5", "office"},
		{"203.0.113.5:1", "192.0.2.5", "203.0.113.5", "203.0.113.5", "outside"}, // says so itself
		{"10.1.1.1:1", "192.0.2.5", "192.0.2.5", "192.0.2.5", "office"},
		{"10.1.1.1:1", "192.0.2.5, 203.0.113.5", "203.0.113.5", "203.0.113.5", "outside"}, // only the proxy's own word counts
		{"10.1.1.1:1", "192.0.2.5, nonsense, 10.2.2.2", "10.2.2.2", "10.2.2.2", "outside"},
		{"10.1.1.1:1", "", "10.1.1.1", "10.1.1.1", "outside"},
		{"[2001:db8:1:2:3::4]:1", "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64", "outside"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.peer
		if x.forwarded != "" {
			r.Header.Set("X-Forwarded-For", x.forwarded)
		}
		c := a.clientOf(r)
		if c.address != x.address || c.limitKey != x.limitKey || c.network != x.network {
			t.Errorf("%s for %q: %+v", x.peer, x.forwarded, c)
		}
	}
	a.office = nil
	if c := a.clientOf(httptest.NewRequest("GET", "/", nil)); c.network != "unknown" {
		t.Errorf("without offices everybody is %s", c.network)
	}
}
