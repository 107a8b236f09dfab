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
	"guan/records"
)

// Two records that mean the same are made one (docs/adr/0021-ownership.md). What the actor does not
// see plain, or may not write, stays where it is: a value that is covered is never chosen, and a
// record that hangs on the loser and is none of theirs to change stays there. The loser stays in its
// table for that, in a stage that a forbid hides from everybody.

// Merging names the record that is merged into another, in the version that was seen, and the fields
// that come from it. All others stay as the surviving record has them.
type Merging struct {
	With    policy.ID `json:"with"`
	Version int64     `json:"version"`
	Take    []string  `json:"take,omitempty"`
}

// MergedRecord is the surviving record, with what came along and what stayed where it was.
type MergedRecord struct {
	ID    policy.ID      `json:"id"` // of the merge, to undo it
	Item  Item           `json:"item"`
	Parts []TransferPart `json:"parts"`
	Until time.Time      `json:"until"` // when undoing it ends at the latest
}

// MergeMark is a merge on the timeline of the surviving record.
type MergeMark struct {
	ID   policy.ID `json:"id"`
	Undo bool      `json:"undo"` // it can be undone, and the reader may change the record
}

// MergedInto leads from a record that was merged to the one that it was merged into.
type MergedInto struct {
	Kind  policy.Kind `json:"kind"`
	ID    policy.ID   `json:"id"`
	Title string      `json:"title,omitempty"`
}

// Mergeable are the kinds whose records are merged.
var Mergeable = []policy.Kind{"customer", "contact"}

const mergeKept = 30 * 24 * time.Hour

var (
	mergeKinds   = fault.New(fault.Invalid, "merge_kind", "records of this kind are not merged")
	mergeSelf    = fault.New(fault.Invalid, "merge_self", "a record is merged with another one").WithAt("with")
	mergeOver    = fault.New(fault.Conflict, "merge_over", "this merge cannot be undone, or not any more")
	mergeTouched = fault.New(fault.Conflict, "merge_touched", "the record was changed since it was merged")
	mergeHeld    = fault.New(fault.Denied, "merge_held", "something that came along is no longer yours to change")
	noMerge      = fault.New(fault.NotFound, "merge", "there is no such merge")
	// kept are fields that no choice moves: whose a record is, is transferred and not merged.
	notMerged = []string{"id", "owner", "unit", "pool", "created_at", "updated_at", "created_by"}
)

// mergeKeeps is what undoing a merge needs.
type mergeKeeps struct {
	Stage    string                     `json:"stage"` // of the loser
	Before   map[string]json.RawMessage `json:"before,omitempty"`
	Children []mergedChildren           `json:"children,omitempty"`
	Comments []int64                    `json:"comments,omitempty"`
	Files    []int64                    `json:"files,omitempty"`
}

type mergedChildren struct {
	Kind  policy.Kind `json:"kind"`
	Field string      `json:"field"`
	IDs   []int64     `json:"ids"`
}

// Merge makes two records one: both must be the actor's to edit by rules of their own, not as a
// collaborator or by a grant, in the versions that were seen. Faults: NotFound, Stale, Denied,
// Invalid.
func (s *Session) Merge(ctx context.Context, kind policy.Kind, target Target, m Merging) (*MergedRecord, error) {
	if err := s.actor.check(); err != nil {
		return nil, err
	}
	var before int
	t := s.db.single()
	// The first merge of a kind brings the rule that hides what was merged.
	err := t.row(ctx, "SELECT count(*) FROM record_merge WHERE tenant_id = $1 AND kind = $2", s.actor.Tenant, string(kind)).Scan(&before)
	if err != nil {
		return nil, s.db.fault(err)
	}
	var out *MergedRecord
	err = s.db.write(ctx, s.actor, op{name: "merge", raises: before == 0}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		switch {
		case described == nil:
			return noRecord
		case !slices.Contains(Mergeable, kind):
			return mergeKinds
		case m.With == target.ID:
			return mergeSelf
		}
		out, err = t.merge(ctx, v, described, target, Target{ID: m.With, Version: m.Version}, m.Take)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, target.ID, policy.Edit, err)
	}
	return out, nil
}

func (t *tx) merge(ctx context.Context, v *view, kind *records.Kind, target, loser Target, take []string) (*MergedRecord, error) {
	if err := t.lockMany(ctx, kind, []policy.ID{target.ID, loser.ID}, true); err != nil {
		return nil, err
	}
	rows := [2]*fetched{}
	for i, one := range []Target{target, loser} {
		row, _, err := t.forWrite(ctx, v, kind, one, policy.Edit)
		if err == nil {
			_, err = t.leads(ctx, v, kind.Name, one.ID)
		}
		if err != nil && i == 1 {
			return nil, fault.From(err).WithAt("with")
		}
		if err != nil {
			return nil, err
		}
		rows[i] = row
	}
	given, err := v.mergedFields(kind, rows[0], rows[1], take)
	if err == nil {
		err = t.carry(ctx, kind, loser.ID, given)
	}
	if err != nil {
		return nil, err
	}
	id, err := t.newID(ctx)
	if err != nil {
		return nil, err
	}
	keeps := mergeKeeps{}
	t.by = v.whyAllowed(policy.Edit, kind.Name, rows[0])
	about := map[string]any{"merge": id, "merged": loser.ID}
	if keeps.Before, err = t.mergeInto(ctx, v, kind, target, given, about); err != nil {
		return nil, err
	}
	out := &MergedRecord{ID: id, Parts: []TransferPart{}, Until: t.now.Add(mergeKept).UTC()}
	if out.Parts, err = t.mergeChildren(ctx, v, kind, target.ID, loser.ID, id, &keeps); err != nil {
		return nil, err
	}
	if err := t.mergeTalk(ctx, v, kind, rows, target.ID, loser.ID, &keeps); err != nil {
		return nil, err
	}
	t.by = v.whyAllowed(policy.Edit, kind.Name, rows[1])
	if keeps.Stage, err = t.restage(ctx, v, kind, loser.ID, access.Merged, map[string]any{"merge": id, "merged_into": target.ID}); err != nil {
		return nil, err
	}
	if err := t.keepMerge(ctx, kind, id, target.ID, loser.ID, &keeps); err != nil {
		return nil, err
	}
	item, err := t.echo(ctx, v, kind.Name, target.ID)
	if err == nil {
		out.Item = *item
	}
	return out, err
}

// mergedFields are the values that come from the loser: plain there, and plain and editable on the
// surviving record, which mergeInto asks. Tags are joined.
func (v *view) mergedFields(kind *records.Kind, into, from *fetched, take []string) (map[string]policy.Value, error) {
	schema := v.catalog.Schema().Kind(kind.Name)
	rules := v.bound.Reduce(policy.Read, kind.Name)
	ours, theirs := rules.Outcome(into.answer), rules.Outcome(from.answer)
	given := map[string]policy.Value{}
	for _, name := range take {
		f, described := schema.Field(name), kind.Field(name)
		if f == nil || v.knownFields(kind)[name] == nil {
			return nil, noField("take")
		}
		if slices.Contains(notMerged, name) || described.ReadOnly {
			return nil, fault.New(fault.Invalid, "merge_field", "this field stays as the surviving record has it").WithAt(name)
		}
		if theirs.Level(f) != policy.Plain || ours.Level(f) != policy.Plain {
			return nil, deniedField(name)
		}
		value := from.values[name]
		if described.Type == records.ManyOf {
			tags := slices.Clone(into.values[name].Items())
			for _, tag := range value.Items() {
				if !slices.Contains(tags, tag) {
					tags = append(tags, tag)
				}
			}
			value = policy.SetOf(tags...)
		}
		if had := into.values[name]; !value.Equal(had) && !(value.Missing() && had.Missing()) {
			given[name] = value
		}
	}
	// A record that stands below the other one would stand below itself.
	if f := schema.Field("parent"); f != nil && ours.Level(f) == policy.Plain && !into.values["parent"].Missing() && into.values["parent"].ID() == from.id {
		given["parent"] = policy.Value{}
	}
	return given, nil
}

// mergeInto writes the chosen values, as an edit does, and returns those that were there.
func (t *tx) mergeInto(ctx context.Context, v *view, kind *records.Kind, target Target, given map[string]policy.Value, about map[string]any) (map[string]json.RawMessage, error) {
	if len(given) == 0 {
		return nil, t.audit(ctx, audit.Entry{Action: audit.Action(policy.Edit), Kind: kind.Name, Record: target.ID, Detail: about})
	}
	if err := t.checkRefs(ctx, v, kind, given); err != nil {
		return nil, err
	}
	w := &massWriter{v: v, kind: kind, schema: v.catalog.Schema().Kind(kind.Name), strict: true, about: about}
	w.given = func(*fetched) (map[string]policy.Value, error) { return given, nil }
	done, _, err := t.massWrite(ctx, w, []Target{target}, false)
	if err != nil {
		return nil, err
	}
	before := map[string]json.RawMessage{}
	for name := range given {
		if before[name], err = json.Marshal(kind.Field(name).Wire(done[0].before[name])); err != nil {
			return nil, err
		}
	}
	return before, nil
}

// pointing are the fields of other kinds that point at records of a kind.
func (v *view) pointing(kind policy.Kind, each func(other *records.Kind, f *records.Field) error) error {
	for _, other := range v.catalog.Kinds() {
		for _, f := range other.Fields {
			if f.Type == records.Ref && f.Ref == kind && f.Name != "id" && !f.Custom {
				if err := each(other, f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// mergeChildren points what hangs on the loser at the surviving record: what the actor sees there and
// may change. The rest stays, and of what they do not see nothing is said.
func (t *tx) mergeChildren(ctx context.Context, v *view, kind *records.Kind, target, loser, id policy.ID, keeps *mergeKeeps) ([]TransferPart, error) {
	parts := []TransferPart{}
	err := v.pointing(kind.Name, func(other *records.Kind, f *records.Field) error {
		known := v.knownFields(other)
		if v.bound.Reduce(policy.Read, other.Name).None() || known[f.Name] == nil {
			return nil
		}
		l, err := v.prepare(ListQuery{Kind: other.Name, Filter: "r." + f.Name + " == '" + loser.String() + "'", Fields: []string{}})
		if err != nil {
			return err
		}
		l.limit, l.also = childrenMost, nil
		rows, more, err := t.rows(ctx, l)
		if err != nil {
			return err
		}
		if more != "" {
			return childrenMany
		}
		var targets []Target
		for _, row := range rows {
			if row.id != target {
				targets = append(targets, Target{ID: row.id})
			}
		}
		if len(targets) == 0 {
			return nil
		}
		w := &massWriter{v: v, kind: other, schema: v.catalog.Schema().Kind(other.Name), about: map[string]any{"merge": id}}
		w.given = func(*fetched) (map[string]policy.Value, error) {
			return map[string]policy.Value{f.Name: policy.RefOf(target)}, nil
		}
		done, left, err := t.massWrite(ctx, w, targets, false)
		if err != nil {
			return err
		}
		parts = joinParts(parts, []TransferPart{{Relation: string(other.Name), Kind: other.Name, Label: other.Plural, Will: len(done), Stay: append([]MassSkip{}, left...)}})
		moved := mergedChildren{Kind: other.Name, Field: f.Name}
		for _, r := range done {
			moved.IDs = append(moved.IDs, int64(r.ID))
		}
		if len(done) > 0 {
			keeps.Children = append(keeps.Children, moved)
		}
		return nil
	})
	return parts, err
}

// mergeTalk brings comments and files along, where the actor sees what is said of both.
func (t *tx) mergeTalk(ctx context.Context, v *view, kind *records.Kind, rows [2]*fetched, target, loser policy.ID, keeps *mergeKeeps) error {
	schema, rules := v.catalog.Schema().Kind(kind.Name), v.bound.Reduce(policy.Read, kind.Name)
	if !talks(schema, rules.Outcome(rows[0].answer).Level) || !talks(schema, rules.Outcome(rows[1].answer).Level) {
		return nil
	}
	for table, kept := range map[string]*[]int64{"record_comment": &keeps.Comments, "attachment": &keeps.Files} {
		ids, err := t.eachID(ctx, "UPDATE "+table+" SET record_id = $1 WHERE tenant_id = $2 AND kind = $3 AND record_id = $4 RETURNING id", target, v.tenant, string(kind.Name), loser)
		if err != nil {
			return err
		}
		*kept = idNumbers(ids)
	}
	return nil
}

// restage sets the stage of a record past the gate, which knows no such stage, and returns the old one.
func (t *tx) restage(ctx context.Context, v *view, kind *records.Kind, id policy.ID, stage string, about map[string]any) (string, error) {
	schema := v.catalog.Schema().Kind(kind.Name)
	was, err := t.whole(ctx, schema, id)
	if err != nil {
		return "", err
	}
	after := withChanges(was.values, map[string]policy.Value{"stage": policy.TextOf(stage)})
	if err := t.updateRecord(ctx, kind, was, after, map[string]bool{"stage": true}); err != nil {
		return "", err
	}
	if owner := was.values[kind.Owner]; stage == access.Merged && kind.Claimed {
		// It is not among what its owner has out of a pool any more.
		if err := t.moved(ctx, kind, id, was.values[kind.Pool].ID(), owner.ID(), owner.ID()); err != nil {
			return "", err
		}
	}
	diff := audit.Diff(schema, was.values, after)
	about["changes"] = diff
	return was.values["stage"].Text(), t.audit(ctx, audit.Entry{Action: audit.Action(policy.Edit), Kind: kind.Name, Record: id, Fields: audit.Names(diff), Detail: about})
}

func (t *tx) keepMerge(ctx context.Context, kind *records.Kind, id, winner, loser policy.ID, keeps *mergeKeeps) error {
	document, err := jsonText(keeps)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "INSERT INTO record_merge (tenant_id, id, kind, winner_id, loser_id, winner_version, document, by_id, at) SELECT $1, $2, $3, $4, $5, r.version, "+t.pick("$6", "$6::jsonb")+", $7, $8 FROM "+kind.Table+" r WHERE r.tenant_id = $1 AND r.id = $4",
		t.actor.Tenant, id, string(kind.Name), winner, loser, document, optionalID(t.actor.Person), t.nowMicros())
	return err
}

// UndoMerge takes a merge apart again, within 30 days and while nobody has changed the surviving
// record: what came from the loser goes back to it. Everything must be the actor's to change, there
// and back. Faults: NotFound, Denied, Conflict (merge_over, merge_touched).
func (s *Session) UndoMerge(ctx context.Context, id policy.ID) (*Item, error) {
	var item *Item
	var kind policy.Kind
	var winner policy.ID
	err := s.db.write(ctx, s.actor, op{name: "unmerge"}, func(t *tx) error {
		v, err := t.view(ctx)
		if err != nil {
			return err
		}
		var loser policy.ID
		var version, at int64
		var undone *int64
		var document []byte
		err = t.row(ctx, "SELECT kind, winner_id, loser_id, winner_version, document, at, undone_at FROM record_merge WHERE tenant_id = $1 AND id = $2", v.tenant, id).
			Scan(&kind, &winner, &loser, &version, &document, &at, &undone)
		if errors.Is(err, sql.ErrNoRows) {
			return noMerge
		}
		if err != nil {
			return err
		}
		var keeps mergeKeeps
		if err := json.Unmarshal(document, &keeps); err != nil {
			return err
		}
		described := v.catalog.Kind(kind)
		if err := t.lockMany(ctx, described, []policy.ID{winner, loser}, true); err != nil {
			return err
		}
		row, err := t.one(ctx, v.shape(described, []string{}), winner)
		switch {
		case fault.Is(err, fault.NotFound):
			return noMerge // as a merge that never was
		case err != nil:
			return err
		case !v.bound.Reduce(policy.Edit, kind).Outcome(row.answer).Allowed:
			return notAllowed
		case undone != nil || t.now.Sub(time.UnixMicro(at)) >= mergeKept:
			return mergeOver
		case row.version != version:
			return mergeTouched
		}
		t.by = v.whyAllowed(policy.Edit, kind, row)
		if err := t.unmerge(ctx, v, described, Target{ID: winner, Version: version}, loser, id, &keeps); err != nil {
			return err
		}
		n, err := t.exec(ctx, "UPDATE record_merge SET undone_at = $1 WHERE tenant_id = $2 AND id = $3 AND undone_at IS NULL", t.nowMicros(), v.tenant, id)
		if err == nil && n != 1 {
			err = mergeOver
		}
		if err != nil {
			return err
		}
		item, err = t.echo(ctx, v, kind, winner)
		return err
	})
	if err != nil {
		return nil, s.refused(ctx, kind, winner, policy.Edit, err)
	}
	return item, nil
}

func (t *tx) unmerge(ctx context.Context, v *view, kind *records.Kind, target Target, loser, id policy.ID, keeps *mergeKeeps) error {
	if _, err := t.restage(ctx, v, kind, loser, keeps.Stage, map[string]any{"unmerged": id, "merged_into": target.ID}); err != nil {
		return err
	}
	back, _, err := t.outcome(ctx, v, v.bound.Reduce(policy.Edit, kind.Name), loser)
	if err != nil {
		return err
	}
	if !back.Allowed {
		return notAllowed
	}
	given := map[string]policy.Value{}
	for name, raw := range keeps.Before {
		f := kind.Field(name)
		if f == nil {
			continue // the company has removed it
		}
		if given[name], err = f.ParseKept(raw); err != nil {
			return err
		}
	}
	if _, err := t.mergeInto(ctx, v, kind, target, given, map[string]any{"unmerged": id}); err != nil {
		return err
	}
	for _, part := range keeps.Children {
		other := v.catalog.Kind(part.Kind)
		ids := make([]policy.ID, len(part.IDs))
		for i, n := range part.IDs {
			ids[i] = policy.ID(n)
		}
		column := other.Field(part.Field).Column
		// What was pointed elsewhere since stays there.
		ids, err := t.eachID(ctx, "SELECT id FROM "+other.Table+" WHERE tenant_id = $1 AND "+column+" = $2 AND id IN "+t.listed(3)+" ORDER BY id", v.tenant, target.ID, idList(ids))
		if err != nil {
			return err
		}
		var targets []Target
		for _, one := range ids {
			targets = append(targets, Target{ID: one})
		}
		if len(targets) == 0 {
			continue
		}
		w := &massWriter{v: v, kind: other, schema: v.catalog.Schema().Kind(part.Kind), strict: true, about: map[string]any{"unmerged": id}}
		w.given = func(*fetched) (map[string]policy.Value, error) {
			return map[string]policy.Value{part.Field: policy.RefOf(loser)}, nil
		}
		_, _, err = t.massWrite(ctx, w, targets, false)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Denied) {
			return mergeHeld
		}
		if err != nil {
			return err
		}
	}
	for table, kept := range map[string][]int64{"record_comment": keeps.Comments, "attachment": keeps.Files} {
		ids := make([]policy.ID, len(kept))
		for i, n := range kept {
			ids[i] = policy.ID(n)
		}
		if _, err := t.exec(ctx, "UPDATE "+table+" SET record_id = $1 WHERE tenant_id = $2 AND kind = $3 AND record_id = $4 AND id IN "+t.listed(5), loser, v.tenant, string(kind.Name), target.ID, idList(ids)); err != nil {
			return err
		}
	}
	return nil
}

// MergedInto leads from a record that was merged to the one that it was merged into: for who could see
// the one, were it not merged, and sees the other. Faults: NotFound, as for a record that never was.
func (s *Session) MergedInto(ctx context.Context, kind policy.Kind, id policy.ID) (*MergedInto, error) {
	var found *MergedInto
	var entries []audit.Entry
	err := s.db.lookAt(ctx, s.actor, func(t *rtx, v *view) error {
		described := v.catalog.Kind(kind)
		if described == nil {
			return noRecord
		}
		bare := v.withoutMerged().Bind(v.bound.Subject(), v.bound.Context())
		if s.actor.Scope != nil {
			bare.Narrow(s.actor.Scope.Allows)
		}
		if _, err := t.one(ctx, &shape{v: v, kind: described, schema: v.catalog.Schema().Kind(kind), read: bare.Reduce(policy.Read, kind)}, id); err != nil {
			return err
		}
		at := id
		for range 10 {
			next := policy.ID(0)
			err := t.row(ctx, "SELECT winner_id FROM record_merge WHERE tenant_id = $1 AND kind = $2 AND loser_id = $3 AND undone_at IS NULL", v.tenant, string(kind), at).Scan(&next)
			if errors.Is(err, sql.ErrNoRows) {
				break
			}
			if err != nil {
				return err
			}
			at = next
		}
		if at == id {
			return noRecord
		}
		item, err := t.item(ctx, v, kind, at)
		if err != nil {
			return err
		}
		found = &MergedInto{Kind: kind, ID: at, Title: item.Title}
		entries = v.with(audit.Entry{Action: audit.Action(policy.Read), Kind: kind, Record: at, Epoch: v.epoch, Fields: []string{described.Title}, Detail: map[string]any{"merged": id}})
		return nil
	})
	if err != nil {
		return nil, s.refused(ctx, kind, id, policy.Read, err)
	}
	return found, s.db.auditRead(ctx, s.actor, entries...)
}

// withoutMerged is the state's policy as it would be had nothing been merged.
func (st *state) withoutMerged() *policy.Ruleset {
	own := st.authored
	own.Merged = nil
	compiled, _ := policy.Compile(st.catalog.Schema(), access.InForce(own.Lower()), st.tree.Within)
	return compiled
}

// loadMerged reads of which kinds records were merged.
func (t *rtx) loadMerged(ctx context.Context, st *state) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var kind policy.Kind
		if err := rows.Scan(&kind); err != nil {
			return err
		}
		if described := st.catalog.Kind(kind); described != nil {
			st.authored.Merged = append(st.authored.Merged, access.MergedKind{Kind: kind, Actions: described.Actions})
		}
		return nil
	}, "SELECT DISTINCT kind FROM record_merge WHERE tenant_id = $1 ORDER BY kind", st.tenant)
}

func (v *view) mergeSource(b *beneath) source {
	return source{"~merges", "changes", func(ctx context.Context, t *rtx, before place, limit int) ([]happened, error) {
		if !slices.Contains(Mergeable, b.kind.Name) {
			return nil, nil
		}
		var out []happened
		err := t.each(ctx, func(rows *sql.Rows) error {
			var h happened
			var by sql.NullInt64
			var version int64
			var undone *int64
			if err := rows.Scan(&h.id, &h.at, &by, &version, &undone); err != nil {
				return err
			}
			h.Type, h.Merge = "merged", &MergeMark{ID: policy.ID(h.id)}
			if undone != nil {
				h.Type = "unmerged"
			}
			h.Merge.Undo = undone == nil && b.edit && version == b.item.Version && v.now.Sub(time.UnixMicro(h.at)) < mergeKept
			if v.namesMakers(b) {
				h.by = policy.ID(by.Int64)
			}
			out = append(out, h)
			return nil
		}, `SELECT id, at, by_id, winner_version, undone_at FROM record_merge
			WHERE tenant_id = $1 AND kind = $2 AND winner_id = $3 AND (at, id) < ($4, $5) ORDER BY at DESC, id DESC LIMIT $6`,
			v.tenant, string(b.kind.Name), b.id, before.at, before.id, limit)
		return out, err
	}}
}
