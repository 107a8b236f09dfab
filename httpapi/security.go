package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// cookieName is the cookie that carries a session.
const cookieName = "guan_session"

// apiHeaders keep answers out of caches, frames and other sites. Every answer has them, also
// those that fail.
func (c *call) apiHeaders() {
	h := c.w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	commonHeaders(h, c.client.secure)
}

func commonHeaders(h http.Header, secure bool) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(self), microphone=(), payment=(), usb=()")
	if secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// sameOrigin refuses requests that another site made a browser send. Tokens are never sent by a
// browser on its own, so calls with one pass.
func (c *call) sameOrigin() error {
	if c.r.Header.Get("Authorization") != "" {
		return nil
	}
	if err := c.api.origin.Check(c.r); err != nil {
		return errOrigin.WithCause(err)
	}
	return nil
}

// setCookie hands the session's secret to the browser, out of reach of scripts.
func (c *call) setCookie(secret string, until time.Time) {
	http.SetCookie(c.w, &http.Cookie{
		Name: cookieName, Value: secret, Path: "/", Expires: until.UTC(),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.client.secure || c.api.secureCookies,
	})
}

// deviceCookies begin the names of the cookies by which a browser is known again; the rest is a piece of
// the key's hash, so that each person who shares the browser keeps a key of their own. They are sent with
// sign-ins alone.
const (
	deviceCookies = "guan_device_"
	devicePath    = v1 + "/session"
	deviceFor     = 400 * 24 * time.Hour // as long as browsers keep any
)

func (c *call) deviceKeys() []string {
	var keys []string
	for _, cookie := range c.r.Cookies() {
		if strings.HasPrefix(cookie.Name, deviceCookies) {
			keys = append(keys, cookie.Value)
		}
	}
	return keys
}

// keepDevice hands the key of a device to the browser.
func (c *call) keepDevice(key string) {
	sum := sha256.Sum256([]byte(key))
	http.SetCookie(c.w, &http.Cookie{
		Name: deviceCookies + hex.EncodeToString(sum[:4]), Value: key, Path: devicePath, MaxAge: int(deviceFor.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: c.client.secure || c.api.secureCookies,
	})
}

// dropCookie takes it back.
func (c *call) dropCookie() {
	http.SetCookie(c.w, &http.Cookie{
		Name: cookieName, Path: "/", MaxAge: -1,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.client.secure || c.api.secureCookies,
	})
}
