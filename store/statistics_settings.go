package store

import (
	"context"

	"guan/audit"
	"guan/policy"
	"guan/records"
	"guan/statistics"
)

// WrittenStatisticsSettings are the company's settings in their version; 0 is the product's own.
type WrittenStatisticsSettings struct {
	Version int64 `json:"version"`
	statistics.Limits
}

// StatisticsSettings says of how many records a figure is at least. It takes the right policy or audit.
func (s *Session) StatisticsSettings(ctx context.Context) (*WrittenStatisticsSettings, error) {
	var out *WrittenStatisticsSettings
	err := s.oversee(ctx, "statistics_settings", func(t *rtx, v *view) error {
		settings, version, err := t.statisticsSettings(ctx, v.tenant)
		if err == nil {
			out = &WrittenStatisticsSettings{version, *settings}
		}
		return err
	}, "policy", "audit")
	return out, err
}

// SetStatisticsSettings says it from the next release on, in the version that was seen. It takes the
// right policy. Faults: Invalid, Denied, Stale.
func (s *Session) SetStatisticsSettings(ctx context.Context, version int64, settings statistics.Limits) (*WrittenStatisticsSettings, error) {
	err := s.db.administer(ctx, s.actor, op{name: "statistics_settings"}, "policy", func(t *tx, v *view) error {
		if err := settings.Check(); err != nil {
			return err
		}
		before, at, err := t.statisticsSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		if err := t.setCompanySettings(ctx, "statistics_settings", v.tenant, at, version, settings); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: map[string]any{"statistics_settings": true, "before": before, "after": settings}})
	})
	if err != nil {
		return nil, s.declined(ctx, "statistics_settings", err)
	}
	return &WrittenStatisticsSettings{version + 1, settings}, nil
}

// statisticsSettings are the company's settings, or the product's.
func (t *rtx) statisticsSettings(ctx context.Context, tenant policy.ID) (*statistics.Limits, int64, error) {
	var own statistics.Limits
	version, err := t.companySettings(ctx, "statistics_settings", tenant, &own)
	if version == 0 {
		own = statistics.Usual
	}
	return &own, version, err
}
