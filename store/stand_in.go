package store

import (
	"context"
	"database/sql"
	"errors"

	"guan/audit"
	"guan/records"
)

// StandIn returns a Session in which the program acts as a person, with their rights and no more:
// for imports and exports from the command line. That it was done so stands in the audit log. Only
// the job setup may. Faults: NotFound.
func (s *System) StandIn(ctx context.Context, login, channel string) (*Session, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	login, err := records.NormalLogin(login)
	if err != nil {
		return nil, noPerson
	}
	actor := Actor{Tenant: s.actor.Tenant, Channel: channel, Device: "unknown", Network: "unknown"}
	err = s.db.single().row(ctx, "SELECT id, name FROM person WHERE tenant_id = $1 AND login = $2", actor.Tenant, login).Scan(&actor.Person, &actor.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noPerson
	}
	if err != nil {
		return nil, s.db.fault(err)
	}
	entry := audit.Entry{Action: audit.Setup, Kind: records.RefPerson, Record: actor.Person, OnBehalf: actor.Person, Detail: map[string]any{"acts_as": actor.Person, "channel": channel}}
	if err := s.db.auditRead(ctx, s.actor, entry); err != nil {
		return nil, err
	}
	return s.db.As(actor), nil
}
