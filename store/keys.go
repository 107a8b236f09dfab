package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync"

	"guan/fault"
	"guan/policy"
	"guan/vault"
)

// ring remembers keysets that were opened, by what they are wrapped in.
type ring struct {
	mu     sync.Mutex
	opened map[string]*vault.Keys
}

// keyEnvironment is the variable that may hold the key that wraps the keysets.
const keyEnvironment = "GUAN_KEY"

// openKeys finds the key that wraps the keysets and makes what is missing: a key where nothing is encrypted yet,
// and the keysets of companies that have none. Faults: NotFound (key_missing, key_file), Invalid.
func (db *DB) openKeys(ctx context.Context, o Options) error {
	t := db.single()
	var tenants, bare []policy.ID
	by := map[policy.ID]string{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var tenant policy.ID
		var wrapped sql.NullString
		if err := rows.Scan(&tenant, &wrapped); err != nil {
			return err
		}
		if tenants = append(tenants, tenant); wrapped.Valid {
			by[tenant] = wrapped.String
		} else {
			bare = append(bare, tenant)
		}
		return nil
	}, "SELECT t.tenant_id, k.wrapped_by FROM tenant t LEFT JOIN keyset k ON k.tenant_id = t.tenant_id ORDER BY t.tenant_id")
	if err != nil {
		return db.fault(err)
	}
	if db.wrapper, err = db.findKey(o, by); err != nil {
		return err
	}
	for _, tenant := range bare {
		if err := db.maintain(ctx, func(t *tx) error { _, err := t.makeKeys(ctx, tenant); return err }); err != nil {
			return err
		}
	}
	for _, tenant := range tenants {
		if _, err := db.single().keys(ctx, tenant); err != nil {
			return db.fault(err)
		}
	}
	return nil
}

// findKey takes the key from where it was said to be, or else from the environment, or from the file beside
// the data folder.
func (db *DB) findKey(o Options, by map[policy.ID]string) (vault.Wrapper, error) {
	text := os.Getenv(keyEnvironment)
	path := o.KeyFile
	switch {
	case o.Keys != nil:
		return o.Keys, nil
	case path == "" && text != "":
		return vault.Secrets(text, keyEnvironment)
	case path == "" && db.dataDir != "":
		path = db.dataDir + ".key"
	case path == "":
		return nil, fault.New(fault.Invalid, "key_unnamed", "identity numbers and bank accounts are kept encrypted: name the file of the key with --key-file, or give a key in GUAN_KEY")
	}
	w, err := vault.File(path)
	if !fault.Is(err, fault.NotFound) {
		return w, err
	}
	for _, wanted := range by {
		return nil, fault.Newf(fault.NotFound, "key_missing", "the data is encrypted with the key %s, and there is no key in %s: put it there, or name where it is with --key-file or GUAN_KEY", wanted, path).With("key", wanted)
	}
	if err := vault.MakeFile(path); err != nil {
		return nil, err
	}
	db.tell("identity numbers and bank accounts are encrypted with the key in " + path + ": keep a copy of it where the data is not; without it nothing of them can be read")
	return vault.File(path)
}

// tell says something to whoever starts the program.
func (db *DB) tell(line string) {
	if db.say != nil {
		db.say(line)
	}
}

var noKeys = fault.New(fault.Internal, "keyset", "the company has no keyset")

// keys reads the keysets of a tenant. In a write they stay what they are until it commits.
func (t *rtx) keys(ctx context.Context, tenant policy.ID) (*vault.Keys, error) {
	return t.keysLocked(ctx, tenant, "")
}

func (t *rtx) keysLocked(ctx context.Context, tenant policy.ID, lock string) (*vault.Keys, error) {
	var kept vault.Wrapped
	var version int64
	err := t.row(ctx, "SELECT version, wrapped_by, sealing, value_index FROM keyset WHERE tenant_id = $1"+t.pick("", lock), tenant).
		Scan(&version, &kept.By, &kept.Sealing, &kept.Index)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noKeys
	}
	if err != nil {
		return nil, err
	}
	db := t.db
	db.ring.mu.Lock()
	defer db.ring.mu.Unlock()
	name := string(kept.Sealing) + string(kept.Index)
	if k := db.ring.opened[name]; k != nil {
		return k, nil
	}
	k, err := vault.Unwrap(db.wrapper, int64(tenant), kept)
	if err != nil {
		return nil, err
	}
	k.Version = version
	if db.ring.opened == nil {
		db.ring.opened = map[string]*vault.Keys{}
	}
	db.ring.opened[name] = k
	return k, nil
}

// keysToSeal are the keysets with which a write seals. They are held until it commits, so that no key is retired
// with which something was sealed meanwhile.
func (t *tx) keysToSeal(ctx context.Context) (*vault.Keys, error) {
	if t.encrypting.keys != nil {
		return t.encrypting.keys, nil
	}
	k, err := t.keysLocked(ctx, t.actor.Tenant, " FOR SHARE")
	if errors.Is(err, noKeys) {
		k, err = t.makeKeys(ctx, t.actor.Tenant)
	}
	t.encrypting.keys = k
	return k, err
}

// makeKeys makes the keysets of a tenant that has none; another process may have been faster.
func (t *tx) makeKeys(ctx context.Context, tenant policy.ID) (*vault.Keys, error) {
	k, err := vault.New(int64(tenant))
	if err != nil {
		return nil, err
	}
	kept, err := k.Wrap(t.db.wrapper)
	if err != nil {
		return nil, err
	}
	_, err = t.exec(ctx, "INSERT INTO keyset (tenant_id, wrapped_by, sealing, value_index, rotated_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id) DO NOTHING",
		tenant, kept.By, kept.Sealing, kept.Index, t.nowMicros())
	if err != nil {
		return nil, err
	}
	return t.keysLocked(ctx, tenant, " FOR SHARE")
}

// FileKeys are the keys of the files of jobs, which hold what they bring in or take out, as they are now. Faults:
// Denied (job).
func (s *System) FileKeys(ctx context.Context) (*vault.Keys, error) {
	if err := s.may(JobRunner); err != nil {
		return nil, err
	}
	k, err := s.db.single().keys(ctx, s.actor.Tenant)
	return k, s.db.fault(err)
}
