package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// Entries are written as ever; beside each its number waits in audit_pending, written in the same
// transaction. The sealer gives those that wait, in the order of their numbers, the next leaves of a
// Merkle tree, and signs its head. On PostgreSQL numbers commit out of order and with gaps: whoever
// commits late waits in the table as everybody else and gets a later leaf.

// At most so many entries get their leaves in one transaction, and fewer where they touch many records: who writes
// waits for it.
const (
	sealBatch   = 500
	sealRecords = 5000
)

// sealing is what this process knows of the logs that it seals.
type sealing struct {
	mu   sync.Mutex               // one sealer of this process at a time
	last map[policy.ID]audit.Head // what it signed or saw signed last
}

var (
	sealedElsewhere = errors.New("store: another process sealed these entries")
	foreignAuditKey = fault.New(fault.Conflict, "audit_key_foreign", "the audit log is signed with another key than the one at hand: name its file with --audit-key; processes on one database share it")
	brokenLog       = fault.New(fault.Conflict, "audit_log_broken", "the audit log is not what was signed last, and nothing more is sealed: run guan audit verify")
)

// Seal gives all entries that wait their leaves and signs the heads. It returns how many there were.
// Only the job seal may. Faults: NotFound (audit_key_missing), Conflict (audit_key_foreign,
// audit_log_broken).
func (s *System) Seal(ctx context.Context) (int64, error) {
	if err := s.may(JobSeal); err != nil {
		return 0, err
	}
	return s.db.seal(ctx, s.actor.Tenant)
}

// OpenAuditLog makes the log and its key, where there is none yet, and returns the public keys that sign
// it. Only the job seal may. Faults: those of Seal.
func (s *System) OpenAuditLog(ctx context.Context) (audit.PublicKeys, error) {
	if err := s.may(JobSeal); err != nil {
		return nil, err
	}
	s.db.sealing.mu.Lock()
	defer s.db.sealing.mu.Unlock()
	_, public, err := s.db.openLog(ctx, s.actor.Tenant)
	return public, err
}

func (db *DB) seal(ctx context.Context, tenant policy.ID) (total int64, err error) {
	db.sealing.mu.Lock()
	defer db.sealing.mu.Unlock()
	for {
		var waits bool
		t, began := db.single(), time.Now()
		if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM audit_pending WHERE tenant_id = $1)", tenant).Scan(&waits); err != nil {
			return total, db.fault(err)
		}
		if !waits {
			db.pace.sealed(began)
			return total, nil
		}
		plan, err := db.sealSome(ctx, tenant)
		if err != nil {
			return total, err
		}
		total += int64(len(plan.seqs))
		if !plan.more {
			db.pace.sealed(began)
			return total, nil
		}
		if plan.newest.Before(began) {
			db.pace.sealed(plan.newest)
		}
	}
}

// sealPlan is what one transaction seals.
type sealPlan struct {
	log    sealedLog
	leaves [][]assignment
	seqs   []policy.ID
	newest time.Time // of the entries
	more   bool      // others may wait
	head   audit.Head
	signed string
}

// sealSome seals one batch. What it writes is worked out on a snapshot, so that the writer is held for
// the writing alone; when another process sealed meanwhile, it is worked out anew: each time the log has grown.
func (db *DB) sealSome(ctx context.Context, tenant policy.ID) (plan sealPlan, err error) {
	for {
		keys, public, err := db.openLog(ctx, tenant)
		if err != nil {
			return plan, err
		}
		err = db.read(ctx, func(t *rtx) error {
			plan = sealPlan{}
			return t.planSeal(ctx, tenant, keys, public, &plan)
		})
		if err != nil || len(plan.seqs) == 0 {
			return plan, err
		}
		err = db.maintain(ctx, func(t *tx) error { return t.writeSeal(ctx, tenant, &plan) })
		if errors.Is(err, sealedElsewhere) {
			continue
		}
		if err == nil {
			db.sealing.remember(tenant, plan.head)
		}
		return plan, err
	}
}

func (s *sealing) remember(tenant policy.ID, head audit.Head) {
	if s.last == nil {
		s.last = map[policy.ID]audit.Head{}
	}
	s.last[tenant] = head
}

// openLog makes the log and its key where there was none, and reads the keys. A log that was signed
// before gets no other key by itself.
func (db *DB) openLog(ctx context.Context, tenant policy.ID) (audit.Keys, audit.PublicKeys, error) {
	log, err := db.single().sealedLog(ctx, tenant)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, nil, db.fault(err)
	}
	if err != nil {
		if _, _, err := db.auditKeys(); errors.Is(err, noAuditKey) {
			err = db.makeAuditKey()
			if err != nil {
				return nil, nil, err
			}
		}
	}
	keys, public, keyErr := db.auditKeys()
	if keyErr != nil {
		return nil, nil, keyErr
	}
	if err != nil {
		log = sealedLog{origin: "guan/audit/" + tenant.String() + "/" + strings.ToLower(rand.Text()), keys: strings.Join(public.Texts(), " ")}
		err = db.maintain(ctx, func(t *tx) error {
			_, err := t.exec(ctx, "INSERT INTO audit_log (tenant_id, origin, keys, size) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING", tenant, log.origin, log.keys)
			if err == nil {
				log, err = t.sealedLog(ctx, tenant)
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	if !sharesKey(log.keys, public) {
		return nil, nil, foreignAuditKey
	}
	return keys, public, nil
}

// planSeal works out the next leaves.
func (t *rtx) planSeal(ctx context.Context, tenant policy.ID, keys audit.Keys, public audit.PublicKeys, plan *sealPlan) error {
	var err error
	if plan.log, err = t.sealedLog(ctx, tenant); err != nil {
		return err
	}
	edge, err := t.trustedEdge(ctx, tenant, plan.log, public)
	if err != nil {
		return err
	}
	size, touches := plan.log.size, 0
	err = t.each(ctx, func(rows *sql.Rows) error {
		if touches >= sealRecords {
			plan.more = true
			return nil
		}
		var pending []byte
		var row storedRow
		if err := rows.Scan(append([]any{&pending}, row.targets()...)...); err != nil {
			return err
		}
		ids, err := pendingRecords(pending)
		if err != nil {
			return err
		}
		entry := row.stored(ids)
		commitments, err := audit.NewCommitments(rand.Reader)
		if err != nil {
			return err
		}
		hash, err := entry.LeafHash(commitments)
		if err != nil {
			return err
		}
		hashes := []tlog.Hash{hash}
		edge.Push(size, hash, func(node tlog.Hash) { hashes = append(hashes, node) })
		plan.leaves = append(plan.leaves, []assignment{{column: "tenant_id", value: tenant}, {column: "leaf", value: size}, {column: "seq", value: entry.Seq},
			{column: "records", value: entry.Records.Bytes()}, {column: "salts", value: commitments.Bytes()}, {column: "hashes", value: audit.JoinHashes(hashes)}})
		plan.seqs = append(plan.seqs, policy.ID(entry.Seq))
		plan.newest = time.UnixMicro(entry.At)
		size++
		touches += len(ids)
		return nil
	}, "SELECT p.records, "+storedColumns+" FROM "+t.db.pending()+" WHERE p.tenant_id = $1 ORDER BY p.seq LIMIT $2", tenant, sealBatch)
	if err != nil {
		return err
	}
	plan.more = plan.more || len(plan.seqs) == sealBatch
	plan.head = audit.Head{Origin: plan.log.origin, Size: size, Root: edge.Root(), At: t.now, After: plan.log.size}
	plan.signed, err = plan.head.Sign(keys)
	return err
}

// pendingRecords reads the records with which an entry waits.
func pendingRecords(list []byte) (audit.RecordList, error) {
	var ids []int64
	err := json.Unmarshal(list, &ids)
	return audit.NewRecordList(ids), err
}

// trustedEdge is the edge of the log as far as it is sealed. It has to be what was signed last, and to
// go on from what this process signed itself: a log that somebody changed is not signed any further.
func (t *rtx) trustedEdge(ctx context.Context, tenant policy.ID, log sealedLog, public audit.PublicKeys) (audit.Edge, error) {
	edge, err := t.edge(ctx, tenant, log.size)
	if errors.Is(err, leafGone) {
		err = brokenLog.WithCause(err)
	}
	if err != nil {
		return nil, err
	}
	if log.size > 0 {
		signed, err := t.newestHead(ctx, tenant)
		if err != nil {
			return nil, err
		}
		head, err := public.Head(signed)
		if err != nil || head.Origin != log.origin || head.Size != log.size || head.Root != edge.Root() {
			return nil, brokenLog
		}
	}
	if last, ok := t.db.sealing.last[tenant]; ok {
		if last.Size > log.size {
			return nil, brokenLog
		}
		then, err := t.edge(ctx, tenant, last.Size)
		if err != nil && !errors.Is(err, leafGone) {
			return nil, err
		}
		if err != nil || then.Root() != last.Root {
			return nil, brokenLog
		}
	}
	return edge, nil
}

// writeSeal writes what was worked out, unless another process did meanwhile: the row of the log makes
// sealers wait for each other.
func (t *tx) writeSeal(ctx context.Context, tenant policy.ID, plan *sealPlan) error {
	n, err := t.exec(ctx, "UPDATE audit_log SET size = $1 WHERE tenant_id = $2 AND size = $3", plan.head.Size, tenant, plan.log.size)
	if err != nil {
		return err
	}
	if n == 0 {
		return sealedElsewhere
	}
	seqs := idList(plan.seqs)
	if err := t.indexLooks(ctx, tenant, seqs); err != nil {
		return err
	}
	n, err = t.exec(ctx, "DELETE FROM audit_pending WHERE tenant_id = $1 AND seq IN "+t.listed(2), tenant, seqs)
	if err != nil {
		return err
	}
	if n != int64(len(plan.seqs)) {
		return sealedElsewhere
	}
	for rest := plan.leaves; len(rest) > 0; {
		n := min(bulkRows, len(rest))
		if err := t.insertRows(ctx, "audit_leaf", rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	_, err = t.exec(ctx, "INSERT INTO audit_head (tenant_id, size, at, note) VALUES ($1, $2, $3, $4)", tenant, plan.head.Size, plan.head.At.UnixMicro(), plan.signed)
	return err
}
