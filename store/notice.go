package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"guan/audit"
	"guan/policy"
)

// What somebody is told of.
const (
	NoticeMention     = "mention"     // somebody named me in a comment
	NoticeComment     = "comment"     // somebody wrote below what I wrote
	NoticeTeam        = "team"        // somebody brought me onto a record
	NoticeGrant       = "grant"       // somebody gave me temporary access
	NoticeAssigned    = "assigned"    // somebody gave me a record
	NoticeReleased    = "released"    // a record of mine was put back into a pool
	NoticeRecycles    = "recycles"    // a record of mine goes back into a pool soon
	NoticeRecycled    = "recycled"    // … and went
	NoticeRouted      = "routed"      // a tag or stage that concerns me came to a record
	NoticeTransferred = "transferred" // a record was given to me, perhaps with more that hangs on it
	NoticeHanded      = "handed"      // records were handed over to me
	NoticeHandedAway  = "handed_away" // records of mine were given to somebody else
	NoticeAsked       = "asked"       // somebody asks for a record of my people's
	NoticeAskedPage   = "asked_page"  // somebody asks to use a page
	NoticeWorkDone    = "job_done"    // an export or import of mine is done
	NoticeWorkFails   = "job_failed"  // … or went wrong

	NoticeRequest     = "request"      // a request waits for my decision
	NoticeRequestDue  = "request_due"  // … and is due
	NoticeRequestLate = "request_late" // … and waits too long: the next head may decide too
	NoticeRequestDone = "request_done" // a request of mine was decided, or expired
	NoticeStandIn     = "stand_in"     // somebody is away, and I stand in for them

	NoticeSandbox      = "sandbox"       // somebody brought me into a sandbox
	NoticeSandboxEnds  = "sandbox_ends"  // … and it ends soon
	NoticeSandboxEnded = "sandbox_ended" // … and it has ended for me
	NoticeSandboxLeft  = "sandbox_left"  // somebody left a sandbox of mine

	NoticeEmergency         = "emergency"          // somebody opened a record in an emergency
	NoticeEmergencyMissed   = "emergency_missed"   // … or tried to, and there was none to open
	NoticeEmergencyEnded    = "emergency_ended"    // somebody else ended an emergency of mine
	NoticeEmergencyLate     = "emergency_late"     // the review of an emergency is late
	NoticeEmergencyReviewed = "emergency_reviewed" // an emergency of mine was reviewed

	NoticeDevice         = "device"          // somebody signed in as me on a device that I had not used
	NoticeDeviceAsked    = "device_asked"    // somebody's device waits for a nod
	NoticeDeviceAdmitted = "device_admitted" // a device of mine got it
	NoticeDeviceBlocked  = "device_blocked"  // … or was blocked
	NoticeFactorReset    = "factor_reset"    // my second factor was taken away
	NoticeFrozen         = "frozen"          // somebody's account is frozen
	NoticeThawed         = "thawed"          // my account is open again

	NoticeAlert        = "alert"           // somebody did what is out of the ordinary
	NoticeWatchChanged = "watch_changed"   // somebody set the detectors, marks or the stream anew
	NoticeStreamEnds   = "stream_stopped"  // events are sent no more: the other end says that it is gone
	NoticeMailChanged  = "mail_changed"    // … or by which server mail goes out
	NoticeReport       = "report"          // a monthly report was made for me
	NoticeRetention    = "audit_retention" // somebody set how long entries of the audit log stay
)

const (
	noticesKept = 90 * 24 * time.Hour // once they were read
	noticesMost = 100                 // counted; a person with more unread has "99+"
	noticesPage = 30
	noticesLook = 5 // pages looked through for one that has something to show
)

// Notice is one thing that a person is told of, as they may see it now.
type Notice struct {
	ID     policy.ID      `json:"id"`
	What   string         `json:"what"`
	Kind   policy.Kind    `json:"kind,omitempty"`
	Record policy.ID      `json:"record,omitempty"` // of the kind; without a kind the job or request
	Title  string         `json:"title,omitempty"`  // of the record, where it is plain
	By     *Name          `json:"by,omitempty"`     // whose doing it was
	Pool   *Name          `json:"pool,omitempty"`   // out of or into which it came
	Named  []string       `json:"named,omitempty"`  // titles of records that a request of mine left, where they are plain
	Detail map[string]any `json:"detail"`
	At     time.Time      `json:"at"`
	Read   bool           `json:"read"`
}

// NoticePage is a part of somebody's notices, the newest first.
type NoticePage struct {
	Items  []Notice `json:"items"`
	Next   string   `json:"next,omitempty"`
	Unread int      `json:"unread"` // at most 100: then there may be more
}

// notify tells a person of something in the transaction in which it happens. What is kept names the
// record and must hold no value of it, nor of any other record: what the person may know of it is
// asked when they read the notice, and one whose record they may not read does not show. Nobody is
// told of what they did themselves.
func (t *tx) notify(ctx context.Context, person policy.ID, what string, kind policy.Kind, record policy.ID, detail map[string]any) error {
	if person == 0 || person == t.actor.Person {
		return nil
	}
	return t.insertNotice(ctx, t.actor.Tenant, person, t.actor.Person, what, kind, record, detail)
}

func (t *tx) insertNotice(ctx context.Context, tenant, person, by policy.ID, what string, kind policy.Kind, record policy.ID, detail map[string]any) error {
	id, err := t.newID(ctx)
	if err != nil {
		return err
	}
	if detail == nil {
		detail = map[string]any{}
	}
	text, err := jsonText(detail)
	if err != nil {
		return err
	}
	// What was read long ago is of no more use, and this is where it grows.
	if _, err := t.exec(ctx, "DELETE FROM notice WHERE tenant_id = $1 AND person_id = $2 AND read_at < $3",
		tenant, person, t.now.Add(-noticesKept).UnixMicro()); err != nil {
		return err
	}
	_, err = t.exec(ctx, "INSERT INTO notice (tenant_id, id, person_id, what, kind, record_id, by_id, detail, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		tenant, id, person, what, optionalText(string(kind)), optionalID(record), optionalID(by), text, t.nowMicros())
	return err
}

// notifyAll is notify for many records at once, of each another person, from a job of the program.
func (t *tx) notifyAll(ctx context.Context, what string, kind policy.Kind, people map[policy.ID]policy.ID, detail map[string]any) error {
	if len(people) == 0 {
		return nil
	}
	ids, err := t.newIDs(ctx, len(people))
	if err != nil {
		return err
	}
	records := slices.Sorted(maps.Keys(people))
	rows, persons := make([][3]int64, len(records)), slices.Collect(maps.Values(people))
	for i, record := range records {
		rows[i] = [3]int64{int64(ids[i]), int64(people[record]), int64(record)}
	}
	list, err := jsonText(rows)
	if err != nil {
		return err
	}
	text, err := jsonText(detail)
	if err != nil {
		return err
	}
	slices.Sort(persons)
	if _, err := t.exec(ctx, "DELETE FROM notice WHERE tenant_id = $1 AND read_at < $2 AND person_id IN "+t.listed(3),
		t.actor.Tenant, t.now.Add(-noticesKept).UnixMicro(), idList(slices.Compact(persons))); err != nil {
		return err
	}
	_, err = t.exec(ctx, "INSERT INTO notice (tenant_id, id, person_id, what, kind, record_id, detail, created_at) "+t.pick(
		"SELECT $1, json_extract(value, '$[0]'), json_extract(value, '$[1]'), $2, $3, json_extract(value, '$[2]'), $4, $5 FROM json_each($6)",
		"SELECT $1::bigint, (value->>0)::bigint, (value->>1)::bigint, $2::text, $3::text, (value->>2)::bigint, $4::jsonb, $5::bigint FROM json_array_elements($6::json)"),
		t.actor.Tenant, what, string(kind), text, t.nowMicros(), list)
	return err
}

// notifyWork tells a person that background work of theirs has ended, and what of.
func (t *tx) notifyWork(ctx context.Context, tenant, person, job policy.ID, typ WorkType, kind policy.Kind, status WorkStatus) error {
	what := NoticeWorkDone
	switch status {
	case Done:
	case Failed:
		what = NoticeWorkFails
	default:
		return nil // cancelled by themselves, or it begins anew
	}
	return t.insertNotice(ctx, tenant, person, 0, what, "", job, map[string]any{"type": string(typ), "of": string(kind)})
}

// Notices shows the actor's notices. Titles of records are asked for through the gate, and seeing
// one is a read of it. Faults: Denied (session_required), Invalid.
func (s *Session) Notices(ctx context.Context, cursor string, unread bool) (*NoticePage, error) {
	if err := s.inPerson(); err != nil {
		return nil, err
	}
	before, err := parseNoticeCursor(cursor)
	if err != nil {
		return nil, err
	}
	var page *NoticePage
	var entries []audit.Entry
	err = s.db.look(ctx, s.actor, func(v *view) error {
		page = &NoticePage{Items: []Notice{}}
		t := s.db.through(v)
		at := before
		for range noticesLook {
			rows, next, err := t.noticeRows(ctx, v.tenant, s.actor.Person, at, unread)
			if err != nil {
				return err
			}
			shown, err := t.showNotices(ctx, v, rows, true)
			if err != nil {
				return err
			}
			page.Items, page.Next = append(page.Items, shown...), next
			if next == "" || len(page.Items) > 0 {
				break
			}
			if at, err = parseNoticeCursor(next); err != nil {
				return err
			}
		}
		page.Unread, err = t.unreadNotices(ctx, v, s.actor.Person)
		entries = v.beside("notice")
		return err
	})
	if err != nil || len(entries) == 0 {
		return page, err
	}
	return page, s.db.auditRead(ctx, s.actor, entries...)
}

// UnreadNotices counts the actor's unread notices, up to 100. It shows nothing of any record.
func (s *Session) UnreadNotices(ctx context.Context) (int, error) {
	if err := s.inPerson(); err != nil {
		return 0, err
	}
	n := 0
	err := s.db.look(ctx, s.actor, func(v *view) (err error) {
		n, err = s.db.through(v).unreadNotices(ctx, v, s.actor.Person)
		return err
	})
	return n, err
}

// MarkNotices marks notices of the actor as read: all of them when ids is nil. Somebody else's and
// those that do not exist stay as they are, without a word.
func (s *Session) MarkNotices(ctx context.Context, ids []policy.ID) error {
	if err := s.inPerson(); err != nil {
		return err
	}
	return s.db.maintain(ctx, func(t *tx) error {
		if ids == nil {
			_, err := t.exec(ctx, "UPDATE notice SET read_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND read_at IS NULL", t.nowMicros(), s.actor.Tenant, s.actor.Person)
			return err
		}
		list, err := jsonText(idNumbers(ids))
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "UPDATE notice SET read_at = $1 WHERE tenant_id = $2 AND person_id = $3 AND read_at IS NULL AND id IN "+t.listed(4),
			t.nowMicros(), s.actor.Tenant, s.actor.Person, list)
		return err
	})
}

// noticeCursor is the notice before which a page begins; the zero cursor is now.
type noticeCursor struct{ at, id int64 }

func parseNoticeCursor(text string) (noticeCursor, error) {
	var c noticeCursor
	if text == "" {
		return c, nil
	}
	if _, err := fmt.Sscanf(text, "%d-%d", &c.at, &c.id); err != nil || c.String() != text || c.id <= 0 {
		return c, badCursor
	}
	return c, nil
}

func (c noticeCursor) String() string { return fmt.Sprintf("%d-%d", c.at, c.id) }

type noticeRow struct {
	Notice
	by policy.ID
}

func (t *rtx) noticeRows(ctx context.Context, tenant, person policy.ID, before noticeCursor, unread bool) ([]noticeRow, string, error) {
	where, args := "", []any{tenant, person, noticesPage + 1}
	if before.id != 0 {
		where, args = " AND (created_at, id) < ($4, $5)", append(args, before.at, before.id)
	}
	if unread {
		where += " AND read_at IS NULL"
	}
	var out []noticeRow
	var last noticeCursor
	next := ""
	err := t.each(ctx, func(rows *sql.Rows) error {
		var n noticeRow
		var kind sql.NullString
		var record, by, read sql.NullInt64
		var detail []byte
		var at int64
		if err := rows.Scan(&n.ID, &n.What, &kind, &record, &by, &detail, &at, &read); err != nil {
			return err
		}
		if len(out) == noticesPage {
			next = last.String()
			return nil
		}
		n.Kind, n.Record, n.by = policy.Kind(kind.String), policy.ID(record.Int64), policy.ID(by.Int64)
		n.At, n.Read = time.UnixMicro(at).UTC(), read.Valid
		out, last = append(out, n), noticeCursor{at, int64(n.ID)}
		return json.Unmarshal(detail, &out[len(out)-1].Detail)
	}, "SELECT id, what, kind, record_id, by_id, detail, created_at, read_at FROM notice WHERE tenant_id = $1 AND person_id = $2"+where+
		" ORDER BY created_at DESC, id DESC LIMIT $3", args...)
	return out, next, err
}

// showNotices leaves out the notices of records that the actor may not read, and those of comments
// that they would not see there now; the records of the others it names.
func (t *rtx) showNotices(ctx context.Context, v *view, rows []noticeRow, name bool) ([]Notice, error) {
	wanted := map[policy.Kind][]policy.ID{}
	var people []policy.ID
	for _, n := range rows {
		if n.Kind != "" {
			wanted[n.Kind] = append(wanted[n.Kind], n.Record)
		}
		if n.by != 0 {
			people = append(people, n.by)
		}
	}
	readable, heard := map[policy.Kind]map[policy.ID]Item{}, map[policy.Kind]map[policy.ID]bool{}
	for _, name := range sorted(kindNames(wanted)) {
		described := v.catalog.Kind(policy.Kind(name))
		if described == nil {
			continue
		}
		items, hears, err := t.readableAndHeard(ctx, v, described, wanted[described.Name])
		if err != nil {
			return nil, err
		}
		heard[described.Name] = hears
		readable[described.Name] = map[policy.ID]Item{}
		for _, it := range items {
			readable[described.Name][it.ID] = it
		}
	}
	names := map[policy.ID]string{}
	if name && len(people) > 0 {
		if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
			return nil, err
		}
	}
	var out []Notice
	for _, n := range rows {
		if n.Kind != "" {
			it, ok := readable[n.Kind][n.Record]
			if !ok || (n.What == NoticeMention || n.What == NoticeComment) && !heard[n.Kind][n.Record] {
				continue
			}
			if title, plain := it.Fields[v.catalog.Kind(n.Kind).Title].(string); plain && name {
				n.Title = title
				v.tells(n.Kind, &it)
			}
		}
		if n.by != 0 {
			n.By = &Name{ID: n.by, Name: names[n.by]}
		}
		if left, ok := n.Detail["records"].([]any); ok && name && n.What == NoticeRequestDone {
			if err := t.nameLeft(ctx, v, &n.Notice, left); err != nil {
				return nil, err
			}
		}
		if text, ok := n.Detail["pool"].(string); ok && name {
			// Names of pools are no secret: everybody lists them.
			if id, err := policy.ParseID(text); err == nil && v.pool(id) != nil {
				n.Pool = &Name{ID: id, Name: v.pool(id).Name}
			}
		}
		out = append(out, n.Notice)
	}
	return out, nil
}

// nameLeft names the records that an approved request left, in their order.
func (t *rtx) nameLeft(ctx context.Context, v *view, n *Notice, left []any) error {
	kind, _ := n.Detail["of"].(string)
	var ids []policy.ID
	for _, one := range left {
		text, _ := one.(string)
		if id, err := policy.ParseID(text); err == nil {
			ids = append(ids, id)
		}
	}
	titles, err := t.titles(ctx, v, policy.Kind(kind), ids)
	for _, id := range ids {
		if titles[id] != "" {
			n.Named = append(n.Named, titles[id])
		}
	}
	return err
}

func (t *rtx) unreadNotices(ctx context.Context, v *view, person policy.ID) (int, error) {
	var rows []noticeRow
	err := t.each(ctx, func(r *sql.Rows) error {
		var n noticeRow
		var kind sql.NullString
		var record sql.NullInt64
		err := r.Scan(&n.What, &kind, &record)
		n.Kind, n.Record = policy.Kind(kind.String), policy.ID(record.Int64)
		rows = append(rows, n)
		return err
	}, "SELECT what, kind, record_id FROM notice WHERE tenant_id = $1 AND person_id = $2 AND read_at IS NULL LIMIT $3", v.tenant, person, noticesMost)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	shown, err := t.showNotices(ctx, v, rows, false)
	return len(shown), err
}

func kindNames[V any](m map[policy.Kind]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, string(k))
	}
	return out
}

// beside are the entries for titles that were shown on their own, beside no other record.
func (v *view) beside(what string) []audit.Entry {
	return v.with(audit.Entry{Kind: policy.Kind(what)})[1:]
}
