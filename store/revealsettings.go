package store

import (
	"context"

	"guan/access"
	"guan/audit"
	"guan/policy"
	"guan/records"
)

// WrittenRevealSettings are the company's settings in their version; 0 is the product's own.
type WrittenRevealSettings struct {
	Version int64 `json:"version"`
	access.RevealSettings
}

// RevealSettings says what revealing a field takes. It takes the right policy, people or audit.
func (s *Session) RevealSettings(ctx context.Context) (*WrittenRevealSettings, error) {
	var out *WrittenRevealSettings
	err := s.oversee(ctx, "reveal_settings", func(t *rtx, v *view) error {
		settings, version, err := t.revealSettings(ctx, v.tenant)
		out = &WrittenRevealSettings{version, settings}
		return err
	}, "policy", "people", "audit")
	return out, err
}

// SetRevealSettings says what revealing takes from now on, in the version that was seen. It takes the
// right policy and a session and, of who has one, the second factor. Faults: Invalid, Denied, Stale.
func (s *Session) SetRevealSettings(ctx context.Context, version int64, settings access.RevealSettings) (*WrittenRevealSettings, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	settings.Factor = append([]policy.Class{}, settings.Factor...)
	out := &WrittenRevealSettings{version + 1, settings}
	err := s.db.administer(ctx, s.actor, op{name: "reveal_settings"}, "policy", func(t *tx, v *view) error {
		if err := settings.Check(); err != nil {
			return err
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		before, at, err := t.revealSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if err := t.setCompanySettings(ctx, "reveal_settings", v.tenant, at, version, settings); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: map[string]any{"reveal_settings": true, "before": before, "after": settings}})
	})
	if err != nil {
		return nil, s.declined(ctx, "reveal_settings", err)
	}
	return out, nil
}

// revealSettings are the company's settings, or the product's.
func (t *rtx) revealSettings(ctx context.Context, tenant policy.ID) (access.RevealSettings, int64, error) {
	var own access.RevealSettings
	version, err := t.companySettings(ctx, "reveal_settings", tenant, &own)
	if version == 0 {
		own = access.UsualReveal
	}
	return own, version, err
}
