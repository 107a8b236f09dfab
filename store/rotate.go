package store

import (
	"context"
	"errors"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/vault"
)

// KeyStatus tells of the keysets of a company and of what they sealed.
type KeyStatus struct {
	Wrapping string // the key that wraps from now on
	Wrapped  string // the key that wraps the keysets as they are
	Rotated  time.Time
	Keys     []KeyUse // the first seals
	Indexes  []KeyUse // of the index; the first makes it
	Values   int64
}

// KeyUse is a sealing key with how many values it sealed.
type KeyUse struct {
	Number uint32
	Values int64
}

// KeyStatus tells of the keysets. Faults: Denied (job).
func (s *System) KeyStatus(ctx context.Context) (*KeyStatus, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	t := s.db.single()
	k, err := t.keys(ctx, s.actor.Tenant)
	if err != nil {
		return nil, s.db.fault(err)
	}
	out := &KeyStatus{Wrapping: s.db.wrapper.ID()}
	var rotated int64
	if err := t.row(ctx, "SELECT wrapped_by, rotated_at FROM keyset WHERE tenant_id = $1", s.actor.Tenant).Scan(&out.Wrapped, &rotated); err != nil {
		return nil, s.db.fault(err)
	}
	out.Rotated = time.UnixMicro(rotated).UTC()
	used, err := s.db.values.used(ctx, s.actor.Tenant, "key_number")
	if err != nil {
		return nil, s.db.fault(err)
	}
	indexed, err := s.db.values.used(ctx, s.actor.Tenant, "index_number")
	if err != nil {
		return nil, s.db.fault(err)
	}
	indexed[k.FirstIndexNumber()] += indexed[0]
	delete(indexed, 0)
	out.Indexes = []KeyUse{{k.IndexNumber(), indexed[k.IndexNumber()]}}
	for _, n := range k.IndexNumbers() {
		if n != k.IndexNumber() {
			out.Indexes = append(out.Indexes, KeyUse{n, indexed[n]})
		}
	}
	numbers := []uint32{k.Primary()}
	for _, n := range k.Numbers() {
		if n != k.Primary() {
			numbers = append(numbers, n)
		}
	}
	for _, n := range numbers {
		out.Keys = append(out.Keys, KeyUse{n, used[n]})
	}
	for _, n := range used {
		out.Values += n
	}
	return out, nil
}

// Rotation says what is rotated beside the keys that seal.
type Rotation struct {
	Index bool // the key of the index too
	// Files seals what the files of jobs and the archives of the audit log hold anew; they are sealed with the key
	// of the index. It is given the names of all archives.
	Files func(archives []string) error
}

// RotateKeys seals everything with a new key, while others read and write: what is written from now on is sealed
// with it, then what was there, and at last the old keys are thrown away with what nothing points at any more.
// Interrupted it loses nothing, and done again it goes on. Progress is told how many values are left. Faults:
// Denied (job).
func (s *System) RotateKeys(ctx context.Context, r Rotation, progress func(left int64)) error {
	err := s.changeKeys(ctx, "rotated", func(_ *tx, k *vault.Keys) (*vault.Keys, error) {
		k, err := k.Rotate()
		if err == nil && r.Index && !k.Reindexing() {
			k, err = k.RotateIndex()
		}
		return k, err
	})
	if err != nil {
		return err
	}
	if err := s.reindex(ctx, progress); err != nil {
		return err
	}
	if err := s.reseal(ctx, progress); err != nil {
		return err
	}
	if r.Files != nil {
		archives, err := s.db.single().archiveFiles(ctx, s.actor.Tenant)
		if err != nil {
			return s.db.fault(err)
		}
		if err := r.Files(archives); err != nil {
			return err
		}
	}
	// Whoever sealed with an old key held the keysets until it had committed, so nothing of theirs is missing now.
	err = s.changeKeys(ctx, "retired", func(t *tx, k *vault.Keys) (*vault.Keys, error) {
		if k.Reindexing() {
			// Nobody writes now. What was kept meanwhile of records that had old indexes comes along.
			if err := t.restandKept(ctx); err != nil {
				return nil, err
			}
			if err := s.db.values.retireIndex(ctx, s.actor.Tenant, k); err != nil {
				return nil, err
			}
			if _, err := t.exec(ctx, "DELETE FROM reindexed WHERE tenant_id = $1", s.actor.Tenant); err != nil {
				return nil, err
			}
		}
		if n, err := s.db.values.others(ctx, s.actor.Tenant, k.Primary()); err != nil || n > 0 {
			return nil, errors.Join(err, fault.Newf(fault.Conflict, "keys_rotating", "%d values are still sealed with an older key: rotate again", n))
		}
		k, err := k.Retire()
		if err == nil {
			k, err = k.RetireIndex()
		}
		return k, err
	})
	if err != nil {
		return err
	}
	return s.dropUnused(ctx)
}

// RewrapKeys wraps the keysets with the first of the keys at hand. Faults: Denied (job), NotFound (key_missing).
func (s *System) RewrapKeys(ctx context.Context) error {
	return s.changeKeys(ctx, "wrapped", func(_ *tx, k *vault.Keys) (*vault.Keys, error) { return k, nil })
}

// changeKeys puts other keysets in the place of those that are there, when nobody is about to write. The epoch rises,
// so that from then on nobody asks by the old ones.
func (s *System) changeKeys(ctx context.Context, what string, change func(*tx, *vault.Keys) (*vault.Keys, error)) error {
	if err := s.may(JobSetup); err != nil {
		return err
	}
	return s.db.write(ctx, s.actor, op{name: "keys", raises: true}, func(t *tx) error {
		k, err := t.keysLocked(ctx, s.actor.Tenant, " FOR UPDATE")
		if err != nil {
			return err
		}
		if k, err = change(t, k); err != nil {
			return err
		}
		kept, err := k.Wrap(s.db.wrapper)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE keyset SET version = version + 1, wrapped_by = $1, sealing = $2, value_index = $3, rotated_at = $4 WHERE tenant_id = $5",
			kept.By, kept.Sealing, kept.Index, t.nowMicros(), s.actor.Tenant); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Rekeyed, Detail: map[string]any{"keys": what, "wrapped_by": kept.By}})
	})
}

// resealed is how many values are sealed anew at a time.
const resealed = 500

func (s *System) reseal(ctx context.Context, progress func(left int64)) error {
	for {
		k, err := s.db.single().keys(ctx, s.actor.Tenant)
		if err != nil {
			return s.db.fault(err)
		}
		n, err := s.db.values.reseal(ctx, s.actor.Tenant, k)
		if err != nil {
			return s.db.fault(err)
		}
		if n == 0 {
			return nil
		}
		if progress != nil {
			left, err := s.db.values.others(ctx, s.actor.Tenant, k.Primary())
			if err != nil {
				return s.db.fault(err)
			}
			progress(left)
		}
	}
}

// used counts the values by the key that sealed them, or made their index.
func (v *values) used(ctx context.Context, tenant policy.ID, by string) (map[uint32]int64, error) {
	rows, err := v.reader.QueryContext(ctx, "SELECT "+by+", count(*) FROM "+v.table+" WHERE tenant_id = $1 GROUP BY "+by, tenant)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uint32]int64{}
	for rows.Next() {
		var number, n int64
		if err := rows.Scan(&number, &n); err != nil {
			return nil, err
		}
		out[uint32(number)] = n
	}
	return out, rows.Err()
}

// others counts the values that other keys than this one sealed.
func (v *values) others(ctx context.Context, tenant policy.ID, number uint32) (n int64, err error) {
	err = v.reader.QueryRowContext(ctx, "SELECT count(*) FROM "+v.table+" WHERE tenant_id = $1 AND key_number <> $2", tenant, int64(number)).Scan(&n)
	return n, err
}

// reseal seals some values anew that another key than the newest sealed, and tells how many.
func (v *values) reseal(ctx context.Context, tenant policy.ID, k *vault.Keys) (int, error) {
	list, numbers, err := v.sealedBefore(ctx, tenant, k.Primary())
	if err != nil || len(list) == 0 {
		return 0, err
	}
	inner, err := v.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer inner.Rollback()
	for i, e := range list {
		value, err := k.Open(e.place, e.sealed)
		if err != nil {
			return 0, err
		}
		sealed, err := k.Seal(e.place, value)
		if err != nil {
			return 0, err
		}
		// What was written anew or removed meanwhile stays as it is.
		_, err = inner.ExecContext(ctx, "UPDATE "+v.table+" SET sealed = $1, key_number = $2 WHERE tenant_id = $3 AND kind = $4 AND record_id = $5 AND field = $6 AND stand = $7 AND key_number = $8",
			sealed, int64(k.Primary()), tenant, e.place.Kind, e.place.Record, e.place.Field, e.index, numbers[i])
		if err != nil {
			return 0, err
		}
	}
	return len(list), inner.Commit()
}

func (v *values) sealedBefore(ctx context.Context, tenant policy.ID, primary uint32) (list []vaultEntry, numbers []int64, err error) {
	rows, err := v.reader.QueryContext(ctx, "SELECT kind, record_id, field, stand, sealed, key_number FROM "+v.table+" WHERE tenant_id = $1 AND key_number <> $2 LIMIT $3", tenant, int64(primary), resealed)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e vaultEntry
		var number int64
		if err := rows.Scan(&e.place.Kind, &e.place.Record, &e.place.Field, &e.index, &e.sealed, &number); err != nil {
			return nil, nil, err
		}
		list, numbers = append(list, e), append(numbers, number)
	}
	return list, numbers, rows.Err()
}
