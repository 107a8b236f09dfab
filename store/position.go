package store

import (
	"context"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
)

// Positions lists the positions of the company to whoever is signed in.
func (s *Session) Positions(ctx context.Context) ([]org.Position, error) {
	var list []org.Position
	err := s.db.lookNow(ctx, s.actor, func(v *view) error {
		list = append([]org.Position{}, v.positions...)
		return nil
	})
	return list, err
}

// PutPosition makes a position or gives it other labels. It takes the right org. Faults: Invalid,
// Denied.
func (s *Session) PutPosition(ctx context.Context, p org.Position) error {
	return s.govern(ctx, "position", "org", func(t *tx, v *view) error {
		if err := p.Check(); err != nil {
			return err
		}
		if err := t.putPosition(ctx, p); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.OrgChanged, Detail: map[string]any{"position": p}})
	})
}

// DeletePosition removes a position that nobody holds or held and no rule, pack assignment or duty
// names. It takes the right org. Faults: NotFound, Denied, Conflict.
func (s *Session) DeletePosition(ctx context.Context, code string) error {
	return s.govern(ctx, "position", "org", func(t *tx, v *view) error {
		i := slices.IndexFunc(v.positions, func(p org.Position) bool { return p.Code == code })
		if i < 0 {
			return fault.New(fault.NotFound, "position", "there is no such position")
		}
		for _, list := range v.appointments {
			if slices.ContainsFunc(list, func(a org.Appointment) bool { return a.Position == code }) {
				return fault.New(fault.Conflict, "position_has_people", "people hold the position or held it")
			}
		}
		used := len(v.rulesNaming(func(m mentions) bool { return slices.Contains(m.positions, code) }))
		for _, a := range v.authored.Assignments {
			if a.Who.Position == code {
				used++
			}
		}
		if used > 0 {
			return fault.New(fault.Conflict, "position_has_rules", "rules or pack assignments name the position").With("count", used)
		}
		if _, err := t.exec(ctx, "DELETE FROM position WHERE tenant_id = $1 AND code = $2", t.actor.Tenant, code); err != nil {
			return err
		}
		if err := t.strikeShown(ctx, v, func(c policy.Clause) bool { return c.Position == code }); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.OrgChanged, Detail: map[string]any{"deleted_position": v.positions[i]}})
	})
}

// putPosition writes a checked position.
func (t *tx) putPosition(ctx context.Context, p org.Position) error {
	_, err := t.exec(ctx, `
		INSERT INTO position (tenant_id, code, label_zh, label_en) VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant_id, code) DO UPDATE SET label_zh = excluded.label_zh, label_en = excluded.label_en`,
		t.actor.Tenant, p.Code, p.Label.ZH, p.Label.EN)
	return err
}
