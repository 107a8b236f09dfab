package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/report"
	"guan/watch"
)

// reportMaker puts together what each reader is told of one month.
type reportMaker struct {
	*rtx
	view        *view
	now, before *report.Tally
	from, until time.Time
	names       map[policy.ID]report.Somebody
	company     string

	emergencies []concerning[report.BrokenGlass]
	grants      []concerning[report.GrantTold]
	alerts      []raisedAlert
	changes     []report.RuleChange
}

// concerning is something of a month with whom it concerns.
type concerning[T any] struct {
	what   T
	people []policy.ID
}

type raisedAlert struct {
	person   policy.ID
	detector string
	state    AlertState
}

// all makes the reports of a run.
func (m *reportMaker) all(ctx context.Context, run *reportRun) (map[policy.ID]*report.Report, error) {
	readers, err := m.readers(ctx, m.view)
	if err != nil {
		return nil, err
	}
	if err := m.read(ctx); err != nil {
		return nil, err
	}
	out := map[policy.ID]*report.Report{}
	for person, r := range readers {
		if run.asker == 0 || run.asker == person {
			out[person] = m.one(person, r)
			out[person].Month, out[person].Preliminary = run.month, run.asker != 0
		}
	}
	return out, nil
}

func (m *reportMaker) read(ctx context.Context) error {
	if err := m.row(ctx, "SELECT name FROM tenant WHERE tenant_id = $1", m.view.tenant).Scan(&m.company); err != nil {
		return err
	}
	m.names = map[policy.ID]report.Somebody{}
	err := m.each(ctx, func(rows *sql.Rows) error {
		var p report.Somebody
		var unit sql.NullInt64
		err := rows.Scan(&p.ID, &p.Name, &unit)
		if u, ok := m.view.tree.Unit(policy.ID(unit.Int64)); ok {
			p.Unit = u.Name
		}
		m.names[p.ID] = p
		return err
	}, "SELECT id, name, unit_id FROM person WHERE tenant_id = $1", m.view.tenant)
	if err != nil {
		return err
	}
	for _, read := range []func(context.Context) error{m.readEmergencies, m.readGrants, m.readAlerts, m.readChanges} {
		if err := read(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (m *reportMaker) person(id policy.ID) report.Somebody {
	if p, ok := m.names[id]; ok {
		return p
	}
	return report.Somebody{ID: id}
}

func (m *reportMaker) label(kind policy.Kind) report.Words {
	l := m.view.kindLabel(kind)
	return report.Words{ZH: l.ZH, EN: l.EN}
}

func (m *reportMaker) readEmergencies(ctx context.Context) error {
	return m.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		var kind policy.Kind
		var from int64
		var e report.BrokenGlass
		var verdict sql.NullString
		err := rows.Scan(&person, &kind, &from, &e.Reason, &verdict)
		e.By, e.At, e.Label, e.Verdict = m.person(person), time.UnixMicro(from).UTC(), m.label(kind), verdict.String
		m.emergencies = append(m.emergencies, concerning[report.BrokenGlass]{e, []policy.ID{person}})
		return err
	}, "SELECT person_id, kind, from_at, reason, verdict FROM emergency WHERE tenant_id = $1 AND from_at >= $2 AND from_at < $3 ORDER BY from_at, id", m.view.tenant, m.from.UnixMicro(), m.until.UnixMicro())
}

func (m *reportMaker) readGrants(ctx context.Context) error {
	return m.each(ctx, func(rows *sql.Rows) error {
		var giver, receiver policy.ID
		var kind policy.Kind
		var created, from, until int64
		var revoked, used *int64
		if err := rows.Scan(&giver, &receiver, &kind, &created, &from, &until, &revoked, &used); err != nil {
			return err
		}
		ended := until
		for _, sooner := range []*int64{revoked, used} {
			if sooner != nil {
				ended = min(ended, *sooner)
			}
		}
		g := report.GrantTold{From: m.person(giver), To: m.person(receiver), Label: m.label(kind), Since: time.UnixMicro(from).UTC(), Until: time.UnixMicro(ended).UTC(),
			Given: created >= m.from.UnixMicro(), Ended: ended < m.until.UnixMicro(), Revoked: revoked != nil && ended == *revoked}
		m.grants = append(m.grants, concerning[report.GrantTold]{g, []policy.ID{giver, receiver}})
		return nil
	}, `SELECT giver_id, receiver_id, kind, created_at, from_at, until_at, revoked_at, used_at FROM access_grant
		WHERE tenant_id = $1 AND created_at < $3 AND until_at >= $2 AND (revoked_at IS NULL OR revoked_at >= $2) AND (used_at IS NULL OR used_at >= $2) ORDER BY id DESC`,
		m.view.tenant, m.from.UnixMicro(), m.until.UnixMicro())
}

func (m *reportMaker) readAlerts(ctx context.Context) error {
	return m.each(ctx, func(rows *sql.Rows) error {
		var a raisedAlert
		err := rows.Scan(&a.person, &a.detector, &a.state)
		m.alerts = append(m.alerts, a)
		return err
	}, "SELECT person_id, detector, state FROM alert WHERE tenant_id = $1 AND at >= $2 AND at < $3 ORDER BY id", m.view.tenant, m.from.UnixMicro(), m.until.UnixMicro())
}

func (m *reportMaker) readChanges(ctx context.Context) error {
	return m.each(ctx, func(rows *sql.Rows) error {
		var c report.RuleChange
		var at int64
		var author sql.NullInt64
		err := rows.Scan(&c.Number, &at, &author, &c.Note, &c.Alone)
		c.At, c.Note = time.UnixMicro(at).UTC(), audit.Clean(c.Note)
		if author.Valid {
			by := m.person(policy.ID(author.Int64))
			c.By = &by
		}
		m.changes = append(m.changes, c)
		return err
	}, "SELECT number, at, author_id, note, alone FROM policy_version WHERE tenant_id = $1 AND at >= $2 AND at < $3 ORDER BY number", m.view.tenant, m.from.UnixMicro(), m.until.UnixMicro())
}

// led are the people of a head: who works in their units and below, and who left from there in this month. What
// somebody did elsewhere after that is not theirs to know, so who moved away is not among them.
func (m *reportMaker) led(head policy.ID, units []policy.ID) map[policy.ID]bool {
	within := m.view.tree.Union(units)
	out := map[policy.ID]bool{}
	for person, list := range m.view.appointments {
		if person == head {
			continue
		}
		posts := m.view.subject(person, m.view.now).Posts
		for _, p := range posts {
			if slices.Contains(within, p.Unit) {
				out[person] = true
			}
		}
		for _, a := range list {
			if len(posts) == 0 && a.Until != nil && !a.Until.Before(m.from) && slices.Contains(within, a.Unit) {
				out[person] = true
			}
		}
	}
	return out
}

// one is what a reader is told. A head is told of their people alone, and by whom rules were changed, but not in
// which words, nor that records are marked; nobody is told of alerts about themselves.
func (m *reportMaker) one(person policy.ID, who reader) *report.Report {
	r := &report.Report{Company: m.company, From: m.from.UTC(), Until: m.until.UTC(), Reader: m.person(person), Role: who.role, Units: []string{}, UnitIDs: []policy.ID{},
		Looked: []report.Looked{}, Exports: []report.Exported{}, Emergencies: []report.BrokenGlass{}, Grants: []report.GrantTold{}, Unusual: []report.Unusual{}, Changes: []report.RuleChange{}}
	known := func(policy.ID) bool { return true }
	if who.role == report.Head {
		people := m.led(person, who.units)
		known = func(id policy.ID) bool { return people[id] }
		for _, id := range who.units {
			u, _ := m.view.tree.Unit(id)
			r.Units, r.UnitIDs = append(r.Units, u.Name), append(r.UnitIDs, id)
		}
	}
	for _, e := range m.emergencies {
		if slices.ContainsFunc(e.people, known) {
			r.Emergencies = append(r.Emergencies, e.what)
		}
	}
	for _, g := range m.grants {
		if slices.ContainsFunc(g.people, known) {
			r.Grants = append(r.Grants, g.what)
		}
	}
	unusual := map[policy.ID]map[string]*report.AlertCount{}
	for _, a := range m.alerts {
		if a.person == person || !known(a.person) || a.detector == string(watch.Honey) && who.role == report.Head {
			continue
		}
		if unusual[a.person] == nil {
			unusual[a.person] = map[string]*report.AlertCount{}
		}
		of := unusual[a.person][a.detector]
		if of == nil {
			of = &report.AlertCount{Detector: a.detector}
			unusual[a.person][a.detector] = of
		}
		of.Count++
		switch a.state {
		case AlertConfirmed:
			of.Confirmed++
		case AlertDismissed:
			of.Dismissed++
		}
	}
	for id, detectors := range unusual {
		u := report.Unusual{Somebody: m.person(id)}
		for _, of := range detectors {
			u.Alerts = append(u.Alerts, *of)
		}
		slices.SortFunc(u.Alerts, func(a, b report.AlertCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Detector, b.Detector))
		})
		r.Unusual = append(r.Unusual, u)
	}
	slices.SortFunc(r.Unusual, func(a, b report.Unusual) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range m.changes {
		if who.role == report.Head {
			c.Note = ""
		}
		r.Changes = append(r.Changes, c)
	}
	r.Fill(m.now, m.before, known, m.person, m.label)
	return r
}
