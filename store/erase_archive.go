package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"maps"
	"slices"

	"guan/audit"
	"guan/policy"
	"guan/records"
)

// What is to be erased may lie in archives. An erasure notes in which ones; the job retain then goes through each in
// steps, any of which can be the last before the process dies: the log names the entries in the archive that lose
// something; once that is sealed the archive is written anew, with the proof of it, read back and verified; its hash
// is noted with an entry; the file takes the place of the other; a later look finds it there, and the erasure is
// done. Each step looks at the file first: it is the old one or the new one, whatever died where.

// actedKind is the kind under which people stand whose address or device an archive holds.
const actedKind = ""

// namedPart is how many numbers of entries are looked up at once.
const namedPart = 5000

// ReplaceArchive writes an archive anew beside the one that is there, shows it to check as it was written, and puts
// it in the other's place only if nothing is wrong with it.
type ReplaceArchive func(file string, fill func(io.Writer) error, check func(io.Reader) error) error

// ArchiveErasure is an archive of which something is to be done: parts of it are to be erased, or it is not known
// which records it tells of.
type ArchiveErasure struct {
	File string

	from int64
}

// erasable are the records, by kind, about which an archive holds what could be erased.
type erasable map[string]map[int64]bool

func (a erasable) note(kind string, ids ...int64) {
	if a[kind] == nil {
		a[kind] = map[int64]bool{}
	}
	for _, id := range ids {
		a[kind][id] = true
	}
}

func (a erasable) see(e *audit.Stored) {
	if e.Kind != nil && e.Says(audit.PartDetail) {
		a.note(*e.Kind, e.Records...)
	}
	if e.Says(audit.PartAddress) || e.Says(audit.PartDevice) {
		for _, who := range []*int64{e.Actor, e.OnBehalf} {
			if who != nil {
				a.note(actedKind, *who)
			}
		}
	}
}

// lists are the records of each kind as their rows hold them. An archive always has the row of who acted.
func (a erasable) lists() map[string][]byte {
	out := map[string][]byte{actedKind: {}}
	for kind, ids := range a {
		out[kind] = audit.NewRecordList(slices.Collect(maps.Keys(ids))).Bytes()
	}
	return out
}

// dueErasure is an erasure that waits for an archive, and the numbers of the entries there that it takes parts of.
type dueErasure struct {
	erasure
	by               policy.ID
	named            bool
	details, origins []int64
}

func (d *dueErasure) see(e *audit.Stored) {
	if e.Kind != nil && *e.Kind == string(d.kind) && slices.Contains(e.Records, int64(d.id)) && e.Says(audit.PartDetail) {
		d.details = append(d.details, e.Seq)
	}
	is := func(who *int64) bool { return who != nil && *who == int64(d.id) }
	if d.kind == records.RefPerson && (is(e.Actor) || is(e.OnBehalf)) && (e.Says(audit.PartAddress) || e.Says(audit.PartDevice)) {
		d.origins = append(d.origins, e.Seq)
	}
}

func (d *dueErasure) done() bool { return len(d.details)+len(d.origins) == 0 }

// NextErasures lists the archives of which something is to be done. Only the job retain may.
func (s *System) NextErasures(ctx context.Context) ([]*ArchiveErasure, error) {
	if err := s.may(JobRetain); err != nil {
		return nil, err
	}
	var out []*ArchiveErasure
	err := s.db.read(ctx, func(t *rtx) error {
		return t.each(ctx, func(rows *sql.Rows) error {
			e := &ArchiveErasure{}
			err := rows.Scan(&e.from, &e.File)
			out = append(out, e)
			return err
		}, `SELECT a.from_leaf, a.file FROM audit_archive a WHERE a.tenant_id = $1 AND a.removed_leaf = a.until_leaf AND (
			EXISTS (SELECT 1 FROM audit_archive_erasure x WHERE x.tenant_id = $1 AND x.from_leaf = a.from_leaf)
			OR NOT EXISTS (SELECT 1 FROM audit_archive_record r WHERE r.tenant_id = $1 AND r.kind = '' AND r.from_leaf = a.from_leaf)) ORDER BY a.from_leaf`, s.actor.Tenant)
	})
	return out, err
}

// archiveRow is what the database says of an archive.
type archiveRow struct {
	Stretch
	next string // its hash once it is written anew
	due  []*dueErasure
}

func (t *rtx) archiveRow(ctx context.Context, tenant policy.ID, from int64) (*archiveRow, error) {
	a := &archiveRow{Stretch: Stretch{From: from}}
	err := t.row(ctx, "SELECT until_leaf, file, sha256, next_sha256 FROM audit_archive WHERE tenant_id = $1 AND from_leaf = $2", tenant, from).Scan(&a.Until, &a.File, &a.sha256, &a.next)
	if err != nil {
		return nil, err
	}
	err = t.each(ctx, func(rows *sql.Rows) error {
		d := &dueErasure{}
		err := rows.Scan(&d.kind, &d.id, &d.reason, &d.by, &d.named)
		a.due = append(a.due, d)
		return err
	}, "SELECT kind, record_id, purpose, ordered_by, named = 1 FROM audit_archive_erasure WHERE tenant_id = $1 AND from_leaf = $2 ORDER BY kind, record_id", tenant, from)
	return a, err
}

// EraseInArchive does the next step in an archive, and reports whether it did one: if not, it waits for the sealer.
// Only the job retain may. Faults: Internal (audit_archive), those of os.Open.
func (s *System) EraseInArchive(ctx context.Context, e *ArchiveErasure, open OpenArchive, replace ReplaceArchive) (bool, error) {
	if err := s.may(JobRetain); err != nil {
		return false, err
	}
	var a *archiveRow
	err := s.db.read(ctx, func(t *rtx) (err error) {
		a, err = t.archiveRow(ctx, s.actor.Tenant, e.from)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	in, err := open(a.File)
	if err != nil {
		return false, err
	}
	read, err := s.db.readBack(&a.Stretch, in, a.due)
	if err = errors.Join(err, in.Close()); err != nil {
		return false, err
	}
	switch {
	case a.next != "" && read.sum == a.next:
		return true, s.finishErasure(ctx, a, read)
	case read.sum != a.sha256:
		return false, badArchive.WithAt(a.File)
	case len(a.due) == 0:
		return true, s.db.maintain(ctx, func(t *tx) error {
			t.actor = s.actor
			return t.noteErasable(ctx, a.From, read.about)
		})
	case slices.ContainsFunc(a.due, func(d *dueErasure) bool { return !d.named }):
		return true, s.nameErasures(ctx, a)
	}
	return s.rewriteArchive(ctx, a, open, replace)
}

// archiveRead is what was found in an archive that holds what it should.
type archiveRead struct {
	sum   string
	size  int64
	about erasable
}

// readBack verifies an archive, and looks in it for what is to be erased.
func (db *DB) readBack(st *Stretch, in io.Reader, due []*dueErasure) (*archiveRead, error) {
	keys, err := db.AuditKeys()
	if err != nil {
		return nil, err
	}
	out := &archiveRead{about: erasable{}}
	report, err := out.read(in, keys, func(e *audit.Stored) {
		for _, d := range due {
			d.see(e)
		}
	})
	if err != nil {
		return nil, badArchive.WithAt(st.File).WithCause(err)
	}
	if !report.Whole() {
		return nil, badArchive.WithAt(st.File).WithCause(errors.New(report.Findings[0].String()))
	}
	if report.From != st.From || report.Size != st.Until || report.Archived > 0 {
		return nil, badArchive.WithAt(st.File)
	}
	return out, nil
}

// nameErasures writes into the log which entries in the archive lose what, before they do.
func (s *System) nameErasures(ctx context.Context, a *archiveRow) error {
	return s.db.write(ctx, s.actor, op{name: "audit_erase"}, func(t *tx) error {
		for _, d := range a.due {
			if d.named {
				continue
			}
			change := "UPDATE audit_archive_erasure SET named = 1"
			if d.done() { // nobody had looked into the archive yet, and it holds nothing
				change = "DELETE FROM audit_archive_erasure"
			}
			n, err := t.exec(ctx, change+" WHERE tenant_id = $1 AND from_leaf = $2 AND kind = $3 AND record_id = $4 AND named = 0", s.actor.Tenant, a.From, string(d.kind), d.id)
			if err == nil && n == 0 {
				err = ErrStretchElsewhere
			}
			if err != nil {
				return err
			}
			detail := map[string]any{"of": d.kind, "record": d.id, "purpose": d.reason, "file": a.File, "ordered_by": d.by}
			if err := t.nameErased(ctx, d.details, detail, audit.PartDetail); err != nil {
				return err
			}
			if err := t.nameErased(ctx, d.origins, detail, audit.PartAddress, audit.PartDevice); err != nil {
				return err
			}
			if d.done() {
				if err := t.audit(ctx, audit.Entry{Action: audit.PartsErased, Kind: auditErased, Detail: detail}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// nameErased says in the log which entries lose parts.
func (t *tx) nameErased(ctx context.Context, seqs []int64, detail map[string]any, which ...int) error {
	parts := make([]string, len(which))
	for i, part := range which {
		parts[i] = audit.PartNames[part]
	}
	for part := range slices.Chunk(seqs, erasePart) {
		if err := t.audit(ctx, audit.Entry{Action: audit.PartsErased, Kind: auditErased, Records: policyIDs(part), Fields: parts, Detail: detail}); err != nil {
			return err
		}
	}
	return nil
}

// rewriteArchive writes the archive anew without what the log says was erased.
func (s *System) rewriteArchive(ctx context.Context, a *archiveRow, open OpenArchive, replace ReplaceArchive) (bool, error) {
	tenant := s.actor.Tenant
	var seqs []int64
	for _, d := range a.due {
		seqs = append(append(seqs, d.details...), d.origins...)
	}
	proofs, err := s.db.proofsOfErasures(ctx, tenant, seqs)
	if errors.Is(err, openErasure) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	keys, err := s.db.AuditKeys()
	if err != nil {
		return false, err
	}
	err = replace(a.File, func(to io.Writer) error {
		in, err := open(a.File)
		if err != nil {
			return err
		}
		_, err = audit.EraseArchive(in, to, keys, proofs)
		return errors.Join(err, in.Close())
	}, func(in io.Reader) error {
		left := make([]*dueErasure, len(a.due))
		for i, d := range a.due {
			left[i] = &dueErasure{erasure: d.erasure}
		}
		read, err := s.db.readBack(&a.Stretch, in, left)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(left, func(d *dueErasure) bool { return !d.done() }) {
			return badArchive.WithAt(a.File).WithCause(errors.New("store: the log does not name what is to be erased"))
		}
		return s.db.write(ctx, s.actor, op{name: "audit_erase"}, func(t *tx) error {
			n, err := t.exec(ctx, "UPDATE audit_archive SET next_sha256 = $1, next_size = $2 WHERE tenant_id = $3 AND from_leaf = $4 AND sha256 = $5", read.sum, read.size, tenant, a.From, a.sha256)
			if err == nil && n == 0 {
				err = ErrStretchElsewhere
			}
			if err != nil {
				return err
			}
			return t.audit(ctx, audit.Entry{Action: audit.ArchiveErased, Detail: map[string]any{"from": a.From, "until": a.Until, "file": a.File, "sha256": read.sum, "before": a.sha256}})
		})
	})
	return err == nil, err
}

// finishErasure notes that the archive lies there as it was written anew.
func (s *System) finishErasure(ctx context.Context, a *archiveRow, read *archiveRead) error {
	return s.db.maintain(ctx, func(t *tx) error {
		t.actor = s.actor
		n, err := t.exec(ctx, "UPDATE audit_archive SET sha256 = next_sha256, size = next_size, next_sha256 = '', next_size = 0 WHERE tenant_id = $1 AND from_leaf = $2 AND next_sha256 = $3", s.actor.Tenant, a.From, read.sum)
		if err != nil || n == 0 {
			return err // another process was faster
		}
		for _, d := range a.due {
			if !d.named || !d.done() {
				continue
			}
			if _, err := t.exec(ctx, "DELETE FROM audit_archive_erasure WHERE tenant_id = $1 AND from_leaf = $2 AND kind = $3 AND record_id = $4 AND named = 1", s.actor.Tenant, a.From, string(d.kind), d.id); err != nil {
				return err
			}
		}
		return t.noteErasable(ctx, a.From, read.about)
	})
}

// noteErasable notes about which records an archive holds what could be erased.
func (t *tx) noteErasable(ctx context.Context, from int64, about erasable) error {
	tenant := t.actor.Tenant
	if _, err := t.exec(ctx, "DELETE FROM audit_archive_record WHERE tenant_id = $1 AND from_leaf = $2", tenant, from); err != nil {
		return err
	}
	lists := about.lists()
	for _, kind := range slices.Sorted(maps.Keys(lists)) {
		if _, err := t.exec(ctx, "INSERT INTO audit_archive_record (tenant_id, kind, from_leaf, records) VALUES ($1, $2, $3, $4)", tenant, kind, from, lists[kind]); err != nil {
			return err
		}
	}
	return nil
}

// archivesAbout are the first leaves of the archives in which something about a record could be erased, as far as it
// is known: of those that nobody looked into yet, each could.
func (t *rtx) archivesAbout(ctx context.Context, tenant policy.ID, kind policy.Kind, id policy.ID) ([]int64, error) {
	found, known := map[int64]bool{}, map[int64]bool{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var of string
		var from int64
		var list []byte
		if err := rows.Scan(&of, &from, &list); err != nil {
			return err
		}
		if of == actedKind {
			known[from] = true
			if kind != records.RefPerson {
				return nil
			}
		}
		ids, err := audit.ParseRecordList(list)
		if _, is := slices.BinarySearch(ids, int64(id)); is {
			found[from] = true
		}
		return err
	}, "SELECT kind, from_leaf, records FROM audit_archive_record WHERE tenant_id = $1 AND kind IN ($2, '')", tenant, string(kind))
	if err != nil {
		return nil, err
	}
	archives, err := t.auditArchives(ctx, tenant)
	for _, a := range archives {
		if !known[a.From] {
			found[a.From] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), err
}

// orderErasures notes in which archives something about a record has to be erased, and says so in the log. It
// returns how many these are, and leaves out those of which that is noted already.
func (t *tx) orderErasures(ctx context.Context, about erasure) (int, error) {
	archives, err := t.archivesAbout(ctx, t.actor.Tenant, about.kind, about.id)
	if err != nil {
		return 0, err
	}
	ordered := 0
	for _, from := range archives {
		n, err := t.exec(ctx, "INSERT INTO audit_archive_erasure (tenant_id, from_leaf, kind, record_id, purpose, ordered_by) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
			t.actor.Tenant, from, string(about.kind), about.id, about.reason, t.actor.Person)
		if err != nil {
			return 0, err
		}
		ordered += int(n)
	}
	if ordered == 0 {
		return 0, nil
	}
	return ordered, t.audit(ctx, audit.Entry{Action: audit.PartsErased, Kind: auditErased,
		Detail: map[string]any{"of": about.kind, "record": about.id, "purpose": about.reason, "archives": ordered}})
}

// ProveErasures proves the entries that say what was erased of others, or all that say what was erased where none are
// named. Only the job setup may. Faults: Conflict (audit_unsealed).
func (s *System) ProveErasures(ctx context.Context, of []int64) ([]*audit.Proof, error) {
	if err := s.may(JobSetup); err != nil {
		return nil, err
	}
	return s.db.proofsOfErasures(ctx, s.actor.Tenant, of)
}

func (db *DB) proofsOfErasures(ctx context.Context, tenant policy.ID, of []int64) ([]*audit.Proof, error) {
	var out []*audit.Proof
	err := db.read(ctx, func(t *rtx) error {
		out = nil
		var open bool
		if err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.db.pending()+" WHERE p.tenant_id = $1 AND e.action = $2)", tenant, string(audit.PartsErased)).Scan(&open); err != nil {
			return err
		}
		if open {
			return openErasure
		}
		signed, err := t.newestHead(ctx, tenant)
		if err != nil || signed == "" {
			return err
		}
		head, err := audit.Unverified(signed)
		if err != nil {
			return brokenLog.WithCause(err)
		}
		prove := func(where string, args ...any) error {
			leaves, err := t.leaves(ctx, tenant, "e.action = 'audit_erased' AND "+where+" ORDER BY l.leaf", args...)
			for _, l := range leaves {
				if slices.ContainsFunc(out, func(p *audit.Proof) bool { return p.Entry.Seq == l.Seq }) {
					continue
				}
				var p *audit.Proof
				if p, err = t.proofOf(ctx, tenant, signed, head.Size, l); err != nil {
					break
				}
				out = append(out, p)
			}
			return err
		}
		if of == nil {
			return prove(auditSeldom)
		}
		for part := range slices.Chunk(of, namedPart) {
			err := prove("l.seq IN (SELECT a.seq FROM audit_record a WHERE a.tenant_id = $1 AND a.kind = 'audit' AND a.record_id IN "+t.listed(2)+")", idList(policyIDs(part)))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func policyIDs(numbers []int64) []policy.ID {
	out := make([]policy.ID, len(numbers))
	for i, n := range numbers {
		out[i] = policy.ID(n)
	}
	return out
}
