package store

import (
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// Actor is who acts now, and whence. SignIn and Authenticate make it; what the Actor may do is
// not in it: that is derived from the organisation and the rules for each operation.
type Actor struct {
	Tenant policy.ID
	Person policy.ID
	Name   string

	Session policy.ID // signed in with this session …
	Token   policy.ID // … or with this API token
	Scope   *Scope    // what the token narrows the person's rights to; nil narrows nothing

	Channel   string // web, api, export, import, job, agent
	Device    string // desktop, phone, unknown
	Network   string // office, outside, unknown
	Address   string // of the client, without port
	RequestID string
	Lang      string // of what is written in their name: en, or Chinese

	job Job       // of a System actor
	as  policy.ID // the person as whom the data is looked at, see ViewAs
	// mustChange: somebody else chose the password; all that is left is to choose another.
	mustChange bool

	device    policy.ID // from which the session was opened; 0 where nobody knows
	newDevice string    // the key of a device that was used for the first time
	factorAt  time.Time // when the session last proved the second factor
	factorDue bool      // nothing is answered before the second factor is proved, see askFactor
	proved    bool      // of a job: it was proved when the work was ordered
}

// Scope narrows what an API token may be used for. An empty list does not narrow; a Scope
// never gives anything that its person may not do.
type Scope struct {
	Kinds   []policy.Kind   `json:"kinds,omitempty"`
	Actions []policy.Action `json:"actions,omitempty"`
}

// Allows reports whether the scope leaves the action on the kind.
func (s *Scope) Allows(kind policy.Kind, action policy.Action) bool {
	return s == nil ||
		(len(s.Kinds) == 0 || slices.Contains(s.Kinds, kind)) &&
			(len(s.Actions) == 0 || slices.Contains(s.Actions, action))
}

// check refuses the zero Actor, since nothing is done by nobody, and whoever looks at the data as
// somebody else: what they can do in that is listed at ViewAs.
func (a Actor) check() error {
	if err := a.present(); err != nil {
		return err
	}
	if a.as != 0 {
		return errViewAs
	}
	return nil
}

// present refuses the zero Actor.
func (a Actor) present() error {
	if a.Tenant == 0 || a.Person == 0 && a.job == "" {
		return notSignedIn
	}
	if a.mustChange {
		return errMustChange
	}
	if a.factorDue {
		return factorRequired
	}
	return nil
}

// MustChange reports whether the actor can do nothing but choose a password of their own.
func (a Actor) MustChange() bool { return a.mustChange }

// DeviceKey is what the browser must keep to be known again, after the first sign-in from it; empty when
// it keeps one already. SignIn gives it also with Denied (device_waiting).
func (a Actor) DeviceKey() string { return a.newDevice }

// sign puts who, whence and how into an entry.
func (a Actor) sign(e audit.Entry) audit.Entry {
	e.Tenant, e.Job = a.Tenant, string(a.job)
	if e.Actor == 0 {
		e.Actor = a.Person
	}
	if a.as != 0 {
		e.OnBehalf = a.as
	}
	e.Session, e.Token = a.Session, a.Token
	e.Channel, e.Device, e.Address, e.RequestID = a.Channel, a.Device, a.Address, a.RequestID
	return e
}

// errMustChange is the answer to everything that somebody asks whose password another person chose.
var errMustChange = fault.New(fault.Denied, "must_change", "choose a password of your own first")

var notSignedIn = fault.New(fault.Denied, "signin", "sign in first")

// Session is the data as one person may see and change it. Every exported method is one
// transaction; all of them may answer Denied (code signin) when the Actor is nobody.
type Session struct {
	db    *DB
	actor Actor
}

// first is the Session in which the actor may do what comes before everything else: choose a
// password of their own, and sign out.
func (s *Session) first() *Session {
	actor := s.actor
	actor.mustChange = false
	return &Session{db: s.db, actor: actor}
}

// As returns the Session of an actor.
func (db *DB) As(actor Actor) *Session {
	actor.job, actor.as = "", 0
	return &Session{db: db, actor: actor}
}

// Actor returns whose Session it is.
func (s *Session) Actor() Actor { return s.actor }

// inPerson refuses what may be done only by somebody who signed in with a password: a token
// must not be able to make another token or change the password.
func (s *Session) inPerson() error {
	if err := s.actor.check(); err != nil {
		return err
	}
	if s.actor.Session == 0 {
		return fault.New(fault.Denied, "session_required", "this can be done only when signed in with a password")
	}
	return nil
}
