package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"

	"guan/fault"
	"guan/policy"
)

// After some failures in a row each further one locks the login, or the address it came from,
// for twice as long as the one before. When a lock ends exactly one attempt is let through: it
// is counted as a failure before the password is looked at, so that any number of attempts at
// once get no more guesses than one after the other, and a success takes the count back.
const (
	freeByLogin   = 10
	freeByAddress = 100 // many people share the address of an office
	firstLock     = time.Second
	longestLock   = 15 * time.Minute
	forgetAfter   = 24 * time.Hour // without a further failure
)

// lockKey is what failures are counted by.
type lockKey struct {
	key  string
	free int64
}

// lockKeys returns the keys of an attempt, always in the same order, so that two attempts never
// wait for each other in a circle. Logins are hashed: people type passwords into that field.
func lockKeys(login, address string) []lockKey {
	sum := sha256.Sum256([]byte(login))
	keys := []lockKey{{"login:" + hex.EncodeToString(sum[:16]), freeByLogin}}
	if address != "" {
		keys = append(keys, lockKey{"address:" + address, freeByAddress})
	}
	return keys
}

// deviceKeys are what an attempt is counted by that comes from a device known to be this login's: by itself.
// Anybody can guess at a login, or from an office's address, until it is locked; who signs in where they
// always do is not kept out by that.
func deviceKeys(device policy.ID) []lockKey {
	return []lockKey{{"device:" + device.String(), freeByLogin}}
}

// deviceFor is the device that the attempt shows a key of and from which this login was let in before; 0 for
// none. It is asked for in the same way whether or not there is such a login.
func (db *DB) deviceFor(ctx context.Context, a Attempt, login string) (policy.ID, error) {
	var hashes []string
	for _, key := range a.Devices {
		if s, ok := parseSecret(key); ok && s.sort == deviceSecret {
			hashes = append(hashes, s.hash())
		}
	}
	if len(hashes) == 0 {
		return 0, nil
	}
	list, err := jsonText(hashes)
	if err != nil {
		return 0, err
	}
	t := db.single()
	settings, _, err := t.signInSettings(ctx, a.Tenant)
	if err != nil {
		return 0, db.fault(err)
	}
	var found policy.ID
	err = t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		var seen, known int64
		err := rows.Scan(&id, &seen, &known)
		if err == nil && !settings.Aged(time.UnixMicro(max(seen, known)), t.now) {
			found = id
		}
		return err
	}, `SELECT d.id, d.seen_at, d.known_at FROM device d JOIN person p ON p.tenant_id = d.tenant_id AND p.id = d.person_id
		WHERE d.tenant_id = $1 AND p.login = $2 AND d.known_at IS NOT NULL AND d.blocked_at IS NULL
			AND d.hash IN `+t.pick("(SELECT value FROM json_each($3))", "(SELECT json_array_elements_text($3::json))"), a.Tenant, login, list)
	return found, db.fault(err)
}

func lockFor(failures, free int64) time.Duration {
	n := failures - free
	if n < 0 {
		return 0
	}
	if n > 20 {
		return longestLock
	}
	return min(longestLock, firstLock<<n)
}

// countAttempt counts an attempt as failed in advance, or answers Locked (code locked, parameter
// retry_after in seconds) when a lock stands.
func (t *tx) countAttempt(ctx context.Context, tenant policy.ID, keys []lockKey) error {
	for _, k := range keys {
		var failures, failedAt, lockedUntil int64
		// The empty update locks the row until commit.
		err := t.row(ctx, `
			INSERT INTO sign_in_failure (tenant_id, key, failures, failed_at, locked_until) VALUES ($1, $2, 0, $3, 0)
			ON CONFLICT (tenant_id, key) DO UPDATE SET key = excluded.key RETURNING failures, failed_at, locked_until`,
			tenant, k.key, t.nowMicros()).Scan(&failures, &failedAt, &lockedUntil)
		if err != nil {
			return err
		}
		if wait := time.UnixMicro(lockedUntil).Sub(t.now); wait > 0 {
			seconds := int64((wait + time.Second - 1) / time.Second)
			return fault.New(fault.Locked, "locked", "there were too many failed attempts: try again later").With("retry_after", seconds)
		}
		if t.now.Sub(time.UnixMicro(failedAt)) >= forgetAfter {
			failures = 0
		}
		failures++
		until := int64(0)
		if lock := lockFor(failures, k.free); lock > 0 {
			until = t.now.Add(lock).UnixMicro()
		}
		if _, err := t.exec(ctx, "UPDATE sign_in_failure SET failures = $1, failed_at = $2, locked_until = $3 WHERE tenant_id = $4 AND key = $5",
			failures, t.nowMicros(), until, tenant, k.key); err != nil {
			return err
		}
	}
	return nil
}

// forgiveAttempt takes the count back after a success: all of the login's, but of the address's
// only this one, or one known account would open an address for guessing at all others.
func (t *tx) forgiveAttempt(ctx context.Context, tenant policy.ID, keys []lockKey) error {
	for i, k := range keys {
		statement := "UPDATE sign_in_failure SET failures = CASE WHEN failures > 0 THEN failures - 1 ELSE 0 END, locked_until = 0 WHERE tenant_id = $1 AND key = $2"
		if i == 0 {
			statement = "DELETE FROM sign_in_failure WHERE tenant_id = $1 AND key = $2"
		}
		if _, err := t.exec(ctx, statement, tenant, k.key); err != nil {
			return err
		}
	}
	return nil
}
