package store

import (
	"context"
	"database/sql"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/records"
)

// erasePart is how many entries one entry of an erasure names.
const erasePart = 500

// auditErased is the kind under which an erasure names the numbers of the entries that it touched.
const auditErased policy.Kind = "audit"

var (
	nothingErased = fault.New(fault.NotFound, "audit_erase", "the audit log holds no personal data of this record that is not erased yet")
	notSealedYet  = fault.New(fault.Conflict, "audit_unsealed", "entries about this record are not sealed yet: let guan serve run for a second, then try again")
)

// EraseAudit takes personal data out of the sealed log: what entries that touch a record tell in their
// details, and, of a person, the addresses and devices of what they did. Who did what to which record
// and when stays, the log still verifies, and the erasure is an entry that names the entries it touched
// and why. Archives that hold such entries are noted, for the job retain to write them anew; copies that left
// (downloads, backups) are not reached. It takes the second factor of who has one, and the right policy. Faults:
// Denied, Invalid (purpose), NotFound (audit_erase), Conflict (audit_unsealed, audit_moving).
func (s *Session) EraseAudit(ctx context.Context, kind policy.Kind, id policy.ID, reason string) (done Erased, err error) {
	if code, detail := grants.CheckPurpose(reason); code != "" {
		return done, fault.New(fault.Invalid, code, detail).WithAt("reason")
	}
	err = s.db.administer(ctx, s.actor, op{name: "audit_erase"}, "policy", func(t *tx, v *view) error {
		done = Erased{}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		if err := t.holdLog(ctx); err != nil {
			return err
		}
		var open bool
		if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.db.pending()+" WHERE p.tenant_id = $1 AND e.kind = $2 AND "+t.db.pendingAbout("$3")+")",
			v.tenant, string(kind), id).Scan(&open); err != nil {
			return err
		}
		if open {
			return notSealedYet
		}
		about := erasure{kind: kind, id: id, reason: reason}
		n, err := t.erase(ctx, about, "l.seq IN (SELECT seq FROM audit_record WHERE tenant_id = $1 AND kind = $2 AND record_id = $3)", []any{string(kind), id}, audit.PartDetail)
		if done.Entries = n; err != nil {
			return err
		}
		if kind == records.RefPerson {
			n, err := t.erase(ctx, about, "(e.actor_id = $2 OR e.on_behalf = $2)", []any{id}, audit.PartAddress, audit.PartDevice)
			if done.Entries += n; err != nil {
				return err
			}
		}
		if done.Archives, err = t.orderErasures(ctx, about); err == nil && done == (Erased{}) {
			err = nothingErased
		}
		return err
	})
	if err = s.declined(ctx, "audit_erase", err); err != nil {
		return Erased{}, err
	}
	return done, nil
}

// Erased is what came of an erasure.
type Erased struct {
	Entries  int `json:"entries"`  // that lost something
	Archives int `json:"archives"` // that are written anew, each within a minute if it is in its folder
}

// erasure is what an erasure is about and why.
type erasure struct {
	kind   policy.Kind
	id     policy.ID
	reason string
}

// erase takes parts out of the sealed entries that match, and says so in the log.
func (t *tx) erase(ctx context.Context, about erasure, where string, args []any, which ...int) (int, error) {
	leaves, err := t.leaves(ctx, t.actor.Tenant, where+" AND e.seq IS NOT NULL ORDER BY l.leaf", args...)
	if err != nil {
		return 0, err
	}
	leaves = slices.DeleteFunc(leaves, func(l audit.Leaf) bool {
		return l.Broken != "" || !slices.ContainsFunc(which, func(part int) bool { return l.Entry.Says(part) })
	})
	moving, _, err := t.archivedBefore(ctx, t.actor.Tenant)
	if err == nil && len(leaves) > 0 && leaves[0].Index < moving {
		err = beingMoved
	}
	if err != nil {
		return 0, err
	}
	seqs := make([]int64, len(leaves))
	for i, l := range leaves {
		if err := t.eraseLeaf(ctx, l, which); err != nil {
			return 0, err
		}
		seqs[i] = l.Seq
	}
	return len(leaves), t.nameErased(ctx, seqs, map[string]any{"of": about.kind, "record": about.id, "purpose": about.reason}, which...)
}

func (t *tx) eraseLeaf(ctx context.Context, l audit.Leaf, which []int) error {
	if err := l.Commitments.Erase(l.Entry, which...); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE audit_entry SET address = $1, device = $2, detail = $3 WHERE tenant_id = $4 AND seq = $5",
		l.Entry.Address, l.Entry.Device, string(l.Entry.Detail), t.actor.Tenant, l.Seq); err != nil {
		return err
	}
	_, err := t.exec(ctx, "UPDATE audit_leaf SET salts = $1 WHERE tenant_id = $2 AND leaf = $3", l.Commitments.Bytes(), t.actor.Tenant, l.Index)
	return err
}

// RotateAuditKey puts another key before those that sign the log and signs the newest head with it; an
// entry names both. Those that were there go on signing until they are taken out of the file. A log
// whose key is lost gets another one in this way. Only the job setup may.
func (s *System) RotateAuditKey(ctx context.Context) (string, error) {
	if err := s.may(JobSetup); err != nil {
		return "", err
	}
	s.db.sealing.mu.Lock()
	defer s.db.sealing.mu.Unlock()
	added, err := s.db.addAuditKey()
	if err != nil {
		return "", err
	}
	keys, public, err := s.db.auditKeys()
	if err != nil {
		return "", err
	}
	tenant := s.actor.Tenant
	err = s.db.write(ctx, s.actor, op{name: "audit_key"}, func(t *tx) error {
		var before sql.NullString
		err := t.row(ctx, "SELECT keys FROM audit_log WHERE tenant_id = $1"+t.pick("", " FOR UPDATE"), tenant).Scan(&before)
		if err == sql.ErrNoRows {
			return neverSealed
		}
		if err != nil {
			return err
		}
		log, err := t.sealedLog(ctx, tenant)
		if err != nil {
			return err
		}
		if _, err := t.exec(ctx, "UPDATE audit_log SET keys = $1 WHERE tenant_id = $2", joinKeys(public.Texts(), log.keys), tenant); err != nil {
			return err
		}
		if err := t.signAgain(ctx, tenant, log, keys); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.KeyChanged, Kind: records.System, Detail: map[string]any{"key": added, "before": before.String}})
	})
	return added, err
}

// signAgain signs the newest head with other keys, as it stands.
func (t *tx) signAgain(ctx context.Context, tenant policy.ID, log sealedLog, keys audit.Keys) error {
	signed, err := t.newestHead(ctx, tenant)
	if err != nil || signed == "" {
		return err
	}
	head, err := audit.Unverified(signed)
	if err != nil || head.Size != log.size {
		return brokenLog
	}
	edge, err := t.edge(ctx, tenant, log.size)
	if err != nil || edge.Root() != head.Root {
		return brokenLog
	}
	if signed, err = head.Sign(keys); err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE audit_head SET note = $1 WHERE tenant_id = $2 AND size = $3", signed, tenant, head.Size)
	return err
}
