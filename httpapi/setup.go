package httpapi

import (
	"net/http"
	"time"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/store"
)

// setupNeed says whether the installation is empty and waits for its first administrator.
type setupNeed struct {
	Needed bool `json:"needed"`
}

// setupCode is the code that the program printed when it started.
type setupCode struct {
	Code string `json:"code"`
}

// setupCompany is the body that sets a company up.
type setupCompany struct {
	Code    string      `json:"code"`
	Company setupName   `json:"company"`
	Admin   setupAdmin  `json:"admin"`
	Trade   string      `json:"trade"`
	Units   []setupUnit `json:"units,omitempty"`
	// Positions with the packs that hang on them; none: those of the trade.
	Positions []access.TradePosition `json:"positions,omitempty"`
	Sample    bool                   `json:"sample,omitempty"`
	Lang      string                 `json:"lang,omitempty"` // zh or en: in which names are written
}

type setupName struct {
	Name string `json:"name"`
}

type setupAdmin struct {
	Name     string `json:"name"`
	Login    string `json:"login"`
	Password string `json:"password"`
	SeesAll  bool   `json:"sees_all,omitempty"`
}

// setupUnit is a unit below the company; parent is the path of the one above it, empty for the
// company itself.
type setupUnit struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Parent string `json:"parent,omitempty"`
}

// setupOffer is what a company may begin with: the trades, and of the packs that hang on their
// positions what each gives.
type setupOffer struct {
	Items []access.Trade `json:"items"`
	Packs []setupPack    `json:"packs"`
}

type setupPack struct {
	ID          string    `json:"id"`
	Label       org.Label `json:"label"`
	Description org.Label `json:"description"`
}

// setupRoutes are of an installation that nobody is in yet. Once somebody is they answer that there
// is nothing.
func (a *api) setupRoutes() []route {
	return []route{
		get(v1+"/setup", anyone, a.setupNeeded, "setupNeeded", "Whether nobody has set this installation up yet").gives(200, setupNeed{}),
		post(v1+"/setup/trades", anyone, a.setupTrades, "setupTrades", "What companies of each trade begin with, for who has the code").takes(smallBody, setupCode{}).gives(200, setupOffer{}),
		post(v1+"/setup", anyone, a.setUp, "setUp", "Set the company up and sign its administrator in").takes(recordBody, setupCompany{}).gives(201, signedIn{}),
	}
}

func (a *api) setupNeeded(c *call) error {
	needed, err := a.db.NeedsSetup(c.ctx(), store.DefaultTenant)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, setupNeed{needed})
}

// mayTry counts attempts to guess the code, as attempts to sign in are.
func (c *call) mayTry() error { return c.api.signIns.take("setup "+c.client.limitKey, c.started) }

func (a *api) setupTrades(c *call) error {
	in, err := readBody[setupCode](c)
	if err != nil {
		return err
	}
	if err := c.mayTry(); err != nil {
		return err
	}
	if err := a.db.KnowsSetupCode(c.ctx(), store.DefaultTenant, in.Code); err != nil {
		return err
	}
	offer := setupOffer{Items: access.Trades}
	for _, p := range access.Presets {
		offer.Packs = append(offer.Packs, setupPack{p.ID, p.Label, p.Description})
	}
	return c.answer(http.StatusOK, offer)
}

func (a *api) setUp(c *call) error {
	in, err := readBody[setupCompany](c)
	if err != nil {
		return err
	}
	if err := c.mayTry(); err != nil {
		return err
	}
	f := store.FirstRun{Code: in.Code, Name: in.Company.Name, Trade: in.Trade, Positions: in.Positions, Sample: in.Sample, Lang: in.Lang,
		Admin: store.FirstAdmin{Name: in.Admin.Name, Login: in.Admin.Login, Password: in.Admin.Password, SeesAll: in.Admin.SeesAll}}
	if in.Lang != "" && in.Lang != "zh" && in.Lang != "en" {
		return fault.New(fault.Invalid, "lang", "a language is zh or en").WithAt("lang")
	}
	for _, u := range in.Units {
		path := u.Name
		if u.Parent != "" {
			path = u.Parent + "/" + u.Name
		}
		f.Units = append(f.Units, store.FirstUnit{Path: path, Type: u.Type})
	}
	secret, actor, err := a.db.SetUp(c.ctx(), store.DefaultTenant, f, c.from("web"))
	if err != nil {
		return err
	}
	c.actor = actor
	c.setCookie(secret, time.Now().Add(cookieFor))
	return c.answer(http.StatusCreated, signedIn{Person: &store.Name{ID: actor.Person, Name: actor.Name}})
}
