package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/signin"
)

// arrival is what comes of a sign-in whose password was right.
type arrival struct {
	refused error     // nil: the session opens
	device  policy.ID // from which; 0 where nobody knows
	key     string    // of a device that was used for the first time
	proved  bool      // by a code or a passkey
}

// What is told to who has shown the right password.
var (
	deviceBlocked = fault.New(fault.Denied, "device_blocked", "this device is blocked: ask who administers accounts")
	deviceWaiting = fault.New(fault.Denied, "device_waiting", "this device is new: who administers accounts must admit it first")
	accountFrozen = fault.New(fault.Denied, "account_frozen", "the account is frozen: use a code of recovery, or ask who administers accounts")
)

// arrive asks of who has shown the right password what the company asks: on a device that is not known
// the second factor of who has one, of the others what the settings say. What it refuses it records, and
// what is left behind (a code used up, a device that waits, a frozen account) is for the caller to commit.
func (t *tx) arrive(ctx context.Context, a Attempt, person policy.ID) (*arrival, error) {
	t.actor = a.actor(a.Tenant, person, "")
	if err := t.holdEpoch(ctx); err != nil {
		return nil, err
	}
	settings, _, err := t.signInSettings(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	devices, err := t.devices(ctx, a.Tenant, person)
	if err != nil {
		return nil, err
	}
	in := &arrival{}
	d := ownDevice(devices, a.Devices)
	known := d != nil && d.KnownSince != nil && !d.Aged
	if d != nil && d.BlockedAt != nil {
		return in, t.turnAway(ctx, a, in, deviceBlocked)
	}
	has, frozen, err := t.hardened(ctx, a.Tenant, person)
	if err != nil {
		return nil, err
	}
	var by proven
	if has && a.proof().given() {
		var refused error
		if by, refused, err = t.useProof(ctx, person, toSignIn, a.proof()); err != nil {
			return nil, err
		}
		if in.proved = refused == nil; !in.proved {
			if err := t.freezeAfterCodes(ctx, a, person); err != nil {
				return nil, err
			}
			return in, t.turnAway(ctx, a, in, fault.From(refused))
		}
		if err := t.forgiveAttempt(ctx, a.Tenant, factorKeys(person)); err != nil {
			return nil, err
		}
	}
	switch asked := !known || settings.Factor == signin.Always; {
	case frozen && !by.recovery:
		return in, t.turnAway(ctx, a, in, accountFrozen)
	case frozen:
		if err := t.thaw(ctx, person, "recovery"); err != nil {
			return nil, err
		}
	case in.proved:
	case has && asked:
		wanted, err := t.wantedFactor(ctx, a, person)
		if err != nil {
			return nil, err
		}
		return in, t.turnAway(ctx, a, in, wanted)
	case known:
	case settings.FirstUse == signin.Nod:
		if err := t.askNod(ctx, a, in, d, person); err != nil {
			return nil, err
		}
		return in, t.turnAway(ctx, a, in, deviceWaiting)
	case settings.Freeze && settings.Unusual(signin.Arrival{Address: a.Address, Addresses: addressesOf(devices), At: t.now}):
		if err := t.freeze(ctx, person, "unusual"); err != nil {
			return nil, err
		}
		return in, t.turnAway(ctx, a, in, accountFrozen)
	}
	at := t.nowMicros()
	if d == nil {
		err = t.newDevice(ctx, a, in, person, &at, nil)
	} else {
		in.device = d.ID
		_, err = t.exec(ctx, "UPDATE device SET seen_at = $1, address = $2, known_at = CASE WHEN $5 = 1 OR known_at IS NULL THEN $1 ELSE known_at END, asked_at = NULL WHERE tenant_id = $3 AND id = $4",
			at, audit.Clean(a.Address), a.Tenant, d.ID, number(d.Aged))
	}
	if err != nil {
		return nil, err
	}
	if known || len(devices) == 0 {
		return in, nil // there is nothing that it could be new beside
	}
	return in, t.insertNotice(ctx, a.Tenant, person, 0, NoticeDevice, "", in.device, map[string]any{"family": audit.Clean(a.Family), "address": audit.Clean(a.Address)})
}

// ownDevice is the device that the browser keeps a key of.
func ownDevice(devices []Device, keys []string) *Device {
	for _, key := range keys {
		s, ok := parseSecret(key)
		if i := slices.IndexFunc(devices, func(d Device) bool { return d.hash == s.hash() }); ok && s.sort == deviceSecret && i >= 0 {
			return &devices[i]
		}
	}
	return nil
}

func addressesOf(devices []Device) []string {
	var out []string
	for _, d := range devices {
		if d.KnownSince != nil {
			out = append(out, d.Address)
		}
	}
	return out
}

// hardened tells whether the person has a second factor, and whether the account is frozen.
func (t *tx) hardened(ctx context.Context, tenant, person policy.ID) (factor, frozen bool, err error) {
	var frozenAt sql.NullInt64
	err = t.row(ctx, "SELECT frozen_at FROM credential WHERE tenant_id = $1 AND person_id = $2", tenant, person).Scan(&frozenAt)
	if err != nil {
		return false, false, err
	}
	factor, err = t.hasFactor(ctx, tenant, person)
	return factor, frozenAt.Valid, err
}

// turnAway records that somebody who knew the password did not get in, and why.
func (t *tx) turnAway(ctx context.Context, a Attempt, in *arrival, why *fault.Error) error {
	in.refused = why
	entry := a.entry(audit.SignInFailed)
	entry.Kind, entry.Record, entry.At = records.RefPerson, t.actor.Person, t.now
	entry.Detail = map[string]any{"code": why.Code}
	return insertEntries(ctx, t.db, t.q, []audit.Entry{entry})
}

// askNod keeps the device and tells who administers accounts, once a day as long as it is tried.
func (t *tx) askNod(ctx context.Context, a Attempt, in *arrival, d *Device, person policy.ID) error {
	at := t.nowMicros()
	if d == nil {
		if err := t.newDevice(ctx, a, in, person, nil, &at); err != nil {
			return err
		}
	} else {
		if d.AskedAt != nil && t.now.Sub(*d.AskedAt) < 24*time.Hour {
			return nil
		}
		in.device = d.ID
		if _, err := t.exec(ctx, "UPDATE device SET asked_at = $1, seen_at = $1, known_at = NULL, address = $2 WHERE tenant_id = $3 AND id = $4", at, audit.Clean(a.Address), a.Tenant, d.ID); err != nil {
			return err
		}
	}
	if err := t.tellAdministrators(ctx, person, NoticeDeviceAsked, map[string]any{"family": audit.Clean(a.Family)}); err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.DeviceAsked, Kind: records.RefPerson, Record: person, Detail: map[string]any{"device": in.device.String()}})
}

// newDevice keeps a device under a key that nobody else has.
func (t *tx) newDevice(ctx context.Context, a Attempt, in *arrival, person policy.ID, known, asked *int64) error {
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	s := newSecret(deviceSecret, a.Tenant)
	in.device, in.key = id, s.text
	_, err = t.exec(ctx, `
		INSERT INTO device (tenant_id, id, person_id, hash, class, family, address, first_at, seen_at, known_at, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)`,
		a.Tenant, id, person, s.hash(), audit.Clean(a.Device), audit.Clean(a.Family), audit.Clean(a.Address), t.nowMicros(), known, asked)
	return err
}

// bindSession says of a new session from which device it is and whether the second factor was proved.
func (t *tx) bindSession(ctx context.Context, tenant, id policy.ID, in *arrival) error {
	var factorAt any
	if in.proved {
		factorAt = t.nowMicros()
	}
	_, err := t.exec(ctx, "UPDATE session SET device_id = $1, factor_at = $2 WHERE tenant_id = $3 AND id = $4", optionalID(in.device), factorAt, tenant, id)
	return err
}

// tellAdministrators tells those who administer people of somebody's account, but not that person.
func (t *tx) tellAdministrators(ctx context.Context, person policy.ID, what string, detail map[string]any) error {
	v, err := t.view(ctx)
	if err != nil {
		return err
	}
	holders, err := t.holdersOf(ctx, v, "people")
	if err != nil {
		return err
	}
	for _, holder := range holders {
		if holder == person {
			continue
		}
		if err := t.insertNotice(ctx, v.tenant, holder, person, what, records.RefPerson, person, detail); err != nil {
			return err
		}
	}
	return nil
}
