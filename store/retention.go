package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// How long entries of the audit log stay in the database is the company's to say; what is older goes into
// archives (store/retain.go). A shorter term waits: whoever could set it should not be able to make the tracks
// of today vanish before the others who audit have had the time to object.

const (
	retentionLeast = 180      // days, whatever is set
	retentionMost  = 10 * 365 // days
	retentionWaits = 7 * day  // of a shorter term, before it holds
	retentionBatch = 7 * day  // of entries at least go into one archive
	day            = 24 * time.Hour
)

var (
	retentionDays = said(fault.Invalid, "retention_days", "保存期限在 180 天到 10 年之间,或者全部保留", "entries stay for 180 days to 10 years, or for good")
	retentionSame = said(fault.Conflict, "retention_same", "已经是这个期限", "the term is that already")
	// retentionFalse is the state in which nothing is archived any more.
	retentionFalse = fault.New(fault.Conflict, "retention_unlogged", "how long entries of the audit log stay is not what the log says was set: set it anew")
)

// retentionDocument is what the company has set. 0 days: everything stays.
type retentionDocument struct {
	Days  int              `json:"days"`
	By    policy.ID        `json:"by,omitempty"`
	SetAt time.Time        `json:"set_at,omitzero"`
	Next  *retentionChange `json:"next,omitempty"` // a shorter term that waits
}

type retentionChange struct {
	Days  int       `json:"days"`
	By    policy.ID `json:"by"`
	SetAt time.Time `json:"set_at"`
	From  time.Time `json:"from"`
}

// inForce is what holds at an instant.
func (d retentionDocument) inForce(now time.Time) retentionDocument {
	if d.Next != nil && !now.Before(d.Next.From) {
		return retentionDocument{Days: d.Next.Days, By: d.Next.By, SetAt: d.Next.SetAt}
	}
	return d
}

func (t *rtx) retention(ctx context.Context, tenant policy.ID) (retentionDocument, int64, error) {
	var d retentionDocument
	version, err := t.companySettings(ctx, "audit_retention", tenant, &d)
	return d.inForce(t.now), version, err
}

// retentionSaid is what an entry says of the setting.
type retentionSaid struct {
	Days   int       `json:"days"`
	Before int       `json:"before"`
	From   time.Time `json:"from"`
}

// retentionHolds reports whether the setting is what the newest entry about it says. That entry may itself lie
// in an archive, when it is as old.
func (t *rtx) retentionHolds(ctx context.Context, tenant policy.ID, d retentionDocument, archived time.Time) error {
	var at int64
	var detail []byte
	err := t.row(ctx, "SELECT e.at, e.detail FROM audit_entry e WHERE e.tenant_id = $1 AND e.action = 'audit_retention' AND "+auditSeldom+" ORDER BY e.seq DESC LIMIT 1", tenant).Scan(&at, &detail)
	if errors.Is(err, sql.ErrNoRows) {
		if d.SetAt.Before(archived) {
			return nil
		}
		return retentionFalse
	}
	var s retentionSaid
	if err == nil {
		err = json.Unmarshal(detail, &s)
	}
	if err != nil {
		return err
	}
	shorter := shortens(s.Before, s.Days)
	if days := map[bool]int{true: s.Before, false: s.Days}[shorter && t.now.Before(s.From)]; days != d.Days || shorter && s.From.Sub(time.UnixMicro(at)) < retentionWaits {
		return retentionFalse
	}
	return nil
}

// shortens reports whether entries would leave earlier.
func shortens(from, to int) bool { return to != 0 && (from == 0 || to < from) }

// Retention says how long entries stay and what lies in archives.
type Retention struct {
	Version  int64         `json:"version"`
	Days     int           `json:"days"` // 0: all entries stay
	By       *Name         `json:"by,omitempty"`
	SetAt    *time.Time    `json:"set_at,omitempty"`
	Next     *NextTerm     `json:"next,omitempty"`   // a shorter term that waits
	Oldest   *time.Time    `json:"oldest,omitempty"` // of the entries in the database
	Moves    *NextMove     `json:"moves,omitempty"`  // what happens next by itself
	Held     string        `json:"held,omitempty"`   // why nothing more is archived: retention_unlogged, or the reader of the log that has not read what is due yet: watch, stream
	Archives []AuditFolder `json:"archives"`         // the newest first
	Least    int           `json:"least"`
	Most     int           `json:"most"`
	Waits    int           `json:"waits"` // days, of a shorter term
	Batch    int           `json:"batch"` // days of entries that go into one archive at least
	Takes    bool          `json:"takes"` // who asks may take archives away
}

// NextTerm is a shorter term that waits.
type NextTerm struct {
	Days  int       `json:"days"`
	By    *Name     `json:"by,omitempty"`
	SetAt time.Time `json:"set_at"`
	From  time.Time `json:"from"`
	Moves *NextMove `json:"moves,omitempty"`
}

// NextMove is when entries go into an archive next, and those of before when.
type NextMove struct {
	At     time.Time `json:"at"`
	Before time.Time `json:"before"`
}

// AuditFolder is a stretch of the log that lies in an archive.
type AuditFolder struct {
	From      int64     `json:"from"` // the first leaf
	Until     int64     `json:"until"`
	FromAt    time.Time `json:"from_at"`
	UntilAt   time.Time `json:"until_at"`
	File      string    `json:"file"`
	SHA256    string    `json:"sha256"`
	Size      int64     `json:"size"`
	CreatedAt time.Time `json:"created_at"`
	Removed   bool      `json:"removed"`            // its entries have left the database
	Erasures  int       `json:"erasures,omitempty"` // that wait for it to be written anew

	removed int64
	next    string // its hash once it is written anew
}

// AuditRetention shows how long entries stay. It takes the right audit. Faults: Denied.
func (s *Session) AuditRetention(ctx context.Context) (*Retention, error) {
	var out *Retention
	var by []string
	err := s.oversee(ctx, "audit_retention", func(t *rtx, v *view) (err error) {
		by = v.by
		out, err = t.retentionShown(ctx, v)
		return err
	}, "audit")
	if err != nil {
		return nil, err
	}
	return out, s.db.auditRead(ctx, s.actor, audit.Entry{Action: audit.List, Rules: by, Detail: map[string]any{"of": "audit_retention"}})
}

func (t *rtx) retentionShown(ctx context.Context, v *view) (*Retention, error) {
	tenant := v.tenant
	d, version, err := t.retention(ctx, tenant)
	if err != nil {
		return nil, err
	}
	out := &Retention{Version: version, Days: d.Days, Least: retentionLeast, Most: retentionMost, Waits: int(retentionWaits / day), Batch: int(retentionBatch / day), Takes: v.seesKept()}
	if out.Archives, err = t.auditArchives(ctx, tenant); err != nil {
		return nil, err
	}
	var oldest *int64
	if err := t.row(ctx, "SELECT min(at) FROM (SELECT at FROM audit_entry WHERE tenant_id = $1 ORDER BY seq LIMIT 1) e", tenant).Scan(&oldest); err != nil {
		return nil, err
	}
	out.Oldest = instant(oldest)
	people := []policy.ID{d.By}
	if d.By != 0 {
		out.SetAt = &d.SetAt
	}
	if d.Next != nil {
		people = append(people, d.Next.By)
		out.Next = &NextTerm{Days: d.Next.Days, SetAt: d.Next.SetAt, From: d.Next.From, Moves: t.nextMove(d.Next.Days, out.Oldest, d.Next.From)}
	}
	names, err := t.names(ctx, tenant, people)
	if err != nil {
		return nil, err
	}
	if d.By != 0 {
		out.By = &Name{ID: d.By, Name: names[d.By]}
	}
	if out.Next != nil {
		out.Next.By = &Name{ID: d.Next.By, Name: names[d.Next.By]}
	}
	if d.Days == 0 {
		return out, nil
	}
	out.Moves = t.nextMove(d.Days, out.Oldest, t.now)
	if err := t.retentionHolds(ctx, tenant, d, archivedAt(out.Archives)); err != nil {
		if !errors.Is(err, retentionFalse) {
			return nil, err
		}
		out.Held = retentionFalse.Code
		return out, nil
	}
	out.Held, err = t.waitedFor(ctx, tenant, t.now.Add(-time.Duration(d.Days)*day))
	return out, err
}

// waitedFor names who reads the log behind the sealer and has not read what is older than an instant; empty when
// both have.
func (t *rtx) waitedFor(ctx context.Context, tenant policy.ID, before time.Time) (reader string, err error) {
	err = t.row(ctx, "SELECT p.reader FROM ("+t.logReaders()+`) p JOIN audit_leaf l ON l.tenant_id = $1 AND l.leaf = p.leaf JOIN audit_entry e ON e.tenant_id = $1 AND e.seq = l.seq
		WHERE e.at < $2 ORDER BY p.leaf LIMIT 1`, tenant, before.UnixMicro()).Scan(&reader)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return reader, err
}

// nextMove is when the oldest entries go, by a term that holds from an instant on.
func (t *rtx) nextMove(days int, oldest *time.Time, from time.Time) *NextMove {
	if days == 0 || oldest == nil {
		return nil
	}
	term := time.Duration(max(days, retentionLeast)) * day
	at := oldest.Add(term + retentionBatch)
	if at.Before(from) {
		at = from
	}
	return &NextMove{At: at, Before: at.Add(-term)}
}

func archivedAt(list []AuditFolder) time.Time {
	if len(list) == 0 {
		return time.Time{}
	}
	return list[0].UntilAt
}

// auditArchives are the stretches that lie in archives, the newest first.
func (t *rtx) auditArchives(ctx context.Context, tenant policy.ID) ([]AuditFolder, error) {
	out := []AuditFolder{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var a AuditFolder
		var from, until, created int64
		err := rows.Scan(&a.From, &a.Until, &a.removed, &from, &until, &a.File, &a.SHA256, &a.Size, &created, &a.next, &a.Erasures)
		a.FromAt, a.UntilAt, a.CreatedAt = time.UnixMicro(from).UTC(), time.UnixMicro(until).UTC(), time.UnixMicro(created).UTC()
		a.Removed = a.removed == a.Until
		out = append(out, a)
		return err
	}, `SELECT a.from_leaf, a.until_leaf, a.removed_leaf, a.from_at, a.until_at, a.file, a.sha256, a.size, a.created_at, a.next_sha256,
			(SELECT count(*) FROM audit_archive_erasure x WHERE x.tenant_id = a.tenant_id AND x.from_leaf = a.from_leaf)
		FROM audit_archive a WHERE a.tenant_id = $1 ORDER BY a.from_leaf DESC`, tenant)
	return out, err
}

// SetAuditRetention says how many days entries stay, 0 for good, in the version that was seen. A longer term
// holds at once and takes back a shorter one that waits; a shorter one holds after a week, and the others who
// audit are told. It takes the right audit, a session and, of who has one, the second factor. Faults: Invalid,
// Conflict (retention_same), Denied, Stale.
func (s *Session) SetAuditRetention(ctx context.Context, version int64, days int) (*Retention, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	var out *Retention
	err := s.db.administer(ctx, s.actor, op{name: "audit_retention"}, "audit", func(t *tx, v *view) error {
		if days != 0 && (days < retentionLeast || days > retentionMost) {
			return retentionDays.WithAt("days")
		}
		if err := t.stepUp(ctx); err != nil {
			return err
		}
		d, at, err := t.retention(ctx, v.tenant)
		if err != nil {
			return err
		}
		if days == d.Days && d.Next == nil {
			return retentionSame
		}
		next, from := retentionDocument{Days: days, By: s.actor.Person, SetAt: t.now}, t.now
		switch {
		case shortens(d.Days, days):
			from = t.now.Add(retentionWaits)
			next = d
			next.Next = &retentionChange{Days: days, By: s.actor.Person, SetAt: t.now, From: from}
		case days == d.Days: // what waited is taken back
			next = d
			next.Next = nil
		}
		if err := t.setCompanySettings(ctx, "audit_retention", v.tenant, at, version, next); err != nil {
			return err
		}
		if err := t.tellAuditors(ctx, v, NoticeRetention); err != nil {
			return err
		}
		if err := t.audit(ctx, audit.Entry{Action: audit.RetentionSet, Kind: records.System, Detail: map[string]any{"days": days, "before": d.Days, "from": from}}); err != nil {
			return err
		}
		out, err = t.retentionShown(ctx, v)
		return err
	})
	if err != nil {
		return nil, s.declined(ctx, "audit_retention", err)
	}
	return out, nil
}
