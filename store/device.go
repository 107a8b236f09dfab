package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// Device is a browser that somebody signs in with. Who shares a browser has a device of their own in it.
type Device struct {
	ID         policy.ID  `json:"id"`
	Class      string     `json:"class"`  // desktop, phone, unknown
	Family     string     `json:"family"` // browser and system, as it calls itself
	Label      string     `json:"label"`  // what its person calls it
	Address    string     `json:"address"`
	FirstAt    time.Time  `json:"first_at"`
	LastSeenAt time.Time  `json:"last_seen_at"` // to the minute
	KnownSince *time.Time `json:"known_since,omitempty"`
	AskedAt    *time.Time `json:"asked_at,omitempty"` // it waits for a nod since
	BlockedAt  *time.Time `json:"blocked_at,omitempty"`
	Aged       bool       `json:"aged"`     // not used for so long that it is a new one again
	Sessions   int        `json:"sessions"` // that are open
	Current    bool       `json:"current"`

	hash string
}

const maxDeviceLabel = 40 // characters

// devices reads devices, those that wait first, then the last seen.
func (t *rtx) devices(ctx context.Context, tenant, person policy.ID) ([]Device, error) {
	list := []Device{}
	settings, _, err := t.signInSettings(ctx, tenant)
	if err != nil {
		return nil, err
	}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var d Device
		var first, seen int64
		var known, asked, blocked *int64
		if err := rows.Scan(&d.ID, &d.hash, &d.Class, &d.Family, &d.Label, &d.Address, &first, &seen, &known, &asked, &blocked, &d.Sessions); err != nil {
			return err
		}
		d.FirstAt, d.LastSeenAt = time.UnixMicro(first).UTC(), time.UnixMicro(seen).UTC()
		d.KnownSince, d.AskedAt, d.BlockedAt = instant(known), instant(asked), instant(blocked)
		if d.KnownSince != nil {
			// Who admits a device makes it known anew, however long it has waited for that.
			d.Aged = settings.Aged(time.UnixMicro(max(seen, *known)), t.now)
		}
		list = append(list, d)
		return nil
	}, `SELECT d.id, d.hash, d.class, d.family, d.label, d.address, d.first_at, d.seen_at, d.known_at, d.asked_at, d.blocked_at,
			(SELECT count(*) FROM session s WHERE s.tenant_id = d.tenant_id AND s.device_id = d.id AND s.person_id = d.person_id AND s.until_at > $3 AND s.idle_until > $3)
		FROM device d WHERE d.tenant_id = $1 AND d.person_id = $2 ORDER BY d.asked_at IS NULL, d.seen_at DESC, d.id DESC`, tenant, person, t.nowMicros())
	return list, err
}

var noDevice = fault.New(fault.NotFound, "device", "there is no such device")

// Devices lists the actor's own devices.
func (s *Session) Devices(ctx context.Context) ([]Device, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var list []Device
	err := s.db.read(ctx, func(t *rtx) (err error) {
		list, err = t.devices(ctx, s.actor.Tenant, s.actor.Person)
		return err
	})
	for i := range list {
		list[i].Current = list[i].ID == s.actor.device
	}
	return list, err
}

// NameDevice says what the actor calls a device of theirs; empty takes the name away. Faults: NotFound,
// also for somebody else's, Invalid.
func (s *Session) NameDevice(ctx context.Context, id policy.ID, label string) error {
	label = strings.TrimSpace(label)
	if utf8.RuneCountInString(label) > maxDeviceLabel || !utf8.ValidString(label) || strings.ContainsFunc(label, unicode.IsControl) {
		return fault.Newf(fault.Invalid, "device_label", "the name of a device has at most %d characters and no control characters", maxDeviceLabel).WithAt("label")
	}
	return s.ownDevice(ctx, id, audit.DeviceNamed, func(t *tx) (map[string]any, error) {
		before, err := t.nameOwn(ctx, "device", "label", id, label, noDevice)
		return map[string]any{"name": label, "before": before}, err
	})
}

// EndDevice ends the sessions of a device of the actor's and forgets it: its next sign-in is one from a
// new device. One that is blocked stays so. Faults: NotFound, also for somebody else's.
func (s *Session) EndDevice(ctx context.Context, id policy.ID) error {
	return s.ownDevice(ctx, id, audit.DeviceEnded, func(t *tx) (map[string]any, error) {
		if err := t.endDevice(ctx, s.actor.Person, id); err != nil {
			return nil, err
		}
		var name string
		err := t.row(ctx, "DELETE FROM device WHERE tenant_id = $1 AND person_id = $2 AND id = $3 AND blocked_at IS NULL RETURNING label", s.actor.Tenant, s.actor.Person, id).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			err = noDevice
		}
		return map[string]any{"name": name}, err
	})
}

// ownDevice changes a device of the actor's; what change says of it stands in the entry.
func (s *Session) ownDevice(ctx context.Context, id policy.ID, action audit.Action, change func(*tx) (map[string]any, error)) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: "device"}, func(t *tx) error {
		detail, err := change(t)
		if err != nil {
			return err
		}
		detail["device"] = id.String()
		return t.audit(ctx, audit.Entry{Action: action, Kind: records.RefPerson, Record: s.actor.Person, Detail: detail})
	})
}

// endDevice ends all sessions from a device.
func (t *tx) endDevice(ctx context.Context, person, id policy.ID) error {
	_, err := t.dropSessions(ctx, t.actor.Tenant, "person_id = $2 AND device_id = $3", person, id)
	return err
}

// seenDevice says that a device was used.
func (t *tx) seenDevice(ctx context.Context, tenant, id policy.ID, from Client) error {
	if id == 0 {
		return nil
	}
	_, err := t.exec(ctx, "UPDATE device SET seen_at = $1, address = $2 WHERE tenant_id = $3 AND id = $4", t.nowMicros(), audit.Clean(from.Address), tenant, id)
	return err
}

// PersonDevices lists somebody's devices. It takes the right people. Faults: Denied, NotFound.
func (s *Session) PersonDevices(ctx context.Context, person policy.ID) ([]Device, error) {
	var list []Device
	err := s.oversee(ctx, "devices", func(t *rtx, v *view) (err error) {
		if err := t.personWithin(ctx, v, person); err != nil {
			return err
		}
		list, err = t.devices(ctx, v.tenant, person)
		return err
	}, "people")
	return list, err
}

// SignOutDevice ends all sessions from somebody's device, and the device is known no more. It takes the
// right people. Faults: Denied, NotFound.
func (s *Session) SignOutDevice(ctx context.Context, person, id policy.ID) ([]Device, error) {
	return s.manageDevice(ctx, person, id, audit.DeviceEnded, "known_at = NULL", "")
}

// BlockDevice ends all sessions from somebody's device, with its commit, and nobody signs in as that
// person from it again. They are told. It takes the right people. Faults: Denied, NotFound.
func (s *Session) BlockDevice(ctx context.Context, person, id policy.ID) ([]Device, error) {
	return s.manageDevice(ctx, person, id, audit.DeviceBlocked, "known_at = NULL, asked_at = NULL, blocked_at = $4", NoticeDeviceBlocked)
}

// AdmitDevice makes somebody's device known: one that waits for a nod gets it, one that is blocked is so
// no more. They are told. It takes the right people and, of who has one, the second factor. Faults:
// Denied, NotFound.
func (s *Session) AdmitDevice(ctx context.Context, person, id policy.ID) ([]Device, error) {
	return s.manageDevice(ctx, person, id, audit.DeviceAdmitted, "known_at = $4, asked_at = NULL, blocked_at = NULL", NoticeDeviceAdmitted)
}

func (s *Session) manageDevice(ctx context.Context, person, id policy.ID, action audit.Action, set, notice string) ([]Device, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	err := s.db.administer(ctx, s.actor, op{name: string(action)}, "people", func(t *tx, v *view) error {
		if err := t.managed(ctx, v, person); err != nil {
			return err
		}
		if action == audit.DeviceAdmitted {
			// What takes away must not wait for a telephone; what lets in does.
			if err := t.stepUp(ctx); err != nil {
				return err
			}
		} else if err := t.endDevice(ctx, person, id); err != nil {
			return err
		}
		args := []any{v.tenant, person, id}
		if strings.Contains(set, "$4") {
			args = append(args, t.nowMicros())
		}
		n, err := t.exec(ctx, "UPDATE device SET "+set+" WHERE tenant_id = $1 AND person_id = $2 AND id = $3", args...)
		if err != nil {
			return err
		}
		if n == 0 {
			return noDevice
		}
		if notice != "" {
			if err := t.notify(ctx, person, notice, "", id, nil); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: action, Kind: records.RefPerson, Record: person, Detail: map[string]any{"device": id.String()}})
	})
	if err = s.declined(ctx, string(action), err); err != nil {
		return nil, err
	}
	return s.PersonDevices(ctx, person)
}
