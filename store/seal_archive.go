package store

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

var (
	neverSealed = fault.New(fault.NotFound, "audit_unsealed", "nothing is sealed yet: start guan serve")
	noAuditLeaf = fault.New(fault.NotFound, "audit_entry", "there is no sealed entry of this number")
	noAuditHead = fault.New(fault.NotFound, "audit_head", "there is no head of this size")
	openErasure = fault.New(fault.Conflict, "audit_unsealed", "an erasure is not sealed yet: try again in a second")
)

// WriteAuditArchive writes the sealed log, as far as it lies in no archive yet, into one that verifies by itself,
// and returns how many entries it holds. Only the job setup may.
func (s *System) WriteAuditArchive(ctx context.Context, to io.Writer) (int64, error) {
	if err := s.may(JobSetup); err != nil {
		return 0, err
	}
	if err := s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Archived}); err != nil {
		return 0, err
	}
	return s.db.writeArchive(ctx, s.actor.Tenant, to)
}

func (db *DB) writeArchive(ctx context.Context, tenant policy.ID, to io.Writer) (int64, error) {
	var w *audit.ArchiveWriter
	var from int64
	err := db.read(ctx, func(t *rtx) (err error) {
		if err := t.row(ctx, "SELECT coalesce(max(until_leaf), 0) FROM audit_archive WHERE tenant_id = $1 AND removed_leaf = until_leaf", tenant).Scan(&from); err != nil {
			return err
		}
		w, err = t.beginArchive(ctx, tenant, to, from, 0)
		return err
	})
	if err != nil {
		return 0, err
	}
	var n int64
	err = db.walkLog(ctx, tenant, from, 0, func(_ *rtx, heads []keptHead, leaves []audit.Leaf) error {
		for _, head := range heads {
			if err := w.Head(head.signed); err != nil {
				return err
			}
		}
		for _, leaf := range leaves {
			if err := w.Leaf(leaf); err != nil {
				return err
			}
		}
		n += int64(len(leaves))
		return nil
	}, func(t *rtx) error {
		var open bool
		err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.db.pending()+" WHERE p.tenant_id = $1 AND e.action = $2)", tenant, string(audit.PartsErased)).Scan(&open)
		if err == nil && open {
			err = openErasure
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, w.End(from + n)
}

// ProveAudit shows that an entry stands in the log that the newest head signs. Only the job setup may.
// Faults: NotFound.
func (s *System) ProveAudit(ctx context.Context, seq int64) (*audit.Proof, error) {
	return s.prove(ctx, func(t *rtx, head audit.Head, p *audit.Proof) error {
		leaves, err := t.leaves(ctx, s.actor.Tenant, "l.seq = $2", seq)
		if err != nil {
			return err
		}
		if len(leaves) == 0 || leaves[0].Entry == nil || leaves[0].Index >= head.Size {
			return noAuditLeaf
		}
		proof, err := t.proofOf(ctx, s.actor.Tenant, p.Head, head.Size, leaves[0])
		if err == nil {
			*p = *proof
		}
		return err
	})
}

// ProveAuditGrowth shows that the log that the newest head signs goes on where that of an earlier head
// ended. Only the job setup may. Faults: NotFound.
func (s *System) ProveAuditGrowth(ctx context.Context, size int64) (*audit.Proof, error) {
	return s.prove(ctx, func(t *rtx, head audit.Head, p *audit.Proof) error {
		err := t.row(ctx, "SELECT note FROM audit_head WHERE tenant_id = $1 AND size = $2", s.actor.Tenant, size).Scan(&p.Earlier)
		if errors.Is(err, sql.ErrNoRows) || size > head.Size {
			return noAuditHead
		}
		if err == nil {
			p.Growth, err = tlog.ProveTree(head.Size, size, treeHashes{ctx, t, s.actor.Tenant})
		}
		return err
	})
}

func (s *System) prove(ctx context.Context, fill func(*rtx, audit.Head, *audit.Proof) error) (*audit.Proof, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	p := &audit.Proof{}
	err := s.db.read(ctx, func(t *rtx) error {
		var err error
		if p.Head, err = t.newestHead(ctx, s.actor.Tenant); err != nil {
			return err
		}
		head, err := audit.Unverified(p.Head)
		if err != nil {
			return neverSealed
		}
		return fill(t, head, p)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// AuditHead is the newest signed head with its size; empty when nothing is sealed. The jobs setup and
// seal may.
func (s *System) AuditHead(ctx context.Context) (size int64, signed string, err error) {
	if err := s.may(JobSetup, JobSeal); err != nil {
		return 0, "", err
	}
	signed, err = s.db.single().newestHead(ctx, s.actor.Tenant)
	if err != nil || signed == "" {
		return 0, "", s.db.fault(err)
	}
	head, err := audit.Unverified(signed)
	return head.Size, signed, err
}
