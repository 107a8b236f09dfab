package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// OwnNote is what somebody leaves to who will get their records, written before anybody hands them on. It is
// theirs alone until a handover takes it along: then it stands beside the note of who carries that out, for
// those who see what is said on the records, and is theirs no more.
type OwnNote struct {
	Note string     `json:"note"`
	At   *time.Time `json:"at,omitempty"` // when it was written; absent: there is none
}

// OwnNote is the actor's own. It takes a session. Faults: Denied.
func (s *Session) OwnNote(ctx context.Context) (*OwnNote, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	note, err := s.db.single().ownNote(ctx, s.actor.Tenant, s.actor.Person)
	return note, s.db.fault(err)
}

func (t *rtx) ownNote(ctx context.Context, tenant, person policy.ID) (*OwnNote, error) {
	note := &OwnNote{}
	var at int64
	err := t.row(ctx, "SELECT note, at FROM handover_note WHERE tenant_id = $1 AND person_id = $2", tenant, person).Scan(&note.Note, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return note, nil
	}
	note.At = instant(&at)
	return note, err
}

// SetOwnNote writes the actor's own anew; without words there is none any more. It takes a session.
// Faults: Denied, Invalid.
func (s *Session) SetOwnNote(ctx context.Context, note string) (*OwnNote, error) {
	note = strings.TrimSpace(strings.ReplaceAll(note, "\r\n", "\n"))
	if err := checkHandover(nil, note); err != nil {
		return nil, err
	}
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.write(ctx, s.actor, op{name: "handover_note"}, func(t *tx) error {
		var err error
		if note == "" {
			err = t.dropOwnNote(ctx, s.actor.Person)
		} else {
			_, err = t.exec(ctx, `INSERT INTO handover_note (tenant_id, person_id, note, at) VALUES ($1, $2, $3, $4)
				ON CONFLICT (tenant_id, person_id) DO UPDATE SET note = excluded.note, at = excluded.at`, s.actor.Tenant, s.actor.Person, note, t.nowMicros())
		}
		if err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.HandoverNote, Kind: records.RefPerson, Record: s.actor.Person, Detail: map[string]any{"written": note != ""}})
	})
	if err != nil {
		return nil, err
	}
	return s.OwnNote(ctx)
}

func (t *tx) dropOwnNote(ctx context.Context, person policy.ID) error {
	_, err := t.exec(ctx, "DELETE FROM handover_note WHERE tenant_id = $1 AND person_id = $2", t.actor.Tenant, person)
	return err
}

// LeavesNote reports whether somebody has left a note to who gets their records, for who prepares that. Who
// prepares it does not read it. It takes what Leaves takes. Faults: Denied, NotFound.
func (s *Session) LeavesNote(ctx context.Context, person policy.ID) (bool, error) {
	var note *OwnNote
	err := s.oversee(ctx, "leaves", func(t *rtx, v *view) (err error) {
		if err = t.manages(ctx, v, person); err == nil {
			note, err = t.ownNote(ctx, v.tenant, person)
		}
		return err
	}, "people")
	if err = s.declined(ctx, "leaves", err); err != nil {
		return false, err
	}
	return note.At != nil, nil
}
