package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
)

// client is what is known of where a request comes from.
type client struct {
	address   string // without port
	limitKey  string // the address, or for IPv6 the network that one customer of a provider gets
	device    string // desktop, phone, unknown
	network   string // office, outside, unknown
	secure    bool   // came over TLS, here or at a trusted proxy
	requestID string // given by a trusted proxy; empty otherwise
}

var requestIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// clientOf believes X-Forwarded-For, X-Forwarded-Proto and X-Request-Id only from the proxies
// that are configured; from anybody else they are just text that the client made up.
func (a *api) clientOf(r *http.Request) client {
	peer := peerOf(r)
	c := client{device: deviceOf(r.UserAgent()), secure: r.TLS != nil}
	if within(peer, a.proxies) {
		if id := r.Header.Get("X-Request-Id"); requestIDs.MatchString(id) {
			c.requestID = id
		}
		c.secure = c.secure || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
		peer = a.behind(peer, r.Header.Values("X-Forwarded-For"))
	}
	c.address, c.limitKey = peer.String(), peer.String()
	if peer.Is6() {
		if network, err := peer.Prefix(64); err == nil {
			c.limitKey = network.String()
		}
	}
	switch {
	case len(a.office) == 0:
		c.network = "unknown"
	case within(peer, a.office):
		c.network = "office"
	default:
		c.network = "outside"
	}
	return c
}

func peerOf(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return address.Unmap().WithZone("")
}

// behind walks the chain of forwarders from the nearest and stops at the first that is not a
// trusted proxy: everything beyond it may be made up.
func (a *api) behind(peer netip.Addr, forwarded []string) netip.Addr {
	chain := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(chain) - 1; i >= 0; i-- {
		address, err := netip.ParseAddr(strings.TrimSpace(chain[i]))
		if err != nil {
			return peer
		}
		peer = address.Unmap().WithZone("")
		if !within(peer, a.proxies) {
			return peer
		}
	}
	return peer
}

func within(address netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(address) {
			return true
		}
	}
	return false
}

// deviceOf tells phones from desktops by what the browser says of itself.
func deviceOf(agent string) string {
	for _, mark := range []string{"Mobi", "Android", "iPhone", "iPad", "HarmonyOS", "MicroMessenger"} {
		if strings.Contains(agent, mark) {
			return "phone"
		}
	}
	if strings.HasPrefix(agent, "Mozilla/") {
		return "desktop"
	}
	return "unknown"
}
