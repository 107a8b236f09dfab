package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// EmergencyStanding is what somebody needs to know before they open a record, and what they have open.
type EmergencyStanding struct {
	May       bool                     `json:"may"`
	Settings  grants.EmergencySettings `json:"settings"`
	Kinds     []EmergencyKind          `json:"kinds"` // what may be opened, in words
	Left      int                      `json:"left"`  // of the attempts of 24 hours
	Reviewers []Name                   `json:"reviewers"`
	Open      []Emergency              `json:"open"`      // the actor's own
	ForMe     int                      `json:"for_me"`    // to review now, up to 1,000
	Oversees  bool                     `json:"oversees"`  // the actor sees those of others
	Configure bool                     `json:"configure"` // the actor may say what an emergency opens
}

// EmergencyKind is a kind that may be opened, with what may come along and by what one can name a record.
type EmergencyKind struct {
	Kind   policy.Kind     `json:"kind"`
	Label  records.Label   `json:"label"`
	With   []EmergencyPart `json:"with"`
	Fields []AskedField    `json:"fields"`
}

// EmergencyStanding tells the actor how they stand. It takes a session.
func (s *Session) EmergencyStanding(ctx context.Context) (*EmergencyStanding, error) {
	var out *EmergencyStanding
	err := s.seesEmergencies(ctx, func(t *rtx, v *view) error {
		settings, _, err := t.emergencySettings(ctx, v.tenant)
		if err != nil {
			return err
		}
		out = &EmergencyStanding{May: v.may(records.BreakGlass), Settings: *settings, Kinds: []EmergencyKind{}, Reviewers: []Name{}, Open: []Emergency{}}
		out.Configure = v.may("policy")
		out.Oversees = out.Configure || v.may("audit") || len(v.ledBy()) > 0
		used, err := t.emergenciesOfDay(ctx, v.tenant, s.actor.Person)
		if err != nil {
			return err
		}
		out.Left = max(0, settings.PerDay-used)
		mine, err := t.emergencies(ctx, v.tenant, "person_id = $2 AND until_at > $3 AND ended_at IS NULL ORDER BY id", s.actor.Person, t.nowMicros())
		if err != nil {
			return err
		}
		waiting, err := t.emergencies(ctx, v.tenant, fmt.Sprintf("verdict IS NULL AND person_id <> $2 ORDER BY id DESC LIMIT %d", waitingMost), s.actor.Person)
		if err != nil {
			return err
		}
		probe := &emergency{Emergency: grants.Emergency{Person: s.actor.Person}, verdict: Justified}
		o, err := t.emergencyDeciders(ctx, v, slices.Concat(mine, waiting, []*emergency{probe})...)
		if err != nil {
			return err
		}
		for _, e := range waiting {
			if !e.Open(v.now) && slices.Contains(o.reviewers(e), s.actor.Person) {
				out.ForMe++
			}
		}
		if out.Open, err = t.showEmergencies(ctx, v, o, mine); err != nil || !out.May {
			return err
		}
		for _, kind := range settings.Kinds {
			out.Kinds = append(out.Kinds, v.emergencyKind(kind, settings))
		}
		reviewers := o.reviewers(probe)
		names, err := t.names(ctx, v.tenant, slices.Clone(reviewers))
		for _, id := range reviewers {
			out.Reviewers = append(out.Reviewers, Name{ID: id, Name: names[id]})
		}
		return err
	})
	return out, err
}

func (v *view) emergencyKind(name policy.Kind, settings *grants.EmergencySettings) EmergencyKind {
	kind := v.catalog.Kind(name)
	one := EmergencyKind{Kind: name, Label: kind.Label, With: []EmergencyPart{}, Fields: []AskedField{}}
	for _, r := range kind.Relations {
		if r.Many && r.Kind != name && slices.Contains(settings.Kinds, r.Kind) {
			one.With = append(one.With, EmergencyPart{r.Name, r.Kind, r.Field, r.Label})
		}
	}
	for _, f := range kind.Fields {
		if likeness(kind, f) != nil && !f.Custom && slices.Contains(settings.Classes, f.Class) {
			one.Fields = append(one.Fields, AskedField{f.Name, f.Label})
		}
	}
	return one
}

// EmergencyCounts is how often somebody opened records, and how that was found.
type EmergencyCounts struct {
	Person      Name `json:"person"`
	Month       int  `json:"month"`   // in the last 30 days
	Quarter     int  `json:"quarter"` // in the last 90 days, as all that follow
	Open        int  `json:"open"`
	Waiting     int  `json:"waiting"` // for their review, the late ones among them
	Late        int  `json:"late"`
	Unjustified int  `json:"unjustified"`
	Missed      int  `json:"missed"` // attempts that found nothing
}

// EmergencyPeople counts emergencies by person: the actor's people for a head, everybody for who has the
// right policy or audit. It takes a session. Faults: Denied.
func (s *Session) EmergencyPeople(ctx context.Context) ([]EmergencyCounts, error) {
	var out []EmergencyCounts
	err := s.seesEmergencies(ctx, func(t *rtx, v *view) error {
		out = []EmergencyCounts{}
		led, everybody := v.ledBy(), v.may("policy") || v.may("audit")
		if !everybody && len(led) == 0 {
			return noRight.With("action", "audit")
		}
		at := map[policy.ID]*EmergencyCounts{}
		of := func(id policy.ID) *EmergencyCounts {
			if at[id] == nil {
				at[id] = &EmergencyCounts{Person: Name{ID: id}}
			}
			return at[id]
		}
		month, quarter := t.now.AddDate(0, 0, -30).UnixMicro(), t.now.AddDate(0, 0, -90).UnixMicro()
		err := t.each(ctx, func(rows *sql.Rows) error {
			var id policy.ID
			var c EmergencyCounts
			if err := rows.Scan(&id, &c.Month, &c.Quarter, &c.Open, &c.Waiting, &c.Late, &c.Unjustified); err != nil {
				return err
			}
			c.Person.ID = id
			*of(id) = c
			return nil
		}, `SELECT person_id, sum(CASE WHEN from_at > $3 THEN 1 ELSE 0 END), count(*), sum(CASE WHEN coalesce(ended_at, until_at) > $4 THEN 1 ELSE 0 END),
				sum(CASE WHEN (verdict IS NULL OR verdict = 'follow_up') AND coalesce(ended_at, until_at) <= $4 THEN 1 ELSE 0 END),
				sum(CASE WHEN verdict IS NULL AND coalesce(ended_at, until_at) <= $4 AND due_at <= $4 THEN 1 ELSE 0 END), sum(CASE WHEN verdict = 'unjustified' THEN 1 ELSE 0 END)
			FROM emergency WHERE tenant_id = $1 AND from_at > $2 GROUP BY person_id`, v.tenant, quarter, month, t.nowMicros())
		if err == nil {
			err = t.each(ctx, func(rows *sql.Rows) error {
				var id policy.ID
				var n int
				err := rows.Scan(&id, &n)
				of(id).Missed = n
				return err
			}, "SELECT person_id, count(*) FROM emergency_miss WHERE tenant_id = $1 AND at > $2 GROUP BY person_id", v.tenant, quarter)
		}
		if err != nil {
			return err
		}
		names, err := t.names(ctx, v.tenant, idsKeyed(at))
		for _, id := range idsKeyed(at) {
			if everybody || slices.Contains(led, id) {
				at[id].Person.Name = names[id]
				out = append(out, *at[id])
			}
		}
		slices.SortStableFunc(out, func(a, b EmergencyCounts) int { return b.Quarter + b.Missed - a.Quarter - a.Missed })
		return err
	})
	if fault.Is(err, fault.Denied) {
		return nil, s.refused(ctx, records.System, 0, "emergency_people", err)
	}
	return out, err
}

func idsKeyed[V any](m map[policy.ID]V) []policy.ID {
	ids := make([]policy.ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
