package httpapi

import (
	"net/http"
	"strings"
	"time"

	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/signin"
	"guan/store"
)

// cookieFor is how long a browser keeps the cookie; the session itself may end much earlier.
const cookieFor = 14 * 24 * time.Hour

type signIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	// Code is one of the second factor, or of recovery; it is sent when it was asked for.
	Code string `json:"code,omitempty"`
	// Passkey is a proof in its place, of the challenge that was asked for.
	Passkey *signin.PasskeyProof `json:"passkey,omitempty"`
}

type signedIn struct {
	Person *store.Name `json:"person,omitempty"`
	// Waiting: nobody is signed in. The device waits until who administers accounts admits it.
	Waiting bool `json:"waiting,omitempty"`
	// MustChange: nothing else is answered until the person has chosen a password of their own.
	MustChange bool `json:"must_change,omitempty"`
}

type passwordChange struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// signedInSession is one session of the caller.
type signedInSession struct {
	ID         policy.ID `json:"id"`
	CreatedAt  time.Time `json:"created_at"`
	LastSeenAt time.Time `json:"last_seen_at"`
	UntilAt    time.Time `json:"until"`
	Device     string    `json:"device"`
	Address    string    `json:"address"`
	Current    bool      `json:"current"`
}

// admit makes out who calls and whether the limits leave room. A token is looked at before the
// cookie: whoever sends one means it.
func (c *call) admit() error {
	secret, byToken := c.bearer()
	if !byToken {
		if cookie, err := c.r.Cookie(cookieName); err == nil {
			secret = cookie.Value
		}
	}
	// Routes for anyone do not depend on who calls; a stale cookie must not get in their way.
	if c.route.who == anyone {
		return c.api.requests.take("address "+c.client.limitKey, c.started)
	}
	if secret == "" {
		if err := c.api.requests.take("address "+c.client.limitKey, c.started); err != nil {
			return err
		}
		return errSignIn
	}
	c.api.db.Pace(c.ctx())
	actor, err := c.api.db.Authenticate(c.ctx(), secret, c.from("web"))
	if err != nil {
		return err
	}
	if byToken != (actor.Token != 0) {
		return errSignIn // a session's secret as a token would do without its cookie's protection
	}
	c.actor = actor
	if byToken && c.route.who == person {
		return errPerson
	}
	return c.api.requests.take("person "+actor.Person.String(), c.started)
}

// bearer returns the token of the Authorization header. A header of any other form is a token
// that nobody has.
func (c *call) bearer() (secret string, given bool) {
	header := c.r.Header.Get("Authorization")
	if header == "" {
		return "", false
	}
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", true
	}
	return strings.TrimSpace(secret), true
}

// lang is the language that somebody chose for their browser, or else the first that it asks for.
func (c *call) lang() string {
	asked := c.r.Header.Get("Accept-Language")
	if chosen, err := c.r.Cookie("guan_lang"); err == nil {
		asked = chosen.Value
	}
	if strings.HasPrefix(strings.ToLower(asked), "en") {
		return "en"
	}
	return "zh"
}

func (c *call) from(channel string) store.Client {
	return store.Client{Channel: channel, Device: c.client.device, Network: c.client.network, Family: signin.Family(c.r.UserAgent()), Address: c.client.address, RequestID: c.id, Lang: c.lang()}
}

// attempt is one to sign in, where the limits leave room for it, with the login as it is kept.
func (c *call) attempt(typed, password string) (a store.Attempt, login string, err error) {
	if err := c.api.signIns.take(c.client.limitKey, c.started); err != nil {
		return store.Attempt{}, "", err
	}
	if login, err = records.NormalLogin(typed); err != nil {
		login = ""
	}
	if err := c.api.logins.take(login, c.started); err != nil {
		return store.Attempt{}, "", err
	}
	return store.Attempt{Client: c.from("web"), Tenant: store.DefaultTenant, Login: typed, Password: password, Devices: c.deviceKeys(), Site: c.api.site}, login, nil
}

func (a *api) signIn(c *call) error {
	in, err := readBody[signIn](c)
	if err != nil {
		return err
	}
	attempt, login, err := c.attempt(in.Login, in.Password)
	if err != nil {
		return err
	}
	attempt.Code, attempt.Passkey = in.Code, in.Passkey
	secret, actor, err := a.db.SignIn(c.ctx(), attempt)
	waiting := err != nil && fault.From(err).Code == "device_waiting"
	if err != nil && !waiting {
		return err
	}
	if !waiting {
		c.actor = actor
		c.setCookie(secret, time.Now().Add(cookieFor))
	}
	if key := actor.DeviceKey(); key != "" {
		c.keepDevice(key)
	}
	if waiting {
		return c.answer(http.StatusOK, signedIn{Waiting: true})
	}
	return c.answer(http.StatusOK, signedIn{Person: &store.Name{ID: actor.Person, Name: actor.Name, Login: login}, MustChange: actor.MustChange()})
}

func (a *api) signOut(c *call) error {
	if err := c.session().SignOut(c.ctx()); err != nil {
		return err
	}
	c.dropCookie()
	return c.done()
}

func (a *api) sessions(c *call) error {
	found, err := c.session().Sessions(c.ctx())
	if err != nil {
		return err
	}
	mine := make([]signedInSession, len(found))
	for i, s := range found {
		mine[i] = signedInSession(s)
	}
	return c.answer(http.StatusOK, itemsOf(mine))
}

func (a *api) endSession(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	if err := c.session().EndSession(c.ctx(), id); err != nil {
		return err
	}
	if id == c.actor.Session {
		c.dropCookie()
	}
	return c.done()
}

func (a *api) changePassword(c *call) error {
	in, err := readBody[passwordChange](c)
	if err != nil {
		return err
	}
	if err := c.session().ChangePassword(c.ctx(), in.Old, in.New); err != nil {
		return err
	}
	return c.done()
}
