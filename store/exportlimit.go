package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// ExportLimits are how many rows people may export in a day, in the company's time. A person's own limit
// counts before all others; else the least of what the packs that they hold say, and of what holds for
// everyone. Nothing that speaks of somebody is no limit.
type ExportLimits struct {
	Version  int64         `json:"version"` // 0: none were ever set
	Everyone *int64        `json:"everyone,omitempty"`
	Packs    []PackLimit   `json:"packs"`
	People   []PersonLimit `json:"people"`
}

// PackLimit is for those who hold a pack.
type PackLimit struct {
	Pack string `json:"pack"`
	Rows int64  `json:"rows"`
}

// PersonLimit is for one person.
type PersonLimit struct {
	Person policy.ID `json:"person"`
	Name   string    `json:"name,omitempty"` // as the company calls them; not read
	Rows   int64     `json:"rows"`
}

// ExportDay is how much of the day's limit somebody has used.
type ExportDay struct {
	Limit *int64 `json:"limit,omitempty"` // none: there is none
	Taken int64  `json:"taken"`
}

const (
	exportLimitMost  = 10_000_000
	exportLimitLines = 500
)

var exportDay = said(fault.Locked, "export_day", "今天的导出行数已到上限", "this is more than you may export in a day")

// ExportLimits tells the limits. It takes the right policy or audit.
func (s *Session) ExportLimits(ctx context.Context) (*ExportLimits, error) {
	var out *ExportLimits
	err := s.oversee(ctx, "export_limits", func(t *rtx, v *view) (err error) {
		if out, err = t.exportLimits(ctx, v.tenant); err != nil {
			return err
		}
		names := map[policy.ID]string{}
		var people []policy.ID
		for _, p := range out.People {
			people = append(people, p.Person)
		}
		if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
			return err
		}
		for i := range out.People {
			out.People[i].Name = names[out.People[i].Person]
		}
		return nil
	}, "policy", "audit")
	return out, err
}

// SetExportLimits says anew how much people may export in a day, in the version that was seen. What was
// exported today counts. It takes the right policy. Faults: Invalid, Stale, Denied.
func (s *Session) SetExportLimits(ctx context.Context, version int64, limits ExportLimits) (*ExportLimits, error) {
	err := s.db.administer(ctx, s.actor, op{name: "export_limits"}, "policy", func(t *tx, v *view) error {
		before, err := t.exportLimits(ctx, v.tenant)
		if err != nil {
			return err
		}
		if err := t.checkExportLimits(ctx, v, &limits); err != nil {
			return err
		}
		limits.Version = 0
		if err := t.setCompanySettings(ctx, "export_limit", v.tenant, before.Version, version, limits); err != nil {
			return err
		}
		before.Version = 0
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Detail: map[string]any{"export_limits": true, "before": before, "after": limits}})
	})
	if err != nil {
		return nil, s.declined(ctx, "export_limits", err)
	}
	return s.ExportLimits(ctx)
}

func (t *rtx) checkExportLimits(ctx context.Context, v *view, l *ExportLimits) error {
	var errs []error
	wrong := func(at, code, detail string) {
		errs = append(errs, fault.New(fault.Invalid, code, detail).WithAt(at))
	}
	fits := func(at string, rows int64) {
		if rows < 0 || rows > exportLimitMost {
			wrong(at, "export_rows", "a limit is a number of rows from 0 to 10,000,000")
		}
	}
	if len(l.Packs)+len(l.People) > exportLimitLines {
		wrong("packs", "too_many", fmt.Sprintf("there are at most %d limits", exportLimitLines))
	}
	if l.Everyone != nil {
		fits("everyone", *l.Everyone)
	}
	l.Packs, l.People = append([]PackLimit{}, l.Packs...), append([]PersonLimit{}, l.People...)
	for i, p := range l.Packs {
		at := fmt.Sprintf("packs[%d]", i)
		fits(at+".rows", p.Rows)
		if _, there := access.Find(v.authored.Packs, p.Pack); !there || slices.ContainsFunc(l.Packs[:i], func(o PackLimit) bool { return o.Pack == p.Pack }) {
			wrong(at+".pack", "pack", "there is no such pack, or it stands here already")
		}
	}
	for i := range l.People {
		p, at := &l.People[i], fmt.Sprintf("people[%d]", i)
		p.Name = ""
		fits(at+".rows", p.Rows)
		if slices.ContainsFunc(l.People[:i], func(o PersonLimit) bool { return o.Person == p.Person }) {
			wrong(at+".person", "id_double", "the person stands here already")
		}
		if err := t.checkPeople(ctx, v, at+".person", p.Person); err != nil {
			errs = append(errs, err)
		}
	}
	return fault.Collect(fault.Invalid, "export_limits", "the limits are not well formed", errs...)
}

func (t *rtx) exportLimits(ctx context.Context, tenant policy.ID) (*ExportLimits, error) {
	out := &ExportLimits{Packs: []PackLimit{}, People: []PersonLimit{}}
	version, err := t.companySettings(ctx, "export_limit", tenant, out)
	out.Version = version
	return out, err
}

// exportLimit is the limit of who exports; nil for none.
func (t *rtx) exportLimit(ctx context.Context, v *view) (*int64, error) {
	all, err := t.exportLimits(ctx, v.tenant)
	if err != nil {
		return nil, err
	}
	me := v.bound.Subject()
	for _, p := range all.People {
		if p.Person == me.Person {
			return &p.Rows, nil
		}
	}
	limit := all.Everyone
	for _, p := range all.Packs {
		if (limit == nil || p.Rows < *limit) && v.holdsPack(p.Pack, me) {
			limit = &p.Rows
		}
	}
	return limit, nil
}

// holdsPack reports whether a pack is assigned to somebody now.
func (v *view) holdsPack(pack string, who *policy.Subject) bool {
	return slices.ContainsFunc(v.authored.Assignments, func(a access.Assignment) bool {
		of := policy.Who{Any: []policy.Clause{a.Who}}
		return a.Pack == pack && (a.From == nil || !v.now.Before(*a.From)) && (a.Until == nil || v.now.Before(*a.Until)) && of.SpeaksOf(who)
	})
}

// exportedToday is how much of the limit is used.
func (t *rtx) exportedToday(ctx context.Context, v *view) (*ExportDay, error) {
	limit, err := t.exportLimit(ctx, v)
	if err != nil {
		return nil, err
	}
	out := &ExportDay{Limit: limit}
	day, _ := today(t.now)
	return out, t.row(ctx, "SELECT coalesce(sum(rows), 0) FROM export_taken WHERE tenant_id = $1 AND person_id = $2 AND day = $3", v.tenant, v.bound.Subject().Person, day).Scan(&out.Taken)
}

// spent refuses who has nothing left of the day.
func (d *ExportDay) spent(now time.Time) error {
	if d.Limit != nil && d.Taken >= *d.Limit {
		return d.over(now)
	}
	return nil
}

// over says what the limit is, what of it is used, and from when it counts anew.
func (d *ExportDay) over(now time.Time) error {
	_, since := today(now)
	return exportDay.With("max", *d.Limit).With("taken", d.Taken).With("until", since.AddDate(0, 0, 1).UTC())
}

// take counts the rows of a part before they are written, and keeps which they are. Exports of one person
// wait for each other here, so that together they never exceed the day.
func (x *exporting) take(ctx context.Context, p *part) error {
	rows, limit := len(p.rows), p.limit
	err := x.db.maintain(ctx, func(t *tx) error {
		if err := x.keep(ctx, t, p); err != nil || x.actor.Person == 0 || rows == 0 {
			return err
		}
		var taken, before int64 // with what this job took already, and without: that is given back
		if t.db.dialect == Postgres {
			if _, err := t.exec(ctx, "SELECT 1 FROM person WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE", x.actor.Tenant, x.actor.Person); err != nil {
				return err
			}
		}
		day, _ := today(t.now)
		if err := t.row(ctx, `SELECT coalesce(sum(rows), 0), coalesce(sum(CASE WHEN job_id = $4 THEN 0 ELSE rows END), 0)
			FROM export_taken WHERE tenant_id = $1 AND person_id = $2 AND day = $3`, x.actor.Tenant, x.actor.Person, day, x.job()).Scan(&taken, &before); err != nil {
			return err
		}
		if limit != nil && taken+int64(rows) > *limit {
			return (&ExportDay{Limit: limit, Taken: before}).over(t.now)
		}
		_, err := t.exec(ctx, `INSERT INTO export_taken (tenant_id, person_id, day, job_id, rows) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (tenant_id, person_id, day, job_id) DO UPDATE SET rows = export_taken.rows + excluded.rows`, x.actor.Tenant, x.actor.Person, day, x.job(), rows)
		return err
	})
	x.copy.parts++
	return err
}

// giveBack counts nothing of a job of which there is no file: it failed, or begins anew.
func (x *exporting) giveBack(ctx context.Context) error {
	if x.job() == 0 {
		return nil
	}
	return x.db.maintain(ctx, func(t *tx) error {
		_, err := t.exec(ctx, "DELETE FROM export_taken WHERE tenant_id = $1 AND person_id = $2 AND job_id = $3", x.actor.Tenant, x.actor.Person, x.job())
		return err
	})
}

func (x *exporting) job() policy.ID {
	if x.Claim == nil {
		return 0
	}
	return x.Claim.ID
}
