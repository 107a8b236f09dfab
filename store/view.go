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
)

// ListView is a saved question to a list: its filter, order, columns and form. It grants nothing:
// whoever opens it asks the question under their own rights.
type ListView struct {
	ID        policy.ID   `json:"id"`
	Version   int64       `json:"version"`
	Kind      policy.Kind `json:"kind"`
	Name      string      `json:"name"`
	Search    ViewSearch  `json:"search"`
	Shared    *ViewShare  `json:"shared,omitempty"` // nil: its owner's alone
	Owner     Name        `json:"owner"`
	Mine      bool        `json:"mine"`
	Default   bool        `json:"default"` // the list opens with it for who asks
	UpdatedAt time.Time   `json:"updated_at"`

	// Locked names the fields of the filter that who asks sees plain on no record. Somebody else's
	// view then comes without its filter: what its owner compares a field with is a piece of that
	// field's values. Closed says that something is locked, also where it has no name for them.
	Locked []string `json:"locked"`
	Closed bool     `json:"closed"`
}

// ViewSearch is the state of a list as it stands in its URL.
type ViewSearch struct {
	Rows    [][]string     `json:"f,omitempty"`   // of the simple filter: field, operator, values
	Any     bool           `json:"any,omitempty"` // any of the rows instead of all
	CEL     string         `json:"cel,omitempty"`
	Words   string         `json:"q,omitempty"`
	Sort    string         `json:"sort,omitempty"`
	Columns string         `json:"cols,omitempty"` // names between commas
	Widths  map[string]int `json:"w,omitempty"`    // of columns, in pixels
	Layout  string         `json:"as,omitempty"`   // empty is a table; board, calendar
}

// ViewShare says with whom a view is shared.
type ViewShare struct {
	Units     []policy.ID `json:"units,omitempty"` // with what is below them
	Positions []string    `json:"positions,omitempty"`
	Everyone  bool        `json:"everyone,omitempty"`
}

// NewView is what a view is made of; in a change, what is nil stays.
type NewView struct {
	Name    *string
	Search  *ViewSearch
	Shared  *ViewShare // one that names nobody takes the view back
	Default *bool
}

var noView = fault.New(fault.NotFound, "view", "there is no such view")

// Views lists the views of a kind that are the actor's own or shared with them. Faults: NotFound
// for a kind that does not exist.
func (s *Session) Views(ctx context.Context, kind policy.Kind) ([]ListView, error) {
	var list []ListView
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) (err error) {
		if v.catalog.Kind(kind) == nil {
			return noKind
		}
		list, err = t.listViews(ctx, v, "w.kind = $3", string(kind))
		return err
	})
	return list, err
}

// listViews reads views as the actor may see them; who is not meant gets none.
func (t *rtx) listViews(ctx context.Context, v *view, where string, args ...any) ([]ListView, error) {
	me := v.bound.Subject().Person
	list := []ListView{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		one := ListView{Locked: []string{}}
		var search []byte
		var shared sql.NullString
		var updated int64
		if err := rows.Scan(&one.ID, &one.Version, &one.Kind, &one.Name, &search, &shared, &one.Owner.ID, &one.Owner.Name, &one.Default, &updated); err != nil {
			return err
		}
		if err := json.Unmarshal(search, &one.Search); err != nil {
			return err
		}
		if shared.Valid {
			if err := json.Unmarshal([]byte(shared.String), &one.Shared); err != nil {
				return err
			}
		}
		one.UpdatedAt, one.Mine = time.UnixMicro(updated).UTC(), one.Owner.ID == me
		if !one.Mine && !one.Shared.meant(v) {
			return nil
		}
		if described := v.catalog.Kind(one.Kind); described != nil {
			v.close(described, &one)
			list = append(list, one)
		}
		return nil
	}, `SELECT w.id, w.version, w.kind, w.name, w.search, w.shared, w.person_id, p.name, d.view_id IS NOT NULL, w.updated_at
		FROM list_view w
		JOIN person p ON p.tenant_id = w.tenant_id AND p.id = w.person_id
		LEFT JOIN list_default d ON d.tenant_id = w.tenant_id AND d.person_id = $2 AND d.kind = w.kind AND d.view_id = w.id
		WHERE w.tenant_id = $1 AND `+where+` ORDER BY w.name, w.id`, append([]any{v.tenant, me}, args...)...)
	return list, err
}

// visibleView finds one view that the actor may see. One shared with others is like none.
func (t *rtx) visibleView(ctx context.Context, v *view, id policy.ID) (*ListView, error) {
	found, err := t.listViews(ctx, v, "w.id = $3", id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, noView
	}
	return &found[0], nil
}

// meant reports whether the view is shared with the actor.
func (s *ViewShare) meant(v *view) bool {
	if s == nil {
		return false
	}
	who := s.who()
	return who.SpeaksOf(v.bound.Subject())
}

func (s *ViewShare) who() policy.Who {
	var who policy.Who
	for _, unit := range s.Units {
		who.Any = append(who.Any, policy.Clause{Unit: unit, Below: true})
	}
	for _, position := range s.Positions {
		who.Any = append(who.Any, policy.Clause{Position: position})
	}
	if s.Everyone {
		who.Any = append(who.Any, policy.Clause{Everyone: true})
	}
	return who
}

// SaveView makes a view of the actor's. What it asks is checked as a list would; sharing it further
// than one's own units takes the right org or policy, and a shared filter names general fields
// alone (see checkShare). Faults: NotFound, Invalid, Denied, Conflict.
func (s *Session) SaveView(ctx context.Context, kind policy.Kind, n NewView) (*ListView, error) {
	return s.writeView(ctx, func(t *tx, v *view) (policy.ID, error) {
		described := v.catalog.Kind(kind)
		if described == nil {
			return 0, noKind
		}
		var count int
		if err := t.row(ctx, "SELECT count(*) FROM list_view WHERE tenant_id = $1 AND kind = $2 AND person_id = $3", v.tenant, string(kind), s.actor.Person).Scan(&count); err != nil {
			return 0, err
		}
		if count >= maxViews {
			return 0, fault.New(fault.Conflict, "views_many", "a person keeps at most 100 views of a kind").With("max", maxViews)
		}
		id, err := t.newID(ctx)
		if err != nil {
			return 0, err
		}
		one := &ListView{ID: id, Kind: kind}
		if err := v.fill(described, one, n); err != nil {
			return 0, err
		}
		search, shared, err := one.texts()
		if err != nil {
			return 0, err
		}
		_, err = t.exec(ctx, `INSERT INTO list_view (tenant_id, id, kind, person_id, name, search, shared, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
			v.tenant, id, string(kind), s.actor.Person, one.Name, search, shared, t.nowMicros())
		if err != nil {
			return 0, err
		}
		return id, t.viewSaved(ctx, one, n.Default)
	})
}

// ChangeView changes a view of the actor's in the version that was seen. With which view one opens
// a list may also be said of a view that somebody else shares. Faults: NotFound, Denied (view_owner),
// Stale, Invalid.
func (s *Session) ChangeView(ctx context.Context, id policy.ID, version int64, n NewView) (*ListView, error) {
	return s.writeView(ctx, func(t *tx, v *view) (policy.ID, error) {
		one, err := t.visibleView(ctx, v, id)
		if err != nil {
			return 0, err
		}
		if one.Version != version {
			return 0, staleVersion
		}
		if n.Name == nil && n.Search == nil && n.Shared == nil {
			return id, t.viewSaved(ctx, one, n.Default)
		}
		if !one.Mine {
			return 0, notViewOwner
		}
		if err := v.fill(v.catalog.Kind(one.Kind), one, n); err != nil {
			return 0, err
		}
		search, shared, err := one.texts()
		if err != nil {
			return 0, err
		}
		_, err = t.exec(ctx, "UPDATE list_view SET version = version + 1, name = $1, search = $2, shared = $3, updated_at = $4 WHERE tenant_id = $5 AND id = $6",
			one.Name, search, shared, t.nowMicros(), v.tenant, id)
		if err != nil {
			return 0, err
		}
		return id, t.viewSaved(ctx, one, n.Default)
	})
}

var notViewOwner = fault.New(fault.Denied, "view_owner", "only who made the view changes it: save a copy of your own")

// DeleteView removes a view: its owner may, and of shared ones who has the right org or policy.
// Faults: NotFound, Denied (view_owner), Stale.
func (s *Session) DeleteView(ctx context.Context, id policy.ID, version int64) error {
	return s.db.write(ctx, s.actor, op{name: "view"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		one, err := t.visibleView(ctx, v, id)
		switch {
		case err != nil:
			return err
		case !one.Mine && !v.may("org") && !v.may("policy"):
			return notViewOwner
		case one.Version != version:
			return staleVersion
		}
		for _, text := range []string{
			"DELETE FROM list_default WHERE tenant_id = $1 AND view_id = $2",
			"DELETE FROM list_view WHERE tenant_id = $1 AND id = $2",
		} {
			if _, err := t.exec(ctx, text, v.tenant, id); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.ViewDeleted, Kind: one.Kind, Detail: map[string]any{"view": id}})
	})
}

// writeView is the frame of a change of a view, which is then shown as it stands.
func (s *Session) writeView(ctx context.Context, change func(*tx, *view) (policy.ID, error)) (*ListView, error) {
	var one *ListView
	err := s.db.write(ctx, s.actor, op{name: "view"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		id, err := change(t, v)
		if err != nil {
			return err
		}
		one, err = t.visibleView(ctx, v, id)
		return err
	})
	return one, err
}

func (one *ListView) texts() (search string, shared sql.NullString, err error) {
	if search, err = jsonText(one.Search); err != nil || one.Shared == nil {
		return search, shared, err
	}
	text, err := jsonText(one.Shared)
	return search, sql.NullString{String: text, Valid: true}, err
}

// viewSaved sets the actor's default and writes the entry, which holds nothing of the filter.
func (t *tx) viewSaved(ctx context.Context, one *ListView, first *bool) error {
	if first != nil {
		if _, err := t.exec(ctx, "DELETE FROM list_default WHERE tenant_id = $1 AND person_id = $2 AND kind = $3", t.actor.Tenant, t.actor.Person, string(one.Kind)); err != nil {
			return err
		}
		if *first {
			if _, err := t.exec(ctx, "INSERT INTO list_default (tenant_id, person_id, kind, view_id) VALUES ($1, $2, $3, $4)", t.actor.Tenant, t.actor.Person, string(one.Kind), one.ID); err != nil {
				return err
			}
		}
	}
	return t.audit(ctx, audit.Entry{Action: audit.ViewSaved, Kind: one.Kind, Detail: map[string]any{"view": one.ID, "shared": one.Shared}})
}

// errNoShare stands for a share that names nobody.
var errNoShare = errors.New("store: a share that names nobody")
