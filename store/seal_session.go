package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// AuditSeal says how far the audit log is sealed and when it was last verified.
type AuditSeal struct {
	Origin  string      `json:"origin,omitempty"`
	Size    int64       `json:"size"`            // entries that are sealed
	Root    string      `json:"root,omitempty"`  // the hash of all of them
	At      *time.Time  `json:"at,omitempty"`    // when that was signed
	Waiting int64       `json:"waiting"`         // entries that are not sealed yet
	Since   *time.Time  `json:"since,omitempty"` // of the oldest of them
	Late    bool        `json:"late"`            // it waits longer than it should
	Keys    []SealKey   `json:"keys"`            // that sign it, the newest first
	Check   *AuditCheck `json:"check,omitempty"` // the last one, or the one under way
	Takes   bool        `json:"takes"`           // who asks may take the log away as an archive
}

// SealKey is a public key.
type SealKey struct {
	Text        string `json:"text"`
	Fingerprint string `json:"fingerprint"`
}

// AuditCheck is a verification of the whole log.
type AuditCheck struct {
	ID         policy.ID     `json:"id"`
	Status     WorkStatus    `json:"status"`
	By         *Name         `json:"by,omitempty"`
	Looked     int64         `json:"looked"`
	Total      int64         `json:"total"`
	CreatedAt  time.Time     `json:"created_at"`
	FinishedAt *time.Time    `json:"finished_at,omitempty"`
	Report     *audit.Report `json:"report,omitempty"` // once it is done
	Problem    *Trouble      `json:"problem,omitempty"`
}

// sealLate is how long an entry may wait before who looks at the log is told that sealing is behind.
const sealLate = 30 * time.Second

// AuditSeal shows how far the log is sealed. It takes the right audit. Faults: Denied.
func (s *Session) AuditSeal(ctx context.Context) (*AuditSeal, error) {
	var out *AuditSeal
	err := s.oversee(ctx, "audit_seal", func(t *rtx, v *view) error {
		out = &AuditSeal{Keys: []SealKey{}, Takes: v.seesKept()}
		log, err := t.sealedLog(ctx, v.tenant)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		signed, err := t.newestHead(ctx, v.tenant)
		if err != nil {
			return err
		}
		out.Origin, out.Size = log.origin, log.size
		if head, err := audit.Unverified(signed); err == nil {
			out.Root, out.At = head.Root.String(), &head.At
		}
		if keys, err := audit.ParsePublicKeys(log.keys); err == nil {
			for _, key := range keys {
				out.Keys = append(out.Keys, SealKey{key.Text, key.Fingerprint()})
			}
		}
		var since *int64
		err = t.row(ctx, "SELECT count(*), min(e.at) FROM "+t.db.pending()+" WHERE p.tenant_id = $1", v.tenant).Scan(&out.Waiting, &since)
		if err != nil {
			return err
		}
		out.Since = instant(since)
		out.Late = out.Since != nil && t.now.Sub(*out.Since) > sealLate
		out.Check, err = t.lastCheck(ctx, v.tenant)
		return err
	}, "audit")
	if err != nil {
		return nil, err
	}
	return out, nil
}

// lastCheck is the last verification that anybody asked for; nil when nobody did.
func (t *rtx) lastCheck(ctx context.Context, tenant policy.ID) (*AuditCheck, error) {
	var by Name
	w, err := scanWork(t.row(ctx, "SELECT "+workColumns+`, job.person_id, (SELECT p.name FROM person p WHERE p.tenant_id = job.tenant_id AND p.id = job.person_id)
		FROM job WHERE tenant_id = $1 AND type = $2 ORDER BY created_at DESC, id DESC LIMIT 1`, tenant, string(AuditWork)).Scan, &by.ID, &by.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if tally, under := t.db.working.tally(w.ID); under && w.Status == Running {
		w.Tally = tally
	}
	return &AuditCheck{ID: w.ID, Status: w.Status, By: &by, Looked: w.Tally.Rows, Total: w.Order.Rows, CreatedAt: w.CreatedAt, FinishedAt: w.FinishedAt,
		Report: w.Order.Check, Problem: w.Problem}, nil
}

// OrderAuditCheck asks for a verification of the whole log in the background. While one is under way
// there is no other. It takes the right audit. Faults: Denied, Locked.
func (s *Session) OrderAuditCheck(ctx context.Context) (*AuditCheck, error) {
	var size int64
	var under *AuditCheck
	err := s.oversee(ctx, "audit_check", func(t *rtx, v *view) error {
		log, err := t.sealedLog(ctx, v.tenant)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		size = log.size
		under, err = t.lastCheck(ctx, v.tenant)
		return err
	}, "audit")
	if err != nil {
		return nil, err
	}
	if under == nil || under.Status != Queued && under.Status != Running {
		if _, err := s.order(ctx, AuditWork, "", Order{Rows: size}); err != nil {
			return nil, err
		}
		if under, err = s.db.single().lastCheck(ctx, s.actor.Tenant); err != nil {
			return nil, s.db.fault(err)
		}
	}
	return under, nil
}

// RunAuditCheck verifies the log as the work that was ordered, and those archives that open finds. Its report
// stands in the order.
func (s *Session) RunAuditCheck(ctx context.Context, claim *Claim, open OpenArchive) error {
	by, err := s.overseer(ctx, "audit_check", "audit")
	if err != nil {
		return err
	}
	keys, err := s.db.AuditKeys()
	if err != nil {
		return err
	}
	report, err := s.db.verifyAudit(ctx, s.actor.Tenant, keys, nil, func(n int64) { claim.Count(Tally{Rows: n}) })
	if err == nil {
		err = s.db.checkArchives(ctx, s.actor.Tenant, keys, open, false, report)
	}
	if err != nil {
		return err
	}
	claim.Order.Check = report
	return s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Checked, Rules: by, Detail: map[string]any{"entries": report.Size, "findings": len(report.Findings) + report.More}})
}

// WriteAuditArchive writes the sealed log into an archive that verifies by itself. It takes the right
// audit and, since an archive tells what fields were and became and would not verify without, that the actor sees
// those fields on every record. It stands in the log before the first byte leaves. Faults: Denied (right,
// audit_archive_fields), NotFound (audit_unsealed).
func (s *Session) WriteAuditArchive(ctx context.Context, to io.Writer) error {
	var by []string
	err := s.oversee(ctx, "audit_archive", func(t *rtx, v *view) error {
		by = v.by
		if !v.seesKept() {
			return archiveTells
		}
		_, err := t.sealedLog(ctx, v.tenant)
		if errors.Is(err, sql.ErrNoRows) {
			err = neverSealed
		}
		return err
	}, "audit")
	if err = s.declined(ctx, "audit_archive", err); err != nil {
		return err
	}
	if err := s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.Archived, Rules: by}); err != nil {
		return err
	}
	_, err = s.db.writeArchive(ctx, s.actor.Tenant, to)
	return err
}

var archiveTells = said(fault.Denied, "audit_archive_fields", "归档文件中有您无权查看的字段的旧值和新值，请由能查看全部记录基本信息的审计人员下载",
	"an archive tells the old and new values of fields that you may not see: let an auditor take it who sees the general information of every record")

// seesKept reports whether the actor sees every field of which entries keep values, on every record. A record that was
// merged into another is hidden from everybody.
func (v *view) seesKept() bool {
	for _, kind := range v.catalog.Kinds() {
		read, schema := v.bound.Reduce(policy.Read, kind.Name), v.catalog.Schema().Kind(kind.Name)
		shows := func(levels []policy.Level) bool {
			return !slices.ContainsFunc(schema.Fields, func(f *policy.Field) bool {
				return f.Class == policy.General && !f.Encrypted && policy.Outcome{Allowed: true, Levels: levels}.Level(f) != policy.Plain
			})
		}
		open := slices.ContainsFunc(read.Branches, func(b *policy.Branch) bool { return b.Always() && shows(b.Levels) })
		barred := slices.ContainsFunc(read.Bars, func(b *policy.Bar) bool {
			return slices.ContainsFunc(b.Rules, func(i int) bool { return v.bound.Ruleset().Rule(i).Origin.Type != access.FromMerge })
		})
		if !open || barred || slices.ContainsFunc(read.Guards, func(b *policy.Bar) bool { return !shows(b.Caps) }) {
			return false
		}
	}
	return true
}
