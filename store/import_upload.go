package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"guan/audit"
	"guan/exchange"
	"guan/fault"
	"guan/policy"
)

// Upload is a file that was sent to be looked at before it is imported. It is its sender's, for a
// day.
type Upload struct {
	ID    policy.ID
	File  string // in the folder of jobs
	Name  string // what the sender calls it
	Kind  policy.Kind
	Rows  int64
	Until time.Time
}

var noUpload = fault.New(fault.NotFound, "upload", "there is no such file, or none any more: send it again")

// KeepUpload keeps a file for its sender, who needs the right import. Faults: Denied.
func (s *Session) KeepUpload(ctx context.Context, u Upload) (*Upload, error) {
	err := s.db.administer(ctx, s.actor, op{name: "import"}, "import", func(t *tx, v *view) error {
		// What nobody can fetch any more is of no use, and this is where it grows.
		if _, err := t.exec(ctx, "DELETE FROM import_upload WHERE tenant_id = $1 AND created_at <= $2", t.actor.Tenant, t.now.Add(-workKept).UnixMicro()); err != nil {
			return err
		}
		var err error
		if u.ID, err = t.newID(ctx); err != nil {
			return err
		}
		u.Until = t.now.Add(workKept)
		_, err = t.exec(ctx, "INSERT INTO import_upload (tenant_id, id, person_id, token_id, file, name, kind, row_count, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
			t.actor.Tenant, u.ID, t.actor.Person, optionalID(t.actor.Token), u.File, u.Name, string(u.Kind), u.Rows, t.nowMicros())
		if err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.Import, Kind: known(u.Kind), Detail: map[string]any{"uploaded": u.ID, "into": string(known(u.Kind))}})
	})
	return &u, err
}

// Upload finds a file of one's own. Faults: NotFound.
func (s *Session) Upload(ctx context.Context, id policy.ID) (*Upload, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	t := s.db.single()
	u := &Upload{ID: id}
	var token sql.NullInt64
	var created int64
	err := t.row(ctx, "SELECT file, name, kind, row_count, token_id, created_at FROM import_upload WHERE tenant_id = $1 AND id = $2 AND person_id = $3 AND created_at > $4",
		s.actor.Tenant, id, s.actor.Person, t.now.Add(-workKept).UnixMicro()).Scan(&u.File, &u.Name, &u.Kind, &u.Rows, &token, &created)
	if errors.Is(err, sql.ErrNoRows) || err == nil && s.actor.Token != 0 && policy.ID(token.Int64) != s.actor.Token {
		return nil, noUpload
	}
	u.Until = time.UnixMicro(created).UTC().Add(workKept)
	return u, s.db.fault(err)
}

// DryRun finds a try of one's own whose file can still be run. Faults: NotFound, Conflict.
func (s *Session) DryRun(ctx context.Context, id policy.ID) (*Work, error) {
	w, err := s.Work(ctx, ImportWork, id)
	if err != nil {
		return nil, err
	}
	if w.Mode != "dry" || w.ExpiresAt == nil || s.db.Now().After(*w.ExpiresAt) {
		return nil, noUpload
	}
	return w, nil
}

var alreadyFollowed = fault.New(fault.Conflict, "import_done", "this import is under way or done already")

// follows refuses to run the same try twice, and to take back an import that is being taken back.
// Orders that follow the same work wait for each other.
func (t *tx) follows(ctx context.Context, o Order) error {
	id, statuses := o.follows(), "'queued', 'running', 'done'"
	if id == 0 {
		return nil
	}
	if o.Revert != 0 {
		statuses = "'queued', 'running'" // what could not be taken back at first may be at last
	}
	var one int
	if err := t.row(ctx, "SELECT 1 FROM job WHERE tenant_id = $1 AND id = $2"+t.pick("", " FOR UPDATE"), t.actor.Tenant, id).Scan(&one); err != nil {
		return err
	}
	var some bool
	err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM job WHERE tenant_id = $1 AND from_id = $2 AND status IN ("+statuses+"))", t.actor.Tenant, id).Scan(&some)
	if err == nil && some {
		err = alreadyFollowed
	}
	return err
}

// headingsKey is one for the same headings in any order.
func headingsKey(headings []string) string {
	list := make([]string, 0, len(headings))
	for _, h := range headings {
		if h = strings.TrimSpace(h); h != "" {
			list = append(list, h)
		}
	}
	slices.Sort(list)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(list), "\x00")))
	return hex.EncodeToString(sum[:])
}

// rememberMapping keeps how somebody led the columns of a table to fields.
func (s *Session) rememberMapping(ctx context.Context, m *exchange.Mapping) error {
	headings := slices.Clone(m.Ignore)
	for _, c := range m.Columns {
		headings = append(headings, c.Column)
	}
	text, err := jsonText(m)
	if err != nil {
		return err
	}
	return s.db.maintain(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO import_mapping (tenant_id, person_id, kind, headings, document, used_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (tenant_id, person_id, kind, headings) DO UPDATE SET document = excluded.document, used_at = excluded.used_at`,
			s.actor.Tenant, s.actor.Person, m.Kind, headingsKey(headings), text, t.nowMicros())
		return err
	})
}

// remembered is the mapping of the last time, nil for none.
func (t *rtx) remembered(ctx context.Context, tenant, person policy.ID, kind policy.Kind, header []string) (*exchange.Mapping, error) {
	var text []byte
	err := t.row(ctx, "SELECT document FROM import_mapping WHERE tenant_id = $1 AND person_id = $2 AND kind = $3 AND headings = $4", tenant, person, string(kind), headingsKey(header)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	var m exchange.Mapping
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return &m, err
}
