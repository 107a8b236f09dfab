package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// DraftState is how far a draft is.
type DraftState string

// The states of a draft.
const (
	DraftOpen      DraftState = "open"
	DraftWaiting   DraftState = "waiting" // for a second person
	DraftPublished DraftState = "published"
	DraftDiscarded DraftState = "discarded"
)

// PolicyDraft is a policy that is not in force, as its readers see it.
type PolicyDraft struct {
	ID        policy.ID        `json:"id"`
	Version   int64            `json:"version"`
	Name      string           `json:"name"`
	State     DraftState       `json:"state"`
	Author    Name             `json:"author"`
	EditedBy  Name             `json:"edited_by"`
	Base      int64            `json:"base"`  // the version that it changes
	Stale     bool             `json:"stale"` // another policy is in force by now
	CreatedAt time.Time        `json:"created_at"`
	UpdatedAt time.Time        `json:"updated_at"`
	Document  *access.Document `json:"document,omitempty"` // lists leave it out
	Changes   []PolicyChange   `json:"changes"`            // against the base
	// Conflicts are what a rebase of a stale draft has to choose between, and Upon marks the two
	// versions that they stand between.
	Conflicts []PolicyConflict `json:"conflicts,omitempty"`
	Upon      string           `json:"upon,omitempty"`
	Warnings  []PolicyWarning  `json:"warnings"`
	Sensitive bool             `json:"sensitive"`
	Problems  []fault.Item     `json:"problems"`
	Asked     *DraftNote       `json:"asked,omitempty"`     // who wants it published
	Refused   *DraftNote       `json:"refused,omitempty"`   // who refused that last
	Published int64            `json:"published,omitempty"` // the version that it became
	// Alone: nobody but the reader could confirm a draft.
	Alone bool     `json:"alone"`
	Can   []string `json:"can"` // what the reader may do with it
}

// DraftNote is what somebody said of a draft.
type DraftNote struct {
	By   Name      `json:"by"`
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

var (
	noDraft    = fault.New(fault.NotFound, "draft", "there is no such draft")
	draftState = fault.New(fault.Conflict, "draft_state", "the draft is in another state by now")
	draftMoved = fault.New(fault.Stale, "version", "the draft was changed by somebody else since you read it")
)

const (
	maxDraftName = 100
	maxDraftNote = 1_000
	maxDrafts    = 100 // that are open or waiting
)

// draftRow is a draft as it stands in its table.
type draftRow struct {
	id               policy.ID
	version          int64
	name             string
	state            DraftState
	author, editor   policy.ID
	base             int64
	origin           string
	document         access.Document
	created, updated int64
	askedBy          policy.ID
	askedAt          int64
	askedNote        string
	refusedBy        policy.ID
	refusedAt        int64
	refusedNote      string
	published        int64
}

const draftColumns = "id, version, name, state, author_id, edited_by, base, origin, document, created_at, updated_at, coalesce(asked_by, 0), coalesce(asked_at, 0), coalesce(asked_note, ''), coalesce(refused_by, 0), coalesce(refused_at, 0), coalesce(refused_note, ''), coalesce(published, 0)"

func scanDraft(scan func(...any) error) (*draftRow, error) {
	var d draftRow
	var text []byte
	err := scan(&d.id, &d.version, &d.name, &d.state, &d.author, &d.editor, &d.base, &d.origin, &text, &d.created, &d.updated,
		&d.askedBy, &d.askedAt, &d.askedNote, &d.refusedBy, &d.refusedAt, &d.refusedNote, &d.published)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noDraft
	}
	if err != nil {
		return nil, err
	}
	d.document, err = readDocument(text)
	return &d, err
}

func (t *rtx) draft(ctx context.Context, tenant, id policy.ID) (*draftRow, error) {
	return scanDraft(t.row(ctx, "SELECT "+draftColumns+" FROM policy_draft WHERE tenant_id = $1 AND id = $2", tenant, id).Scan)
}

// holdDraft reads a draft for a change, and keeps others from changing it until commit.
func (t *tx) holdDraft(ctx context.Context, id policy.ID) (*draftRow, error) {
	if t.db.dialect == Postgres {
		if _, err := t.exec(ctx, "SELECT 1 FROM policy_draft WHERE tenant_id = $1 AND id = $2 FOR UPDATE", t.actor.Tenant, id); err != nil {
			return nil, err
		}
	}
	return t.draft(ctx, t.actor.Tenant, id)
}

// putDraft writes a draft as its next version.
func (t *tx) putDraft(ctx context.Context, d *draftRow) error {
	text, err := jsonText(d.document)
	if err != nil {
		return err
	}
	d.version, d.updated = d.version+1, t.nowMicros()
	_, err = t.exec(ctx, `
		INSERT INTO policy_draft (tenant_id, id, version, name, state, author_id, edited_by, base, origin, document, created_at, updated_at,
			asked_by, asked_at, asked_note, refused_by, refused_at, refused_note, published)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
		ON CONFLICT (tenant_id, id) DO UPDATE SET version = excluded.version, name = excluded.name, state = excluded.state, edited_by = excluded.edited_by,
			base = excluded.base, document = excluded.document, updated_at = excluded.updated_at, asked_by = excluded.asked_by, asked_at = excluded.asked_at,
			asked_note = excluded.asked_note, refused_by = excluded.refused_by, refused_at = excluded.refused_at, refused_note = excluded.refused_note,
			published = excluded.published`,
		t.actor.Tenant, d.id, d.version, d.name, string(d.state), d.author, d.editor, d.base, d.origin, text, d.created, d.updated,
		orNull(d.askedBy), orNull(d.askedAt), orNull(d.askedNote), orNull(d.refusedBy), orNull(d.refusedAt), orNull(d.refusedNote), orNull(d.published))
	return err
}

// PolicyDrafts lists the drafts in the states named, none: those that are open or waiting, the last
// changed first. It takes the right policy or audit.
func (s *Session) PolicyDrafts(ctx context.Context, states ...DraftState) ([]PolicyDraft, error) {
	if len(states) == 0 {
		states = []DraftState{DraftOpen, DraftWaiting}
	}
	list := []PolicyDraft{}
	err := s.oversee(ctx, "drafts", func(t *rtx, v *view) error {
		list = list[:0]
		var rows []*draftRow
		for _, state := range states {
			err := t.each(ctx, func(r *sql.Rows) error {
				d, err := scanDraft(r.Scan)
				rows = append(rows, d)
				return err
			}, "SELECT "+draftColumns+" FROM policy_draft WHERE tenant_id = $1 AND state = $2 ORDER BY updated_at DESC, id DESC LIMIT $3", v.tenant, string(state), maxDrafts)
			if err != nil {
				return err
			}
		}
		for _, row := range rows {
			d, err := t.showDraft(ctx, v, row)
			if err != nil {
				return err
			}
			d.Document = nil
			list = append(list, *d)
		}
		return nil
	}, "policy", "audit")
	return list, err
}

// PolicyDraft reads a draft. It takes the right policy or audit. Faults: NotFound.
func (s *Session) PolicyDraft(ctx context.Context, id policy.ID) (*PolicyDraft, error) {
	var d *PolicyDraft
	err := s.oversee(ctx, "draft", func(t *rtx, v *view) error {
		row, err := t.draft(ctx, v.tenant, id)
		if err != nil {
			return err
		}
		d, err = t.showDraft(ctx, v, row)
		return err
	}, "policy", "audit")
	return d, err
}

// CreatePolicyDraft begins a draft from a document, nil from the policy in force. It takes the
// right policy. Faults: Invalid, Denied, Conflict.
func (s *Session) CreatePolicyDraft(ctx context.Context, name string, document *access.Document) (*PolicyDraft, error) {
	var id policy.ID
	err := s.writeDraft(ctx, func(t *tx, v *view) (err error) {
		base, err := t.catchUp(ctx, v.document)
		if err != nil {
			return err
		}
		var open int
		if err := t.row(ctx, "SELECT count(*) FROM policy_draft WHERE tenant_id = $1 AND state IN ('open', 'waiting')", v.tenant).Scan(&open); err != nil {
			return err
		}
		if open >= maxDrafts {
			return fault.Newf(fault.Conflict, "drafts_many", "at most %d drafts are open at a time", maxDrafts).With("max", maxDrafts)
		}
		d := &draftRow{state: DraftOpen, author: t.actor.Person, editor: t.actor.Person, base: base, origin: OriginDraft, document: v.document, created: t.nowMicros()}
		if d.id, err = t.newID(ctx); err != nil {
			return err
		}
		id = d.id
		if document != nil {
			if err := t.redraft(ctx, v, d, *document); err != nil {
				return err
			}
		}
		if d.name, err = draftName(name); err != nil {
			return err
		}
		return t.keepDraft(ctx, d, "created")
	})
	if err != nil {
		return nil, err
	}
	return s.PolicyDraft(ctx, id)
}

// DraftFields are what is changed in a draft; nil leaves it.
type DraftFields struct {
	Name     *string          `json:"name,omitempty"`
	Document *access.Document `json:"document,omitempty"`
}

// EditPolicyDraft changes an open draft. What is wrong with the document is told in its problems;
// it is kept all the same. It takes the right policy. Faults: NotFound, Stale, Invalid, Denied,
// Conflict.
func (s *Session) EditPolicyDraft(ctx context.Context, id policy.ID, version int64, f DraftFields) (*PolicyDraft, error) {
	err := s.changeDraft(ctx, id, version, "changed", func(t *tx, v *view, d *draftRow) (err error) {
		if d.state != DraftOpen {
			return draftState.With("state", string(d.state))
		}
		if f.Name != nil {
			if d.name, err = draftName(*f.Name); err != nil {
				return err
			}
		}
		if f.Document == nil {
			return nil
		}
		d.editor = t.actor.Person
		return t.redraft(ctx, v, d, *f.Document)
	})
	if err != nil {
		return nil, err
	}
	return s.PolicyDraft(ctx, id)
}

// DiscardPolicyDraft gives up a draft that is not published. It takes the right policy. Faults:
// NotFound, Denied, Conflict.
func (s *Session) DiscardPolicyDraft(ctx context.Context, id policy.ID) error {
	return s.changeDraft(ctx, id, 0, "discarded", func(t *tx, v *view, d *draftRow) error {
		if d.state != DraftOpen && d.state != DraftWaiting {
			return draftState.With("state", string(d.state))
		}
		d.state = DraftDiscarded
		return nil
	})
}

// writeDraft is administer for what touches drafts alone: the policy in force stays, and so does
// its epoch.
func (s *Session) writeDraft(ctx context.Context, change func(*tx, *view) error) error {
	err := s.db.administer(ctx, s.actor, op{name: "draft"}, "policy", change)
	return s.declined(ctx, "draft", err)
}

// changeDraft changes one draft, in the version that is named; 0 is whichever it has.
func (s *Session) changeDraft(ctx context.Context, id policy.ID, version int64, what string, change func(*tx, *view, *draftRow) error) error {
	return s.writeDraft(ctx, func(t *tx, v *view) error {
		d, err := t.holdDraft(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && d.version != version {
			return draftMoved
		}
		if err := change(t, v, d); err != nil {
			return err
		}
		return t.keepDraft(ctx, d, what)
	})
}

func (t *tx) keepDraft(ctx context.Context, d *draftRow, what string) error {
	if err := t.putDraft(ctx, d); err != nil {
		return err
	}
	return t.auditPolicy(ctx, audit.DraftChanged, map[string]any{"draft": d.id, "name": audit.Clean(d.name), "what": what})
}

func draftName(name string) (string, error) {
	name = strings.TrimSpace(audit.Clean(name))
	if name == "" || len([]rune(name)) > maxDraftName {
		return "", fault.Newf(fault.Invalid, "draft_name", "the name of a draft has 1 to %d characters", maxDraftName).WithAt("name").With("max", maxDraftName)
	}
	return name, nil
}

// redraft puts a document into a draft. Assignments that are new get their ids here: so that they can
// be told apart from now on, and so that nobody takes an id that something else will have.
func (t *tx) redraft(ctx context.Context, v *view, d *draftRow, document access.Document) error {
	document = document.Normal()
	if text, err := jsonText(document); err != nil || strings.Contains(text, `\u0000`) {
		return fault.New(fault.Invalid, "text", "texts must not contain NUL").WithAt("document")
	}
	for name, n := range map[string]int{"packs": len(document.Packs), "assignments": len(document.Assignments), "rules": len(document.Rules)} {
		if n > maxAssignments {
			return fault.New(fault.Invalid, "too_many", "the document is too large").WithAt("document." + name)
		}
	}
	known := map[policy.ID]bool{}
	base, err := t.version(ctx, t.actor.Tenant, d.base)
	if err != nil {
		return err
	}
	for _, from := range []access.Document{d.document, *base.Document, v.document} {
		for _, a := range from.Assignments {
			known[a.ID] = true
		}
	}
	for i, a := range document.Assignments {
		if !known[a.ID] {
			document.Assignments[i].ID = 0
		}
		delete(known, a.ID) // the same id a second time is another assignment
	}
	d.document, err = t.withIDs(ctx, document)
	d.document = d.document.Normal()
	return err
}
