package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// A stretch of old leaves goes into an archive in steps, each of which can be the last before the process dies:
// the file is written; it is read back and verified, and in one transaction with its entry the stretch is noted
// as lying there; then its entries are removed part by part. Before the note the database has everything, after
// it the file has: until the last part is removed both do.

const retainMost = 100_000 // leaves of one archive

// retainPart is how many leaves lose their entries in one transaction; tests take fewer.
var retainPart int64 = 1000

// OpenArchive opens an archive by the name of its file, as it was written. Faults: those of os.Open.
type OpenArchive func(file string) (io.ReadCloser, error)

// Stretch is a part of the log on its way into an archive.
type Stretch struct {
	From, Until int64
	File        string

	days           int       // of the term
	by             policy.ID // who set it
	erasures       int64     // the newest erasure before it was written
	first, last    int64     // instants of its entries
	kept, verified bool
	removed        int64
	sha256         string
}

// Kept reports whether the archive is written and noted, so that entries are left to be removed.
func (s *Stretch) Kept() bool { return s.kept }

var (
	// ErrStretchElsewhere says that another process was faster, or that the log has changed meanwhile: what was
	// written is of no use.
	ErrStretchElsewhere = errors.New("store: another process archived these entries")

	tooYoung     = fault.New(fault.Internal, "audit_young", "an entry of the audit log is too young to be archived; nothing was removed")
	badArchive   = fault.New(fault.Internal, "audit_archive", "an archive of the audit log does not verify; nothing more is removed")
	notRemovable = fault.New(fault.Internal, "audit_removed", "entries of an archived stretch are not those that were archived: run guan audit verify")
	beingMoved   = fault.New(fault.Conflict, "audit_moving", "some of these entries are on their way into an archive: try again in a minute")
)

// NextStretch says what has to be archived, or removed, next; nil when there is nothing. Only the job retain may.
// Faults: Conflict (retention_unlogged).
func (s *System) NextStretch(ctx context.Context) (*Stretch, error) {
	if err := s.may(JobRetain); err != nil {
		return nil, err
	}
	var out *Stretch
	err := s.db.read(ctx, func(t *rtx) (err error) {
		out, err = t.nextStretch(ctx, s.actor.Tenant)
		return err
	})
	return out, err
}

func (t *rtx) nextStretch(ctx context.Context, tenant policy.ID) (*Stretch, error) {
	archives, err := t.auditArchives(ctx, tenant)
	if err != nil {
		return nil, err
	}
	var from int64
	if len(archives) > 0 {
		last := archives[0]
		if !last.Removed {
			return &Stretch{From: last.From, Until: last.Until, File: last.File, kept: true, removed: last.removed, sha256: last.SHA256}, nil
		}
		from = last.Until
	}
	d, _, err := t.retention(ctx, tenant)
	if err != nil || d.Days == 0 {
		return nil, err
	}
	if err := t.retentionHolds(ctx, tenant, d, archivedAt(archives)); err != nil {
		return nil, err
	}
	cutoff := t.now.Add(-time.Duration(max(d.Days, retentionLeast)) * day)
	until, err := t.headAt(ctx, tenant, cutoff)
	if err != nil || until <= from {
		return nil, err
	}
	var oldest int64
	err = t.row(ctx, "SELECT e.at FROM audit_leaf l JOIN audit_entry e ON e.tenant_id = l.tenant_id AND e.seq = l.seq WHERE l.tenant_id = $1 AND l.leaf = $2", tenant, from).Scan(&oldest)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, brokenLog
	}
	if err != nil || time.UnixMicro(oldest).After(cutoff.Add(-retentionBatch)) && until-from < retainMost {
		return nil, err
	}
	read, err := t.leavesRead(ctx, tenant)
	if err != nil {
		return nil, err
	}
	// A stretch ends with a head.
	err = t.row(ctx, "SELECT coalesce(max(size), 0) FROM audit_head WHERE tenant_id = $1 AND size <= $2", tenant, min(until, from+retainMost, read)).Scan(&until)
	if err != nil || until <= from {
		return nil, err
	}
	file := fmt.Sprintf("audit-%d-%d-%d-%s.jsonl", tenant, from, until, strings.ToLower(rand.Text()[:8]))
	return &Stretch{From: from, Until: until, File: file, removed: from, days: d.Days, by: d.By}, nil
}

// headAt is the size of the newest head that is not of after an instant, by halving.
func (t *rtx) headAt(ctx context.Context, tenant policy.ID, at time.Time) (int64, error) {
	var low, high int64 // the head sought has a size in [low, high]
	if err := t.row(ctx, "SELECT coalesce(max(size), 0) FROM audit_head WHERE tenant_id = $1", tenant).Scan(&high); err != nil {
		return 0, err
	}
	for low < high {
		middle := low + (high-low+1)/2
		var size, then int64
		err := t.row(ctx, "SELECT size, at FROM audit_head WHERE tenant_id = $1 AND size >= $2 ORDER BY size LIMIT 1", tenant, middle).Scan(&size, &then)
		switch {
		case err != nil:
			return 0, err
		case then <= at.UnixMicro():
			low = size
		default:
			high = middle - 1
		}
	}
	return low, nil
}

// leavesRead is how far those have read who read the log behind the sealer.
func (t *rtx) leavesRead(ctx context.Context, tenant policy.ID) (leaf int64, err error) {
	err = t.row(ctx, "SELECT min(leaf) FROM ("+t.logReaders()+") p", tenant).Scan(&leaf)
	return leaf, err
}

// logReaders is a statement for who reads the log behind the sealer, and the leaf that each reads next: the watcher, and
// the stream of events where it is on. The tenant is its first argument.
func (t *rtx) logReaders() string {
	return `SELECT 'watch' AS reader, coalesce((SELECT leaf FROM watch_position WHERE tenant_id = $1), 0) AS leaf
		UNION ALL SELECT 'stream', leaf FROM siem WHERE tenant_id = $1 AND ` + t.pick("document->>'$.on' = 1", "document->>'on' = 'true'")
}

// WriteStretch writes the archive of a stretch. No entry younger than 180 days stands in one, whatever the
// database says of the term. Only the job retain may.
func (s *System) WriteStretch(ctx context.Context, st *Stretch, to io.Writer) error {
	if err := s.may(JobRetain); err != nil {
		return err
	}
	tenant := s.actor.Tenant
	var w *audit.ArchiveWriter
	err := s.db.read(ctx, func(t *rtx) (err error) {
		if st.erasures, err = t.newestErasure(ctx, tenant); err != nil {
			return err
		}
		w, err = t.beginArchive(ctx, tenant, to, st.From, st.Until)
		return err
	})
	if err != nil {
		return err
	}
	erased := map[int64]bool{}
	err = s.db.walkLog(ctx, tenant, st.From, st.Until, func(t *rtx, heads []keptHead, leaves []audit.Leaf) error {
		for _, head := range heads {
			if err := w.Head(head.signed); err != nil {
				return err
			}
		}
		for _, l := range leaves {
			if l.Entry == nil {
				return brokenLog
			}
			if t.now.Sub(time.UnixMicro(l.Entry.At)) < audit.Least {
				return tooYoung
			}
			if st.first == 0 {
				st.first = l.Entry.At
			}
			st.first, st.last = min(st.first, l.Entry.At), max(st.last, l.Entry.At)
			if len(l.Commitments.Erased()) > 0 {
				erased[l.Seq] = true
			}
			if err := w.Leaf(l); err != nil {
				return err
			}
		}
		return nil
	}, func(t *rtx) error { return t.excuses(ctx, tenant, erased, st.Until, w) })
	if err != nil {
		return err
	}
	return w.End(st.Until)
}

// beginArchive begins an archive that has the leaves from one on; until is 0 where it has all that there are.
func (t *rtx) beginArchive(ctx context.Context, tenant policy.ID, to io.Writer, from, until int64) (*audit.ArchiveWriter, error) {
	log, err := t.sealedLog(ctx, tenant)
	if errors.Is(err, sql.ErrNoRows) {
		err = neverSealed
	}
	if err != nil {
		return nil, err
	}
	p := audit.Preface{Origin: log.origin, Keys: strings.Fields(log.keys), From: from, Until: until}
	if from > 0 {
		if err := t.row(ctx, "SELECT note FROM audit_head WHERE tenant_id = $1 AND size = $2", tenant, from).Scan(&p.Head); err != nil {
			return nil, brokenLog.WithCause(err)
		}
		edge, err := t.edge(ctx, tenant, from)
		if err != nil {
			return nil, err
		}
		p.Edge = audit.JoinHashes(edge)
	}
	return audit.NewArchive(to, p)
}

// newestErasure is the number of the newest entry of an erasure.
func (t *rtx) newestErasure(ctx context.Context, tenant policy.ID) (seq int64, err error) {
	err = t.row(ctx, "SELECT coalesce(max(e.seq), 0) FROM audit_entry e WHERE e.tenant_id = $1 AND e.action = 'audit_erased' AND "+auditSeldom, tenant).Scan(&seq)
	return seq, err
}

// excuses writes the proofs of those entries behind an archive that say what was erased of leaves in it.
func (t *rtx) excuses(ctx context.Context, tenant policy.ID, erased map[int64]bool, until int64, w *audit.ArchiveWriter) error {
	if len(erased) == 0 {
		return nil
	}
	leaves, err := t.leaves(ctx, tenant, "l.leaf >= $2 AND e.action = 'audit_erased' ORDER BY l.leaf", until)
	if err != nil || len(leaves) == 0 {
		return err
	}
	signed, err := t.newestHead(ctx, tenant)
	if err != nil {
		return err
	}
	head, err := audit.Unverified(signed)
	if err != nil {
		return brokenLog.WithCause(err)
	}
	for _, l := range leaves {
		for _, seq := range l.Entry.Records {
			if !erased[seq] {
				continue
			}
			p, err := t.proofOf(ctx, tenant, signed, head.Size, l)
			if err == nil {
				err = w.Excuse(p)
			}
			if err != nil {
				return err
			}
			break
		}
	}
	return nil
}

func (t *rtx) proofOf(ctx context.Context, tenant policy.ID, signed string, size int64, l audit.Leaf) (*audit.Proof, error) {
	p := &audit.Proof{Head: signed, Leaf: &l.Index, Entry: l.Entry, Salts: l.Commitments.Bytes()}
	var err error
	p.Path, err = tlog.ProveRecord(size, l.Index, treeHashes{ctx, t, tenant})
	return p, err
}

// verifyStretch reads an archive and reports whether it holds the stretch, and what is to be known of it.
func (db *DB) verifyStretch(st *Stretch, open OpenArchive) (*archiveRead, error) {
	in, err := open(st.File)
	if err != nil {
		return nil, badArchive.WithAt(st.File).WithCause(err)
	}
	defer in.Close()
	read, err := db.readBack(st, in, nil)
	if err == nil && st.sha256 != "" && read.sum != st.sha256 {
		err = badArchive.WithAt(st.File)
	}
	return read, err
}

// read verifies an archive, and notes its hash and what it tells of on the way.
func (a *archiveRead) read(in io.Reader, keys audit.PublicKeys, visit func(*audit.Stored)) (*audit.Report, error) {
	hash := &counting{Hash: sha256.New()}
	report, err := audit.ReadArchive(io.TeeReader(in, hash), keys, nil, func(l audit.Leaf) {
		a.about.see(l.Entry)
		visit(l.Entry)
	})
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(hash, in) // what stands behind a place where the checker gave up
	a.sum, a.size = hex.EncodeToString(hash.Sum(nil)), hash.n
	return report, err
}

// KeepStretch notes that a stretch lies in its archive, with an entry, once it has read the file back and
// verified it. Only the job retain may. Faults: Internal (audit_archive); ErrStretchElsewhere.
func (s *System) KeepStretch(ctx context.Context, st *Stretch, open OpenArchive) error {
	if err := s.may(JobRetain); err != nil {
		return err
	}
	read, err := s.db.verifyStretch(st, open)
	if err != nil {
		return err
	}
	tenant := s.actor.Tenant
	err = s.db.write(ctx, s.actor, op{name: "audit_retain"}, func(t *tx) error {
		if err := t.holdLog(ctx); err != nil {
			return err
		}
		// Who removes files that no row names holds the log too.
		if err := stillThere(st.File, open); err != nil {
			return err
		}
		now, err := t.nextStretch(ctx, tenant)
		if err != nil {
			return err
		}
		erasures, err := t.newestErasure(ctx, tenant)
		if err != nil {
			return err
		}
		if now == nil || now.kept || now.From != st.From || erasures != st.erasures || t.now.Sub(time.UnixMicro(st.last)) < audit.Least {
			return ErrStretchElsewhere
		}
		if _, err := t.exec(ctx, `INSERT INTO audit_archive (tenant_id, from_leaf, until_leaf, removed_leaf, from_at, until_at, file, sha256, size, created_at)
			VALUES ($1, $2, $3, $2, $4, $5, $6, $7, $8, $9)`, tenant, st.From, st.Until, st.first, st.last, st.File, read.sum, read.size, t.nowMicros()); err != nil {
			return err
		}
		if err := t.noteErasable(ctx, st.From, read.about); err != nil {
			return err
		}
		said := audit.MovedDetail{From: st.From, Until: st.Until, File: st.File, SHA256: read.sum, Days: st.days, SetBy: st.by.String()}
		return t.audit(ctx, audit.Entry{Action: audit.Moved, Detail: said.Map()})
	})
	if err == nil {
		st.kept, st.verified, st.sha256 = true, true, read.sum
	}
	return err
}

// holdLog keeps others who take entries or parts of them out of the log waiting until the commit.
func (t *tx) holdLog(ctx context.Context) error {
	_, err := t.exec(ctx, "UPDATE audit_log SET size = size WHERE tenant_id = $1", t.actor.Tenant)
	return err
}

// RemoveStretch removes a part of the entries of a stretch that lies in an archive, and reports whether there
// are more. A process that has not read the archive itself reads it first. Only the job retain may. Faults:
// Internal (audit_archive, audit_removed).
func (s *System) RemoveStretch(ctx context.Context, st *Stretch, open OpenArchive) (more bool, err error) {
	if err := s.may(JobRetain); err != nil {
		return false, err
	}
	if !st.kept {
		return false, badArchive
	}
	if !st.verified {
		if _, err := s.db.verifyStretch(st, open); err != nil {
			return true, err
		}
		st.verified = true
	}
	until := min(st.removed+retainPart, st.Until)
	err = s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		return t.removeLeaves(ctx, st, until)
	})
	if err != nil {
		return true, err
	}
	st.removed = until
	return until < st.Until, nil
}

func (t *tx) removeLeaves(ctx context.Context, st *Stretch, until int64) error {
	tenant := t.actor.Tenant
	n, err := t.exec(ctx, "UPDATE audit_archive SET removed_leaf = $1 WHERE tenant_id = $2 AND from_leaf = $3 AND removed_leaf = $4", until, tenant, st.From, st.removed)
	if err == nil && n == 0 {
		err = ErrStretchElsewhere
	}
	if err != nil {
		return err
	}
	leaves, err := t.leaves(ctx, tenant, "l.leaf >= $2 AND l.leaf < $3 ORDER BY l.leaf", st.removed, until)
	if err != nil {
		return err
	}
	var touched []indexed
	seqs := make([]policy.ID, 0, len(leaves))
	for _, l := range leaves {
		if l.Entry == nil || l.Broken != "" {
			return notRemovable
		}
		seqs = append(seqs, policy.ID(l.Seq))
		if l.Entry.Kind != nil {
			for _, id := range l.Entry.Records {
				touched = append(touched, indexed{Kind: *l.Entry.Kind, Record: id, Seq: l.Seq})
			}
		}
	}
	n, err = t.exec(ctx, "DELETE FROM audit_entry WHERE tenant_id = $1 AND seq IN "+t.listed(2)+" AND at <= $3", tenant, idList(seqs), t.now.Add(-audit.Least).UnixMicro())
	if err == nil && n != until-st.removed {
		err = notRemovable
	}
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, "UPDATE audit_leaf SET records = "+t.pick("x''", "''::bytea")+", salts = "+t.pick("x''", "''::bytea")+" WHERE tenant_id = $1 AND leaf >= $2 AND leaf < $3",
		tenant, st.removed, until); err != nil {
		return err
	}
	for len(touched) > 0 {
		n := min(len(touched), unindexPart)
		if err := t.unindex(ctx, tenant, touched[:n]); err != nil {
			return err
		}
		touched = touched[n:]
	}
	return nil
}

const unindexPart = 20_000

// unindex takes rows out of audit_record.
func (t *tx) unindex(ctx context.Context, tenant policy.ID, rows []indexed) error {
	list, err := jsonText(rows)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, t.pick(
		"DELETE FROM audit_record WHERE tenant_id = $1 AND (kind, record_id, seq) IN (SELECT json_extract(value, '$.k'), json_extract(value, '$.r'), json_extract(value, '$.s') FROM json_each($2))",
		"DELETE FROM audit_record a USING jsonb_to_recordset($2::jsonb) AS w (k text, r bigint, s bigint) WHERE a.tenant_id = $1 AND a.kind = w.k AND a.record_id = w.r AND a.seq = w.s"), tenant, list)
	return err
}

// archivedBefore is the leaf below which entries lie in archives, or are on their way, and the instant of the
// youngest of them.
func (t *rtx) archivedBefore(ctx context.Context, tenant policy.ID) (leaf int64, at *time.Time, err error) {
	var micros *int64
	err = t.row(ctx, "SELECT coalesce(max(until_leaf), 0), max(until_at) FROM audit_archive WHERE tenant_id = $1", tenant).Scan(&leaf, &micros)
	return leaf, instant(micros), err
}
