package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"guan/audit"
	"guan/policy"
)

// sealedLog is the row of a tenant's log.
type sealedLog struct {
	origin string
	keys   string // public, the newest first
	size   int64
}

// sealedLog reads the row; sql.ErrNoRows before anything was sealed.
func (t *rtx) sealedLog(ctx context.Context, tenant policy.ID) (l sealedLog, err error) {
	err = t.row(ctx, "SELECT origin, keys, size FROM audit_log WHERE tenant_id = $1", tenant).Scan(&l.origin, &l.keys, &l.size)
	return l, err
}

// newestHead is the last signed head; empty when there is none.
func (t *rtx) newestHead(ctx context.Context, tenant policy.ID) (signed string, err error) {
	err = t.row(ctx, "SELECT note FROM audit_head WHERE tenant_id = $1 ORDER BY size DESC LIMIT 1", tenant).Scan(&signed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return signed, err
}

// storedColumns are the columns of an entry e, as scanStored reads them.
const storedColumns = `e.tenant_id, e.seq, e.at, e.actor_id, e.job, e.on_behalf, e.action, e.kind, e.record_id, e.channel, e.address, e.device,
	e.request_id, e.session_id, e.token_id, e.epoch, e.rules, e.fields, e.detail`

// storedRow takes an entry that may not be there: of a join every column can be NULL.
type storedRow struct {
	tenant, seq, at, epoch                    sql.NullInt64
	action, channel, address, device, request sql.NullString
	rules, fields, detail                     []byte
	actor, onBehalf, record, session, token   *int64
	job, kind                                 *string
}

func (r *storedRow) targets() []any {
	return []any{&r.tenant, &r.seq, &r.at, &r.actor, &r.job, &r.onBehalf, &r.action, &r.kind, &r.record, &r.channel, &r.address, &r.device,
		&r.request, &r.session, &r.token, &r.epoch, &r.rules, &r.fields, &r.detail}
}

// stored is the entry, nil when there is none.
func (r *storedRow) stored(records audit.RecordList) *audit.Stored {
	if !r.seq.Valid {
		return nil
	}
	return &audit.Stored{Tenant: r.tenant.Int64, Seq: r.seq.Int64, At: r.at.Int64, Actor: r.actor, Job: r.job, OnBehalf: r.onBehalf, Action: r.action.String,
		Kind: r.kind, Record: r.record, Channel: r.channel.String, Address: r.address.String, Device: r.device.String, RequestID: r.request.String,
		Session: r.session, Token: r.token, Epoch: r.epoch.Int64, Rules: r.rules, Fields: r.fields, Detail: r.detail, Records: records}
}

// leaves reads leaves with their entries.
func (t *rtx) leaves(ctx context.Context, tenant policy.ID, where string, args ...any) ([]audit.Leaf, error) {
	var out []audit.Leaf
	err := t.each(ctx, func(rows *sql.Rows) error {
		var l audit.Leaf
		var records, salts, hashes []byte
		var row storedRow
		if err := rows.Scan(append([]any{&l.Index, &l.Seq, &records, &salts, &hashes}, row.targets()...)...); err != nil {
			return err
		}
		list, err := audit.ParseRecordList(records)
		if err != nil {
			l.Broken = err.Error()
		}
		if l.Commitments, err = audit.ParseCommitments(salts); err != nil {
			l.Broken = err.Error()
		}
		l.Hashes, l.Entry = audit.SplitHashes(hashes), row.stored(list)
		out = append(out, l)
		return nil
	}, "SELECT l.leaf, l.seq, l.records, l.salts, l.hashes, "+storedColumns+" FROM audit_leaf l LEFT JOIN audit_entry e ON e.tenant_id = l.tenant_id AND e.seq = l.seq WHERE l.tenant_id = $1 AND "+where,
		append([]any{tenant}, args...)...)
	return out, err
}

var leafGone = errors.New("store: a hash of the audit log is gone")

// treeHashes reads the hashes of subtrees: each is kept with the leaf that completes it.
type treeHashes struct {
	ctx    context.Context
	t      *rtx
	tenant policy.ID
}

// ReadHashes is tlog.HashReader.
func (r treeHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var leaves []policy.ID
	for _, index := range indexes {
		leaf, _ := audit.KeptWith(index)
		leaves = append(leaves, policy.ID(leaf))
	}
	kept := map[int64][]tlog.Hash{}
	err := r.t.each(r.ctx, func(rows *sql.Rows) error {
		var leaf int64
		var hashes []byte
		err := rows.Scan(&leaf, &hashes)
		kept[leaf] = audit.SplitHashes(hashes)
		return err
	}, "SELECT leaf, hashes FROM audit_leaf WHERE tenant_id = $1 AND leaf IN "+r.t.listed(2), r.tenant, idList(leaves))
	if err != nil {
		return nil, err
	}
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		leaf, place := audit.KeptWith(index)
		if place >= len(kept[leaf]) {
			return nil, fmt.Errorf("%w: level %d of leaf %d", leafGone, place, leaf)
		}
		out[i] = kept[leaf][place]
	}
	return out, nil
}

// edge reads the right edge of a tree of that size.
func (t *rtx) edge(ctx context.Context, tenant policy.ID, size int64) (audit.Edge, error) {
	if size == 0 {
		return nil, nil
	}
	hashes, err := treeHashes{ctx, t, tenant}.ReadHashes(audit.EdgeIndexes(size))
	return audit.Edge(hashes), err
}
