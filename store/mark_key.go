package store

import (
	"context"
	"database/sql"
	"errors"

	"guan/audit"
	"guan/mark"
	"guan/policy"
)

// The key of the marks is read and written here alone, and lies in the vault. Who has it can tell which of two ways a copy writes
// a cell in, and so take its marks out; what a copy holds it does not tell.

// markKey is the tenant's key, which is made when it is first needed.
func (t *tx) markKey(ctx context.Context, tenant policy.ID) (mark.Key, error) {
	key, err := t.rtx.markKey(ctx, tenant)
	if !errors.Is(err, sql.ErrNoRows) {
		return key, err
	}
	stand, err := t.sealSecret(ctx, markSecrets.of(tenant), mark.NewKey())
	if err != nil {
		return mark.Key{}, err
	}
	if _, err := t.exec(ctx, "INSERT INTO mark_key (tenant_id, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", tenant, stand, t.nowMicros()); err != nil {
		return mark.Key{}, err
	}
	return t.rtx.markKey(ctx, tenant)
}

// markKey is the tenant's key; sql.ErrNoRows before anything was exported.
func (t *rtx) markKey(ctx context.Context, tenant policy.ID) (mark.Key, error) {
	var text string
	if err := t.row(ctx, "SELECT secret FROM mark_key WHERE tenant_id = $1", tenant).Scan(&text); err != nil {
		return mark.Key{}, err
	}
	text, err := t.openSecret(ctx, tenant, markSecrets.of(tenant), text)
	if err != nil {
		return mark.Key{}, err
	}
	return mark.ParseKey(text)
}

// MarkSettings is how the company marks what is exported.
type MarkSettings struct {
	Version int64 `json:"version"` // 0: nobody has set them
	Marks   bool  `json:"marks"`   // choices among equivalent forms; the code stands in a workbook anyhow
	Line    bool  `json:"line"`    // CSV ends with a line that names who made it
	// Canaries are the kinds of whose exports each has an invented row in every thousand, with a telephone
	// number that begins with Range, or where that is empty with one that is given to nobody.
	Canaries []policy.Kind `json:"canaries"`
	Range    string        `json:"range"`
}

func (t *rtx) markSettings(ctx context.Context, tenant policy.ID) (*MarkSettings, error) {
	out := &MarkSettings{Marks: true, Canaries: []policy.Kind{}}
	version, err := t.companySettings(ctx, "mark_settings", tenant, out)
	out.Version = version
	if out.Canaries == nil { // they were set before there were any
		out.Canaries = []policy.Kind{}
	}
	return out, err
}

// MarkSettings tells how exports are marked. It takes the right policy or audit. Faults: Denied.
func (s *Session) MarkSettings(ctx context.Context) (*MarkSettings, error) {
	var out *MarkSettings
	err := s.oversee(ctx, "mark_settings", func(t *rtx, v *view) (err error) {
		out, err = t.markSettings(ctx, v.tenant)
		return err
	}, "policy", "audit")
	return out, err
}

// SetMarkSettings says anew how exports are marked, in the version that was seen. It takes the right
// policy. Faults: Denied, Invalid, Stale.
func (s *Session) SetMarkSettings(ctx context.Context, version int64, to MarkSettings) (*MarkSettings, error) {
	err := s.db.administer(ctx, s.actor, op{name: "mark_settings"}, "policy", func(t *tx, v *view) error {
		before, err := t.markSettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		to.Version = 0
		if err := checkCanaries(&to); err != nil {
			return err
		}
		if err := t.setCompanySettings(ctx, "mark_settings", v.tenant, before.Version, version, to); err != nil {
			return err
		}
		before.Version = 0
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Detail: map[string]any{"mark_settings": true, "before": before, "after": to}})
	})
	if err != nil {
		return nil, s.declined(ctx, "mark_settings", err)
	}
	return s.MarkSettings(ctx)
}
