package store

import (
	"context"
	"database/sql"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Collaborator is somebody on the team of a record, in [From, Until). What they see and do there is
// what the rules say of collaborators.
type Collaborator struct {
	Person Name       `json:"person"`
	From   *time.Time `json:"from,omitempty"`
	Until  *time.Time `json:"until,omitempty"`
}

// NewCollaborator asks somebody onto a team.
type NewCollaborator struct {
	Person policy.ID  `json:"person"`
	From   *time.Time `json:"from,omitempty"`
	Until  *time.Time `json:"until,omitempty"`
}

var (
	noCollaborator = fault.New(fault.NotFound, "collaborator", "the person is not on the team of the record")
	notInvited     = fault.New(fault.Denied, "team_lent", "only who works on the record by rules of their own, not as a collaborator or by a grant, brings others onto it")
)

// Team lists the collaborators of a record to whoever may read it. Faults: NotFound.
func (s *Session) Team(ctx context.Context, kind policy.Kind, id policy.ID) ([]Collaborator, error) {
	var why []string
	var list []Collaborator
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		described, row, err := t.teamOf(ctx, v, kind, id)
		if err != nil {
			return err
		}
		list, why = []Collaborator{}, v.whyAllowed(policy.Read, kind, row)
		return t.each(ctx, func(rows *sql.Rows) error {
			var c Collaborator
			var from, until *int64
			err := rows.Scan(&c.Person.ID, &c.Person.Name, &from, &until)
			c.From, c.Until = instant(from), instant(until)
			list = append(list, c)
			return err
		}, `SELECT p.id, p.name, m.from_at, m.until_at FROM team m JOIN person p ON p.tenant_id = m.tenant_id AND p.id = m.person_id
			WHERE m.tenant_id = $1 AND m.kind = $2 AND m.record_id = $3 ORDER BY p.id`, v.tenant, string(described.Name), id)
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, policy.Read, err)
	}
	return list, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Action(policy.Read), Kind: kind, Record: id, Rules: why, Detail: map[string]any{"team": true}})
}

// teamOf finds a readable record of a kind that has collaborators.
func (t *rtx) teamOf(ctx context.Context, v *view, kind policy.Kind, id policy.ID) (*records.Kind, *fetched, error) {
	described := v.catalog.Kind(kind)
	if described == nil || !described.Team {
		return nil, nil, noRecord
	}
	row, err := t.one(ctx, v.shape(described, []string{}), id)
	return described, row, err
}

// AddCollaborator brings somebody onto the team of a record, or gives them another window. Who may
// edit the record and its title may, unless only as a collaborator or by a grant; nobody brings
// themselves.
// Faults: NotFound, Denied, Invalid.
func (s *Session) AddCollaborator(ctx context.Context, kind policy.Kind, id policy.ID, n NewCollaborator) error {
	err := s.db.write(ctx, s.actor, op{name: "team"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described, err := t.leads(ctx, v, kind, id)
		if err != nil {
			return err
		}
		if n.Person == s.actor.Person {
			return notSelf.WithAt("person")
		}
		if err := t.checkPeople(ctx, v, "person", n.Person); err != nil {
			return err
		}
		n.From, n.Until = whole(n.From), whole(n.Until)
		from := t.now
		if n.From != nil {
			from = *n.From
		}
		if n.Until != nil && (!n.Until.After(from) || !n.Until.After(t.now)) {
			return fault.New(fault.Invalid, "team_window", "the time on the team ends after it begins, and not in the past").WithAt("until")
		}
		_, err = t.exec(ctx, `
			INSERT INTO team (tenant_id, kind, record_id, person_id, from_at, until_at, sort_at)
			SELECT r.tenant_id, $2, r.id, $4, $5, $6, r.updated_at FROM `+described.Table+` r WHERE r.tenant_id = $1 AND r.id = $3
			ON CONFLICT (tenant_id, kind, record_id, person_id) DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at`,
			t.actor.Tenant, string(kind), id, n.Person, micros(n.From), micros(n.Until))
		if err != nil {
			return err
		}
		if err := t.notify(ctx, n.Person, NoticeTeam, kind, id, nil); err != nil {
			return err
		}
		return t.auditTeam(ctx, kind, id, "joined", n.Person)
	})
	return s.refused(ctx, kind, id, policy.Edit, err)
}

// RemoveCollaborator takes somebody off the team with its commit: who could bring them onto it may,
// and they themselves, also before their time on it begins and of a record that is kept from them.
// Faults: NotFound, Denied.
func (s *Session) RemoveCollaborator(ctx context.Context, kind policy.Kind, id, person policy.ID) error {
	err := s.db.write(ctx, s.actor, op{name: "team"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		own := person == s.actor.Person
		if own {
			if _, row, err := t.teamOf(ctx, v, kind, id); err == nil {
				t.by = v.whyAllowed(policy.Read, kind, row)
			} else if !isRefusal(err) {
				return err
			}
		} else if _, err := t.leads(ctx, v, kind, id); err != nil {
			return err
		}
		n, err := t.exec(ctx, "DELETE FROM team WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND person_id = $4", t.actor.Tenant, string(kind), id, person)
		if err != nil {
			return err
		}
		if n == 0 || !s.actor.Scope.Allows(kind, policy.Read) {
			// Who is not on it, or may not know by this token, learns of the record as of any other.
			if _, _, err := t.teamOf(ctx, v, kind, id); err != nil {
				return err
			}
			return noCollaborator
		}
		if own && !s.actor.Scope.Allows(kind, policy.Edit) {
			return notAllowed
		}
		return t.auditTeam(ctx, kind, id, "left", person)
	})
	return s.refused(ctx, kind, id, policy.Edit, err)
}

// leads finds a record that the actor may edit, its title too, by rules of their own: by these they do what they do
// with it.
func (t *tx) leads(ctx context.Context, v *view, kind policy.Kind, id policy.ID) (*records.Kind, error) {
	described := v.catalog.Kind(kind)
	if described == nil || !described.Team {
		return nil, noRecord
	}
	if err := t.lockRecord(ctx, described, id, false); err != nil {
		return nil, err
	}
	own := v.withoutGrants(access.InForce).Bind(v.bound.Subject(), v.bound.Context())
	edit := own.Reduce(policy.Edit, kind)
	s := v.shape(described, []string{})
	s.also = append(s.also, edit)
	row, err := t.one(ctx, s, id)
	switch {
	case err != nil:
		return nil, err
	case !v.bound.Reduce(policy.Edit, kind).Outcome(row.answer).Allowed:
		return nil, notAllowed
	case !edit.Outcome(notLent(row.answer)).Editable(v.catalog.Schema().Kind(kind).Field(described.Title)):
		// Who writes only a tag or an account on every record is not who works on this one: a
		// collaborator would see more of it than they do.
		return nil, notInvited
	}
	t.by = v.whyAllowed(policy.Edit, kind, row)
	return described, nil
}

func (t *tx) auditTeam(ctx context.Context, kind policy.Kind, id policy.ID, what string, person policy.ID) error {
	return t.audit(ctx, audit.Entry{Action: audit.Action(policy.Edit), Kind: kind, Record: id, Detail: map[string]any{"team": what, "person": person}})
}
