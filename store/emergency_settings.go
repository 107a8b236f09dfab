package store

import (
	"context"

	"guan/audit"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// WrittenEmergencySettings are the company's settings in their version; 0 is the product's own.
type WrittenEmergencySettings struct {
	Version int64 `json:"version"`
	grants.EmergencySettings
}

// EmergencySettings says what an emergency opens in the company. It takes the right policy or audit.
func (s *Session) EmergencySettings(ctx context.Context) (*WrittenEmergencySettings, error) {
	var out *WrittenEmergencySettings
	err := s.oversee(ctx, "emergency_settings", func(t *rtx, v *view) error {
		settings, version, err := t.emergencySettings(ctx, v.tenant)
		if err == nil {
			out = &WrittenEmergencySettings{version, *settings}
		}
		return err
	}, "policy", "audit")
	return out, err
}

// SetEmergencySettings says what emergencies open from now on, in the version that was seen. Those that
// are open stay as they were opened. It takes the right policy. Faults: Invalid, Denied, Stale.
func (s *Session) SetEmergencySettings(ctx context.Context, version int64, settings grants.EmergencySettings) (*WrittenEmergencySettings, error) {
	out := &WrittenEmergencySettings{version + 1, settings}
	err := s.db.administer(ctx, s.actor, op{name: "emergency_settings"}, "policy", func(t *tx, v *view) error {
		if err := settings.Check(); err != nil {
			return err
		}
		before, at, err := t.emergencySettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if err := t.setCompanySettings(ctx, "emergency_settings", v.tenant, at, version, settings); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: map[string]any{"emergency_settings": true, "before": before, "after": settings}})
	})
	if err != nil {
		return nil, s.declined(ctx, "emergency_settings", err)
	}
	return out, nil
}

// emergencySettings are the company's settings, or the product's.
func (t *rtx) emergencySettings(ctx context.Context, tenant policy.ID) (*grants.EmergencySettings, int64, error) {
	var own grants.EmergencySettings
	version, err := t.companySettings(ctx, "emergency_settings", tenant, &own)
	if version == 0 {
		own = grants.UsualEmergency
	}
	return &own, version, err
}
