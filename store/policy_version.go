package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// How a version came to be.
const (
	OriginDraft    = "draft"
	OriginDirect   = "direct" // a single rule or assignment, or setup
	OriginRollback = "rollback"
	OriginApply    = "apply" // from a file
)

// PolicyVersion is a policy that is or was in force.
type PolicyVersion struct {
	Number      int64            `json:"number"`
	Epoch       int64            `json:"epoch"` // with which it came into force
	At          time.Time        `json:"at"`
	Author      *Name            `json:"author,omitempty"` // without: setup
	ConfirmedBy *Name            `json:"confirmed_by,omitempty"`
	Note        string           `json:"note"`
	Origin      string           `json:"origin"`
	Alone       bool             `json:"alone"` // sensitive, and there was nobody to confirm it
	Draft       policy.ID        `json:"draft,omitempty"`
	Document    *access.Document `json:"document,omitempty"`
}

// PolicyVersions is a page of versions, the newest first.
type PolicyVersions struct {
	Items []PolicyVersion `json:"items"`
	Next  int64           `json:"next,omitempty"` // the cursor of the next page
}

// PolicyDiff is by what two versions differ.
type PolicyDiff struct {
	From    int64          `json:"from"`
	To      int64          `json:"to"`
	Changes []PolicyChange `json:"changes"`
}

var noVersion = fault.New(fault.NotFound, "version", "there is no such version")

// recordVersion keeps a policy that comes into force, and before it the one that it follows where
// that was not kept: setup and older programs keep none.
func (t *tx) recordVersion(ctx context.Context, before, after access.Document, x PolicyVersion) (int64, error) {
	number, err := t.catchUp(ctx, before)
	if err != nil {
		return 0, err
	}
	x.Number, x.Epoch = number+1, t.epoch
	return x.Number, t.insertVersion(ctx, t.actor.Person, x, after)
}

// catchUp makes the newest version say what is in force, and gives its number.
func (t *tx) catchUp(ctx context.Context, now access.Document) (int64, error) {
	number, document, err := t.newestVersion(ctx, t.actor.Tenant)
	if err != nil || document.Same(now) && (number > 0 || t.op.raises) {
		return number, err // before the first rule there is nothing to go back to
	}
	x := PolicyVersion{Number: number + 1, Epoch: t.epoch, Origin: OriginDirect}
	if t.op.raises {
		x.Epoch-- // what was in force before this operation
	}
	return x.Number, t.insertVersion(ctx, 0, x, now)
}

// newestVersion gives number and document of the newest version; 0 when none was kept.
func (t *rtx) newestVersion(ctx context.Context, tenant policy.ID) (int64, access.Document, error) {
	var number int64
	var text []byte
	err := t.row(ctx, "SELECT number, document FROM policy_version WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1", tenant).Scan(&number, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, access.Document{}.Normal(), nil
	}
	if err != nil {
		return 0, access.Document{}, err
	}
	document, err := readDocument(text)
	return number, document, err
}

func (t *tx) insertVersion(ctx context.Context, author policy.ID, x PolicyVersion, document access.Document) error {
	text, err := jsonText(document.Normal())
	if err != nil {
		return err
	}
	var confirmed policy.ID
	if x.ConfirmedBy != nil {
		confirmed = x.ConfirmedBy.ID
	}
	// Two who begin a draft at once may both find the first version missing.
	_, err = t.exec(ctx, `
		INSERT INTO policy_version (tenant_id, number, epoch, at, author_id, confirmed_by, note, origin, alone, draft_id, document)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (tenant_id, number) DO NOTHING`,
		t.actor.Tenant, x.Number, x.Epoch, t.nowMicros(), orNull(author), orNull(confirmed), x.Note, x.Origin, x.Alone, orNull(x.Draft), text)
	return err
}

func readDocument(text []byte) (access.Document, error) {
	var d access.Document
	err := json.Unmarshal(text, &d)
	return d.Normal(), err
}

const versionColumns = "number, epoch, at, author_id, confirmed_by, note, origin, alone, draft_id"

func scanVersion(scan func(...any) error, more ...any) (PolicyVersion, error) {
	var x PolicyVersion
	var at int64
	var author, confirmed, draft *policy.ID
	err := scan(append([]any{&x.Number, &x.Epoch, &at, &author, &confirmed, &x.Note, &x.Origin, &x.Alone, &draft}, more...)...)
	x.At = time.UnixMicro(at).UTC()
	if author != nil {
		x.Author = &Name{ID: *author}
	}
	if confirmed != nil {
		x.ConfirmedBy = &Name{ID: *confirmed}
	}
	if draft != nil {
		x.Draft = *draft
	}
	return x, err
}

// PolicyVersions lists the versions before the one of a number, the newest first; 0 begins with the
// newest. It takes the right policy or audit.
func (s *Session) PolicyVersions(ctx context.Context, before int64, limit int) (*PolicyVersions, error) {
	page := &PolicyVersions{}
	err := s.oversee(ctx, "versions", func(t *rtx, v *view) error {
		page.Items, page.Next = []PolicyVersion{}, 0
		if before <= 0 {
			before = 1 << 60
		}
		err := t.each(ctx, func(rows *sql.Rows) error {
			x, err := scanVersion(rows.Scan)
			page.Items = append(page.Items, x)
			return err
		}, "SELECT "+versionColumns+" FROM policy_version WHERE tenant_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3", v.tenant, before, limit+1)
		if err != nil {
			return err
		}
		if len(page.Items) > limit {
			page.Items = page.Items[:limit]
			page.Next = page.Items[limit-1].Number
		}
		return t.nameVersions(ctx, v.tenant, page.Items)
	}, "policy", "audit")
	return page, err
}

func (t *rtx) nameVersions(ctx context.Context, tenant policy.ID, list []PolicyVersion) error {
	var names []*Name
	for i := range list {
		names = append(names, list[i].Author, list[i].ConfirmedBy)
	}
	return t.nameAll(ctx, tenant, names...)
}

// nameAll writes their names to people who are known by id.
func (t *rtx) nameAll(ctx context.Context, tenant policy.ID, people ...*Name) error {
	people = slices.DeleteFunc(people, func(n *Name) bool { return n == nil })
	var ids []policy.ID
	for _, n := range people {
		ids = append(ids, n.ID)
	}
	names := map[policy.ID]string{}
	if len(ids) > 0 {
		if err := t.directoryNames(ctx, tenant, ids, names); err != nil {
			return err
		}
	}
	for _, n := range people {
		n.Name = names[n.ID]
	}
	return nil
}

// PolicyVersion reads a version with its document. It takes the right policy or audit. Faults:
// NotFound.
func (s *Session) PolicyVersion(ctx context.Context, number int64) (*PolicyVersion, error) {
	var x *PolicyVersion
	err := s.oversee(ctx, "version", func(t *rtx, v *view) (err error) {
		if x, err = t.version(ctx, v.tenant, number); err != nil {
			return err
		}
		return t.nameAll(ctx, v.tenant, x.Author, x.ConfirmedBy)
	}, "policy", "audit")
	return x, err
}

func (t *rtx) version(ctx context.Context, tenant policy.ID, number int64) (*PolicyVersion, error) {
	var text []byte
	row := t.row(ctx, "SELECT "+versionColumns+", document FROM policy_version WHERE tenant_id = $1 AND number = $2", tenant, number)
	x, err := scanVersion(row.Scan, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noVersion
	}
	if err != nil {
		return nil, err
	}
	document, err := readDocument(text)
	x.Document = &document
	return &x, err
}

// PolicyDiff says by what a version differs from another one; from 0 is the one before it. It takes
// the right policy or audit. Faults: NotFound.
func (s *Session) PolicyDiff(ctx context.Context, from, to int64) (*PolicyDiff, error) {
	diff := &PolicyDiff{From: from, To: to}
	if from == 0 {
		diff.From = to - 1
	}
	err := s.oversee(ctx, "versions", func(t *rtx, v *view) error {
		after, err := t.version(ctx, v.tenant, to)
		if err != nil {
			return err
		}
		before := &PolicyVersion{Document: &access.Document{}}
		if diff.From != 0 || to != 1 {
			if before, err = t.version(ctx, v.tenant, diff.From); err != nil {
				return err
			}
		}
		diff.Changes, err = t.tellChanges(ctx, v.state, *before.Document, *after.Document)
		return err
	}, "policy", "audit")
	return diff, err
}

// Rollback puts the policy of a version in force again, as a version of its own. It takes what
// publishing takes; what is sensitive becomes a draft that waits for a second person. Faults:
// NotFound, Invalid where the organisation no longer has what the version names, Denied, Conflict.
func (s *Session) Rollback(ctx context.Context, number int64, note string, alone bool) (*Enacted, error) {
	return s.enact(ctx, "rollback", func(t *tx, v *view) (*enactment, error) {
		x, err := t.version(ctx, t.actor.Tenant, number)
		if err != nil {
			return nil, err
		}
		return &enactment{document: *x.Document, origin: OriginRollback, name: "↩ v" + policy.ID(number).String(), note: note, alone: alone}, nil
	})
}

// ApplyPolicy puts a whole document in force, as it comes from a file. It takes what publishing
// takes. Assignments that stand keep their ids; those of the document are not looked at. Faults:
// Invalid with everything that is wrong, Denied, Conflict.
func (s *Session) ApplyPolicy(ctx context.Context, d access.Document, note string, alone bool) (*Enacted, error) {
	return s.enact(ctx, "apply", func(t *tx, v *view) (*enactment, error) {
		d, err := t.withIDs(ctx, v.document.Known(d))
		if err != nil {
			return nil, err
		}
		return &enactment{document: d, origin: OriginApply, name: "guan policy apply", note: note, alone: alone}, nil
	})
}

// withIDs gives ids to the assignments that have none.
func (t *tx) withIDs(ctx context.Context, d access.Document) (access.Document, error) {
	d = d.Normal()
	for i := range d.Assignments {
		if d.Assignments[i].ID != 0 {
			continue
		}
		id, err := t.newID(ctx)
		if err != nil {
			return d, err
		}
		d.Assignments[i].ID = id
	}
	return d, nil
}

func (t *tx) auditPolicy(ctx context.Context, action audit.Action, detail map[string]any) error {
	return t.audit(ctx, audit.Entry{Action: action, Detail: detail})
}
