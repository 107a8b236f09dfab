package store

import (
	"context"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/signin"
)

// WrittenSignInSettings are the company's settings in their version; 0 is the product's own.
type WrittenSignInSettings struct {
	Version int64 `json:"version"`
	signin.Settings
}

// SignInSettings says what the company asks of those who sign in. It takes the right people, policy or
// audit.
func (s *Session) SignInSettings(ctx context.Context) (*WrittenSignInSettings, error) {
	var out *WrittenSignInSettings
	err := s.oversee(ctx, "sign_in_settings", func(t *rtx, v *view) error {
		settings, version, err := t.signInSettings(ctx, v.tenant)
		out = &WrittenSignInSettings{version, settings}
		return err
	}, "people", "policy", "audit")
	return out, err
}

// SetSignInSettings says what sign-ins take from now on, in the version that was seen. Sessions that are
// open stay. It takes the right people and a session and, of who has one, the second factor; where first
// uses wait for a nod, who says so must have one, or they might be waiting for themselves. Faults:
// Invalid, Denied, Stale, Conflict.
func (s *Session) SetSignInSettings(ctx context.Context, version int64, settings signin.Settings) (*WrittenSignInSettings, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	out := &WrittenSignInSettings{version + 1, settings}
	err := s.db.administer(ctx, s.actor, op{name: "sign_in_settings"}, "people", func(t *tx, v *view) error {
		if err := settings.Check(); err != nil {
			return err
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		if settings.FirstUse == signin.Nod {
			has, err := t.hasFactor(ctx, v.tenant, s.actor.Person)
			if err != nil {
				return err
			}
			if !has {
				return fault.New(fault.Conflict, "nod_factor", "set up your own second factor first: who admits devices must not wait for somebody to admit theirs").WithAt("first_use")
			}
		}
		before, at, err := t.signInSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if err := t.setCompanySettings(ctx, "sign_in_settings", v.tenant, at, version, settings); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: map[string]any{"sign_in_settings": true, "before": before, "after": settings}})
	})
	if err != nil {
		return nil, s.declined(ctx, "sign_in_settings", err)
	}
	return out, nil
}

// signInSettings are the company's settings, or the product's.
func (t *rtx) signInSettings(ctx context.Context, tenant policy.ID) (signin.Settings, int64, error) {
	own := signin.Usual // what an older version did not know of stands as usual
	version, err := t.companySettings(ctx, "sign_in_settings", tenant, &own)
	return own, version, err
}
