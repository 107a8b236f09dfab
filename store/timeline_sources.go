package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"guan/audit"
	"guan/grants"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// happensAt names, for some kinds, the field that says when a record of it took place. One without
// a value there, or with one that its reader does not see, stands where it was created.
var happensAt = map[policy.Kind]string{
	"activity": "happened_at", "contract": "signed_on", "payment": "due_on", "task": "due_at",
}

// sources are the streams of the timeline of a record that the actor reads.
func (v *view) sources(b *beneath) []source {
	var all []source
	for _, r := range b.kind.Relations {
		if r.Many {
			all = append(all, v.relatedSources(b, r)...)
		}
	}
	all = append(all, v.changeSource(b), v.handoverSource(b), v.mergeSource(b))
	if v.knowsAccess(b) {
		all = append(all, v.teamSource(b), v.grantSource(b), v.emergencySource(b))
	}
	if b.talks {
		all = append(all, v.commentSource(b), v.fileSource(b))
	}
	return all
}

// relatedSources read the records that point here through a relation, as a list of their kind does:
// those that say when they took place, and the others by when they were created.
func (v *view) relatedSources(b *beneath, r records.Relation) []source {
	part := "related"
	if r.Kind == "activity" {
		part = "activities"
	}
	points := "r." + r.Field + " == '" + b.id.String() + "'"
	at := happensAt[r.Kind]
	if at == "" {
		return []source{v.related(r, part, r.Name, points, "created_at")}
	}
	return []source{
		v.related(r, part, r.Name, points, at),
		v.related(r, part, r.Name+".undated", points+" && !has(r."+at+")", "created_at"),
	}
}

func (v *view) related(r records.Relation, part, name, filter, sort string) source {
	return source{name, part, func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		kind := v.catalog.Kind(r.Kind)
		known := v.knownFields(kind)
		if v.bound.Reduce(policy.Read, r.Kind).None() || known[r.Field] == nil || known[sort] == nil || strings.Contains(filter, "has(") && known[happensAt[r.Kind]] == nil {
			return nil, nil
		}
		l, err := v.prepare(ListQuery{Kind: r.Kind, Filter: filter, Sort: "-" + sort, Fields: tellingFields(kind, known)})
		if err != nil {
			return nil, err
		}
		q := l.list(limit)
		q.Filter, q.Sort, q.Desc = l.filter, l.sort, true
		if q.Plan, err = t.plan(ctx, l); err != nil {
			return nil, err
		}
		if before != latest {
			q.After = &sqlgen.Cursor{Value: policy.MicrosOf(before.at), ID: policy.ID(before.id)}
		}
		rows, err := t.fetch(ctx, q)
		if err != nil {
			return nil, err
		}
		out := make([]happened, len(rows))
		for i, row := range rows {
			item := l.item(row)
			out[i] = happened{Happening: Happening{Type: "record", Relation: r.Name, Item: &item}, at: row.values[sort].Int(), id: int64(row.id)}
		}
		return out, nil
	}}
}

// tellingFields are what a timeline shows of a related record: what its list shows, and the first of
// the fields that say what was spoken of.
func tellingFields(kind *records.Kind, known map[string]*policy.Field) []string {
	var names []string
	for _, name := range kind.List {
		if known[name] != nil {
			names = append(names, name)
		}
	}
	for _, f := range kind.Fields {
		if f.Class == policy.Communication && !f.Custom && known[f.Name] != nil {
			return append(names, f.Name)
		}
	}
	return names
}

// auditedPage is how many entries are read at a time: most of an entry may be of fields that its
// reader does not see.
const auditedPage = 100

// auditedTop is the place of the first of the entries of one instant that tell the reader something.
// The numbers of the log are no places: they tell how much was done elsewhere.
const auditedTop = 1_000_000

// audited reads the audit entries of writes until enough of them tell the reader something.
func (v *view) audited(b *beneath, tell func(e auditedEntry) (happened, bool)) func(context.Context, *rtx, place, int) ([]happened, error) {
	return func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		var out []happened
		from := place{before.at, latest.id} // with all of the instant, to number them
		at := place{before.at, auditedTop + 1}
		for {
			last := from
			n := 0
			// The acts stand as the index on changes has them, or it is not taken.
			err := t.each(ctx, func(rows *sql.Rows) error {
				var e auditedEntry
				var actor sql.NullInt64
				var detail []byte
				if err := rows.Scan(&last.id, &last.at, &actor, &e.action, &detail); err != nil {
					return err
				}
				n++
				if err := json.Unmarshal(detail, &e.detail); err != nil {
					return err
				}
				h, ok := tell(e)
				if !ok || len(out) == limit {
					return nil
				}
				if last.at != at.at {
					at = place{last.at, auditedTop + 1}
				}
				if at.id--; at.at == before.at && at.id >= before.id {
					return nil // shown before
				}
				h.at, h.id = at.at, at.id
				if v.namesMakers(b) && e.action != audit.Tagged { // a rule gave the tag
					h.by = policy.ID(actor.Int64)
				}
				out = append(out, h)
				return nil
			}, `SELECT seq, at, actor_id, action, detail FROM audit_entry
				WHERE tenant_id = $1 AND kind = $2 AND record_id = $3 AND (action = 'create' OR action = 'edit' OR action = 'claim' OR action = 'release' OR action = 'assign' OR action = 'recycled' OR action = 'tagged') AND (at, seq) < ($4, $5)
				ORDER BY at DESC, seq DESC LIMIT $6`, v.tenant, string(b.kind.Name), b.id, from.at, from.id, auditedPage)
			if err != nil || n < auditedPage || len(out) == limit {
				return out, err
			}
			from = last
		}
	}
}

type auditedEntry struct {
	action audit.Action
	detail struct {
		Changes []audit.Change `json:"changes"`
		Team    string         `json:"team"`
		Person  policy.ID      `json:"person"`
		Reason  string         `json:"reason"`
		Why     string         `json:"why"`
	}
}

// namesMakers reports whether the reader is told who changed the record: those who see who works on
// it, which for a record in a pool many do not.
func (v *view) namesMakers(b *beneath) bool {
	f := b.schema.Field("owner")
	if f == nil {
		f = b.schema.Field(b.kind.Title)
	}
	return b.read.Level(f) == policy.Plain
}

func (v *view) changeSource(b *beneath) source {
	return source{"~changes", "changes", v.audited(b, func(e auditedEntry) (happened, bool) {
		if e.action == audit.Action(policy.Create) {
			return happened{Happening: Happening{Type: "created"}}, true
		}
		changes := v.told(b, e.detail.Changes)
		h := Happening{Type: "changed", Changes: changes}
		if e.action != audit.Action(policy.Edit) {
			h.Act = string(e.action)
		}
		if b.talks { // what somebody wrote may speak of anything
			h.Reason = e.detail.Reason
		}
		if e.action == audit.Recycled && v.namesMakers(b) { // it speaks of the owner
			h.Why = e.detail.Why
		}
		return happened{Happening: h}, len(changes) > 0
	})}
}

func (v *view) teamSource(b *beneath) source {
	return source{"~team", "permissions", v.audited(b, func(e auditedEntry) (happened, bool) {
		if e.detail.Team != "joined" && e.detail.Team != "left" {
			return happened{}, false
		}
		return happened{Happening: Happening{Type: e.detail.Team, Access: &AccessChange{Person: Name{ID: e.detail.Person}}}}, true
	})}
}

// told is what the reader is told of changes: of a field that is hidden on the record now nothing,
// not even that there was a change; of a masked one that it changed.
func (v *view) told(b *beneath, changes []audit.Change) []FieldChange {
	var out []FieldChange
	for _, c := range changes {
		f := b.schema.Field(c.Field)
		level := b.read.Level(f)
		if f == nil || level == policy.Hidden {
			continue
		}
		told := FieldChange{Field: c.Field, Masked: level.IsMask(), Withheld: c.Withheld}
		switch {
		case level.IsMask():
			told.Withheld = false
		case !c.Withheld:
			described := b.kind.Field(c.Field)
			told.Old, told.New = asWritten(described, c.Old), asWritten(described, c.New)
		}
		out = append(out, told)
	}
	return out
}

// asWritten gives a value of an audit entry as records write it on the wire.
func asWritten(f *records.Field, value any) any {
	if text, ok := value.(string); ok && f.Type == records.Date && len(text) > 10 {
		return text[:10]
	}
	return value
}

// nameChanges names what plain references pointed at, as far as the reader may read it now.
func (t *rtx) nameChanges(ctx context.Context, v *view, b *beneath, changes []FieldChange) error {
	for i := range changes {
		c := &changes[i]
		f := b.kind.Field(c.Field)
		if c.Masked || f.Type != records.Ref {
			continue
		}
		var ids []policy.ID
		for _, value := range []any{c.Old, c.New} {
			if text, ok := value.(string); ok {
				if id, err := policy.ParseID(text); err == nil {
					ids = append(ids, id)
				}
			}
		}
		slices.Sort(ids)
		titles, err := t.titles(ctx, v, f.Ref, slices.Compact(ids))
		if err != nil {
			return err
		}
		for id, title := range titles {
			if c.Titles == nil {
				c.Titles = map[string]string{}
			}
			c.Titles[id.String()] = title
		}
	}
	return nil
}

func (v *view) grantSource(b *beneath) source {
	return source{"~grants", "permissions", func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		var out []happened
		err := t.each(ctx, func(rows *sql.Rows) error {
			var h happened
			var by sql.NullInt64
			var document []byte
			if err := rows.Scan(&h.id, &h.at, &h.Type, &by, &document); err != nil {
				return err
			}
			var g grants.Grant
			if err := json.Unmarshal(document, &g); err != nil {
				return err
			}
			h.by = policy.ID(by.Int64)
			h.Access = &AccessChange{Person: Name{ID: g.Receiver}}
			if h.Type == "given" {
				h.Access.Actions, h.Access.Until = g.Actions, &g.Until
			}
			out = append(out, h)
			return nil
		}, `SELECT e.grant_id * 2 + CASE e.what WHEN 'given' THEN 0 ELSE 1 END AS place, e.at, e.what, e.by_id, g.document
			FROM grant_event e JOIN access_grant g ON g.tenant_id = e.tenant_id AND g.id = e.grant_id
			WHERE e.tenant_id = $1 AND e.kind = $2 AND e.record_id = $3 AND (e.at, e.grant_id * 2 + CASE e.what WHEN 'given' THEN 0 ELSE 1 END) < ($4, $5)
			ORDER BY e.at DESC, place DESC LIMIT $6`, v.tenant, string(b.kind.Name), b.id, before.at, before.id, limit)
		return out, err
	}}
}

func (v *view) commentSource(b *beneath) source {
	return source{"~comments", "comments", func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		list, err := t.comments(ctx, v, b, before, limit)
		out := make([]happened, len(list))
		for i := range list {
			out[i] = happened{Happening: Happening{Type: "comment", Comment: &list[i]}, at: list[i].CreatedAt.UnixMicro(), id: int64(list[i].ID), by: list[i].Author.ID}
		}
		return out, err
	}}
}

func (v *view) fileSource(b *beneath) source {
	return source{"~files", "files", func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		list, err := t.attachments(ctx, v, b, before, limit)
		out := make([]happened, len(list))
		for i := range list {
			out[i] = happened{Happening: Happening{Type: "file", File: &list[i]}, at: list[i].CreatedAt.UnixMicro(), id: int64(list[i].ID), by: list[i].Author.ID}
		}
		return out, err
	}}
}

// grantEvent keeps when a grant of named records was given or taken back.
func (t *tx) grantEvent(ctx context.Context, kind policy.Kind, grant policy.ID, what string, ids []policy.ID) error {
	for chunk := range slices.Chunk(ids, 500) {
		list, err := jsonText(idNumbers(chunk))
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, "INSERT INTO grant_event (tenant_id, kind, record_id, grant_id, what, at, by_id) "+t.pick(
			"SELECT $1, $2, value, $3, $4, $5, $6 FROM json_each($7) WHERE true",
			"SELECT $1::bigint, $2::text, value::bigint, $3::bigint, $4::text, $5::bigint, $6::bigint FROM json_array_elements_text($7::json)")+" ON CONFLICT DO NOTHING",
			t.actor.Tenant, string(kind), grant, what, t.nowMicros(), optionalID(t.actor.Person), list)
		if err != nil {
			return err
		}
	}
	return nil
}
