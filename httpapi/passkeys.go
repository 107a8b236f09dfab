package httpapi

import (
	"net"
	"net/http"

	"guan/fault"
	"guan/signin"
	"guan/store"
)

// passkeyRoutes are of passkeys. What the browser is asked for and what it says is spelled here, so that no
// page needs the library that checks it.
func (a *api) passkeyRoutes() []route {
	const all = v1 + "/factor/passkeys"
	return []route{
		post(all+"/begin", person, a.beginPasskey, "beginPasskey", "Begin a passkey: what the browser makes it of").takes(smallBody, passkeyBegin{}).gives(200, signin.PasskeyWish{}),
		post(all, person, a.addPasskey, "addPasskey", "Keep the passkey that the browser made; codes of recovery are shown this once").takes(smallBody, newPasskey{}).gives(201, store.AddedPasskey{}),
		post(all+"/challenge", person, a.askPasskey, "askPasskey", "What the browser has one of my passkeys sign").gives(200, signin.PasskeyAsk{}),
		post(all+"/proof", person, a.provePasskey, "provePasskey", "Prove my second factor in this session by a passkey").takes(smallBody, signin.PasskeyProof{}).gives(200, factorProof{}),
		patch(all+"/{id}", person, a.namePasskey, "namePasskey", "Give one of my passkeys another name").takes(smallBody, passkeyName{}),
		post(all+"/{id}/remove", person, a.removePasskey, "removePasskey", "Remove one of my passkeys").takes(smallBody, factorPassword{}),
		post(v1+"/session/passkey", anyone, a.askPasskeyToSignIn, "askPasskeyToSignIn", "What the browser has a passkey sign for a sign-in that follows").takes(smallBody, passkeySignIn{}).gives(200, signin.PasskeyAsk{}),
	}
}

type passkeyBegin struct {
	// Password of who has no second factor yet.
	Password string `json:"password,omitempty"`
}

type newPasskey struct {
	Name string `json:"name"`
	signin.MadePasskey
}

type passkeyName struct {
	Name string `json:"name"`
}

type passkeySignIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// ownFactor is one's second factor, and the address at which passkeys are made and proved; empty for nowhere.
type ownFactor struct {
	store.Factor
	PasskeyOrigin string `json:"passkey_origin"`
}

// siteOf is where passkeys belong: the public address, or the host itself where only it is listened to.
func siteOf(o Options, at *net.TCPAddr) (signin.Site, error) {
	if o.PublicURL != "" {
		return signin.SiteAt(o.PublicURL)
	}
	if !at.IP.IsLoopback() {
		return signin.Site{}, nil
	}
	scheme := "http"
	if o.TLSCert != "" {
		scheme = "https"
	}
	_, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return signin.Site{}, err
	}
	return signin.SiteAt(scheme + "://localhost:" + port)
}

// site refuses where there are no passkeys, and pages of another address before their person is asked for
// one in vain. What a browser signs is checked again: programs send no origin, or any.
func (c *call) site() (signin.Site, error) {
	site := c.api.site
	if site.Origin() == "" {
		return site, fault.New(fault.Conflict, "passkeys_off", "passkeys need the public address of the server: start it with --public-url")
	}
	if origin := c.r.Header.Get("Origin"); origin != "" && origin != site.Origin() {
		return site, fault.Newf(fault.Conflict, "passkey_origin", "passkeys are made and proved at %s", site.Origin()).With("origin", site.Origin())
	}
	return site, nil
}

func (a *api) beginPasskey(c *call) error {
	in, err := readBody[passkeyBegin](c)
	if err != nil {
		return err
	}
	site, err := c.site()
	if err != nil {
		return err
	}
	wish, err := c.session().BeginPasskey(c.ctx(), site, in.Password)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, wish)
}

func (a *api) addPasskey(c *call) error {
	in, err := readBody[newPasskey](c)
	if err != nil {
		return err
	}
	site, err := c.site()
	if err != nil {
		return err
	}
	added, err := c.session().AddPasskey(c.ctx(), site, in.Name, in.MadePasskey)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, added)
}

func (a *api) askPasskey(c *call) error {
	site, err := c.site()
	if err != nil {
		return err
	}
	ask, err := c.session().AskPasskey(c.ctx(), site)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, ask)
}

func (a *api) provePasskey(c *call) error {
	in, err := readBody[signin.PasskeyProof](c)
	if err != nil {
		return err
	}
	site, err := c.site()
	if err != nil {
		return err
	}
	until, err := c.session().ProvePasskey(c.ctx(), site, in)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, factorProof{until})
}

func (a *api) namePasskey(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[passkeyName](c)
	if err != nil {
		return err
	}
	if err := c.session().NamePasskey(c.ctx(), id, in.Name); err != nil {
		return err
	}
	return c.done()
}

func (a *api) removePasskey(c *call) error {
	id, err := c.pathID("id")
	if err != nil {
		return err
	}
	in, err := readBody[factorPassword](c)
	if err != nil {
		return err
	}
	if err := c.session().RemovePasskey(c.ctx(), id, in.Password); err != nil {
		return err
	}
	return c.done()
}

func (a *api) askPasskeyToSignIn(c *call) error {
	in, err := readBody[passkeySignIn](c)
	if err != nil {
		return err
	}
	attempt, _, err := c.attempt(in.Login, in.Password)
	if err != nil {
		return err
	}
	if attempt.Site, err = c.site(); err != nil {
		return err
	}
	ask, err := a.db.AskPasskeyToSignIn(c.ctx(), attempt)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, ask)
}
