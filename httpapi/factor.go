package httpapi

import (
	"net/http"
	"time"

	"guan/signin"
	"guan/store"
)

// factorRoutes are of the second factor, and of what a sign-in takes.
func (a *api) factorRoutes() []route {
	const own, settings = v1 + "/factor", v1 + "/sign-in/settings"
	return []route{
		get(own, person, a.factor, "factor", "How my second factor stands").gives(200, ownFactor{}),
		post(own, person, a.beginFactor, "beginFactor", "Begin a second factor: its secret is shown this once").takes(smallBody, factorPassword{}).gives(201, store.NewFactor{}),
		post(own+"/confirm", person, a.confirmFactor, "confirmFactor", "Put my second factor in force by a first code; the codes of recovery are shown this once").takes(smallBody, factorCode{}).gives(200, recoveryCodes{}),
		post(own+"/codes", person, a.recoveryCodes, "recoveryCodes", "New codes of recovery in the place of mine").gives(200, recoveryCodes{}),
		post(own+"/proof", person, a.proveFactor, "proveFactor", "Prove my second factor in this session").takes(smallBody, factorCode{}).gives(200, factorProof{}),
		post(own+"/remove", person, a.removeFactor, "removeFactor", "Remove my second factor").takes(smallBody, factorRemoval{}),
		post(v1+"/org/people/{id}/factor/reset", person, a.resetFactor, "resetFactor", "Take somebody else's second factor away").gives(200, store.Account{}),
		post(v1+"/org/people/{id}/thaw", person, a.thawAccount, "thawAccount", "Open a frozen account again").gives(200, store.Account{}),
		get(settings, either, a.signInSettings, "signInSettings", "What the company asks of those who sign in").gives(200, store.WrittenSignInSettings{}),
		put(settings, person, a.setSignInSettings, "setSignInSettings", "Say what the company asks of those who sign in").onMatch().takes(smallBody, signin.Settings{}).gives(200, store.WrittenSignInSettings{}),
	}
}

type factorPassword struct {
	Password string `json:"password"`
}

type factorCode struct {
	Code string `json:"code"`
}

type factorRemoval struct {
	Password string `json:"password"`
	Code     string `json:"code"`
}

// factorProof says until when the proof opens what asks for it.
type factorProof struct {
	Until time.Time `json:"until"`
}

// recoveryCodes are shown once.
type recoveryCodes struct {
	Codes []string `json:"codes"`
}

func (a *api) factor(c *call) error {
	found, err := c.session().Factor(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, ownFactor{*found, a.site.Origin()})
}

func (a *api) beginFactor(c *call) error {
	in, err := readBody[factorPassword](c)
	if err != nil {
		return err
	}
	made, err := c.session().BeginFactor(c.ctx(), in.Password)
	if err != nil {
		return err
	}
	return c.answer(http.StatusCreated, made)
}

func (a *api) confirmFactor(c *call) error {
	in, err := readBody[factorCode](c)
	if err != nil {
		return err
	}
	codes, err := c.session().ConfirmFactor(c.ctx(), in.Code)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, recoveryCodes{codes})
}

func (a *api) recoveryCodes(c *call) error {
	codes, err := c.session().RecoveryCodes(c.ctx())
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, recoveryCodes{codes})
}

func (a *api) proveFactor(c *call) error {
	in, err := readBody[factorCode](c)
	if err != nil {
		return err
	}
	until, err := c.session().Prove(c.ctx(), in.Code)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, factorProof{until})
}

func (a *api) removeFactor(c *call) error {
	in, err := readBody[factorRemoval](c)
	if err != nil {
		return err
	}
	if err := c.session().RemoveFactor(c.ctx(), in.Password, in.Code); err != nil {
		return err
	}
	return c.done()
}

func (a *api) resetFactor(c *call) error { return c.toAccount((*store.Session).ResetFactor) }

func (a *api) thawAccount(c *call) error { return c.toAccount((*store.Session).ThawAccount) }

func (a *api) signInSettings(c *call) error {
	found, err := c.session().SignInSettings(c.ctx())
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, found.Version, found)
}

func (a *api) setSignInSettings(c *call) error {
	version, err := c.ifMatch()
	if err != nil {
		return err
	}
	in, err := readBody[signin.Settings](c)
	if err != nil {
		return err
	}
	set, err := c.session().SetSignInSettings(c.ctx(), version, in)
	if err != nil {
		return err
	}
	return c.answerVersion(http.StatusOK, set.Version, set)
}
