package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
	"guan/vault"
)

var noCustomField = fault.New(fault.NotFound, "custom_field", "the kind has no custom field of this key")

// WrittenField is a field of the company's own in its version.
type WrittenField struct {
	records.CustomField
	Version int64 `json:"version"`
}

var fieldThere = fault.New(fault.Conflict, "field_there", "the kind has a field of this key already").WithAt("key")

// CustomFields lists the fields that the company added. It takes the right policy or audit:
// everybody else learns of a field through the records on which they may see it.
func (s *Session) CustomFields(ctx context.Context) ([]WrittenField, error) {
	var list []WrittenField
	err := s.oversee(ctx, "custom_fields", func(t *rtx, v *view) (err error) {
		list, err = t.writtenFields(ctx, v.tenant)
		return err
	}, "policy", "audit")
	return list, err
}

func (t *rtx) writtenFields(ctx context.Context, tenant policy.ID) ([]WrittenField, error) {
	list := []WrittenField{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		var f WrittenField
		if err := rows.Scan(&document, &f.Version); err != nil {
			return err
		}
		err := json.Unmarshal(document, &f.CustomField)
		list = append(list, f)
		return err
	}, "SELECT document, version FROM custom_field WHERE tenant_id = $1 ORDER BY kind, seq, key", tenant)
	return list, err
}

// customFields is of any schema: migrations look at the fields too.
func (t *rtx) customFields(ctx context.Context, tenant policy.ID) ([]records.CustomField, error) {
	list := []records.CustomField{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return err
		}
		var f records.CustomField
		err := json.Unmarshal(document, &f)
		list = append(list, f)
		return err
	}, "SELECT document FROM custom_field WHERE tenant_id = $1 ORDER BY kind, seq, key", tenant)
	return list, err
}

// PutCustomField adds a field to a kind, at version 0, or changes the label, search, choices, need or mask of
// one in the version that was seen: of two who make or change one at once, the second is told.
// Type, class and link stay what they were: under another class the values that are there would
// be seen by others than those for whom they were written. It takes the right policy. Faults:
// Invalid with everything that is wrong, Denied, Conflict (field_there, …), Stale.
func (s *Session) PutCustomField(ctx context.Context, version int64, f records.CustomField) (*WrittenField, error) {
	err := s.govern(ctx, "custom_field", "policy", func(t *tx, v *view) error { return t.putCustomField(ctx, v, version, f) })
	if err != nil {
		return nil, err
	}
	return &WrittenField{f, version + 1}, nil
}

// DeleteCustomField removes a field that no rule uses, with every value in it. It takes the right
// policy. Faults: NotFound, Denied, Conflict.
func (s *Session) DeleteCustomField(ctx context.Context, kind policy.Kind, key string) error {
	return s.govern(ctx, "custom_field", "policy", func(t *tx, v *view) error {
		custom, err := t.customFields(ctx, t.actor.Tenant)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(custom, func(f records.CustomField) bool { return f.Kind == kind && f.Key == key })
		if i < 0 {
			return noCustomField
		}
		gone := custom[i]
		stages, err := t.kindStages(ctx, v.tenant)
		if err != nil {
			return err
		}
		catalog, err := records.With(slices.Delete(slices.Clone(custom), i, i+1), stages...)
		if err != nil {
			return fault.New(fault.Conflict, "field_used", "rules of tags or the stages of the kind speak of the field").WithCause(err)
		}
		if err := v.checkCatalog(catalog); err != nil {
			return err
		}
		if _, err := t.exec(ctx, "DELETE FROM custom_field WHERE tenant_id = $1 AND kind = $2 AND key = $3", t.actor.Tenant, string(kind), key); err != nil {
			return err
		}
		// A value that outlived its field would come back with the next field of the key, whatever
		// its class.
		if err := t.dropValues(ctx, catalog, gone); err != nil {
			return err
		}
		return t.auditField(ctx, gone, map[string]any{"deleted": gone})
	})
}

func (t *tx) putCustomField(ctx context.Context, v *view, version int64, f records.CustomField) error {
	custom, err := t.customFields(ctx, t.actor.Tenant)
	if err != nil {
		return err
	}
	detail := map[string]any{"after": f}
	reindex, had := false, false
	var was records.CustomField
	i := slices.IndexFunc(custom, func(o records.CustomField) bool { return o.Kind == f.Kind && o.Key == f.Key })
	switch now, err := t.fieldVersion(ctx, t.actor.Tenant, f.Kind, f.Key); {
	case err != nil:
		return err
	case now != 0 && version == 0:
		return fieldThere
	case now != version:
		return staleVersion
	}
	if i < 0 {
		custom = append(custom, f)
		i = len(custom) - 1
	} else {
		old := custom[i]
		if err := checkFieldChange(old, f); err != nil {
			return err
		}
		reindex, had, was = old.Search != f.Search, old.Group.ByRule(), old
		detail["before"], custom[i] = old, f
	}
	stages, err := t.kindStages(ctx, v.tenant)
	if err != nil {
		return err
	}
	catalog, err := records.With(custom, stages...)
	if err != nil {
		return atField(err, i)
	}
	if err := v.checkCatalog(catalog); err != nil {
		return err
	}
	if v.unmasks(catalog, f.Kind, f.Key) {
		return selfGain.WithAt("mask")
	}
	if f.Group.ByRule() {
		if hidden := v.untold(&f, catalog); len(hidden) > 0 {
			return fault.Newf(fault.Denied, "tag_tells", "the tags would tell you of fields that you do not see on every record: %s", strings.Join(hidden, ", ")).WithAt("group.rules").With("fields", hidden)
		}
	}
	document, err := jsonText(f)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `
		INSERT INTO custom_field (tenant_id, kind, key, seq, document)
		VALUES ($1, $2, $3, (SELECT coalesce(max(seq), 0) + 1 FROM custom_field WHERE tenant_id = $1), $4)
		ON CONFLICT (tenant_id, kind, key) DO UPDATE SET document = excluded.document, version = custom_field.version + 1
			WHERE custom_field.version = $5`, t.actor.Tenant, string(f.Kind), f.Key, document, version)
	if err == nil && n == 0 {
		err = staleVersion
	}
	if err != nil {
		return err
	}
	if reindex {
		ids, err := t.holding(ctx, catalog.Kind(f.Kind), f.Key)
		if err == nil {
			err = t.reindex(ctx, catalog, catalog.Kind(f.Kind), ids)
		}
		if err != nil {
			return err
		}
	}
	if f.Group.ByRule() && !(had && sameJSON(was.Group.Rules, f.Group.Rules)) {
		if err := t.beginTags(ctx, f.Kind, tagsChanged); err != nil {
			return err
		}
	}
	return t.auditField(ctx, f, detail)
}

// fieldVersion is the version of a field; 0 when there is none.
func (t *rtx) fieldVersion(ctx context.Context, tenant policy.ID, kind policy.Kind, key string) (version int64, err error) {
	err = t.row(ctx, "SELECT coalesce(max(version), 0) FROM custom_field WHERE tenant_id = $1 AND kind = $2 AND key = $3", tenant, string(kind), key).Scan(&version)
	return version, err
}

// unmasks reports whether the field would show more of itself to the actor by another mask of its own.
func (v *view) unmasks(catalog *records.Catalog, kind policy.Kind, key string) bool {
	was := v.catalog.Schema().Kind(kind).Field(key)
	if was == nil || catalog.Schema().Kind(kind).Field(key).Mask <= was.Mask {
		return false
	}
	return slices.ContainsFunc(v.bound.Reduce(policy.Read, kind).Branches, func(b *policy.Branch) bool { return b.Levels[was.Index()] == was.Mask })
}

// checkFieldChange refuses what would change what is stored or who sees it.
func checkFieldChange(old, f records.CustomField) error {
	switch {
	case old.Type != f.Type || old.Link != f.Link:
		return fault.New(fault.Conflict, "field_type", "the type of a field stays what it was: make another field").WithAt("type")
	case old.Encrypted != f.Encrypted:
		return fault.New(fault.Conflict, "field_encrypted", "whether a field is kept encrypted stays what it was: make another field").WithAt("encrypted")
	case old.Class != f.Class:
		return fault.New(fault.Conflict, "field_class", "the class of a field stays what it was: make another field").WithAt("class")
	}
	for _, c := range old.Choices {
		if !slices.ContainsFunc(f.Choices, func(n records.Choice) bool { return n.Code == c.Code }) {
			return fault.New(fault.Conflict, "field_choice", "a choice that was offered stays: records may hold it").WithAt("choices")
		}
	}
	return nil
}

// atField leaves out of the places in a fault that the field is one of a list.
func atField(err error, i int) error {
	e := fault.From(err)
	if len(e.Items) == 0 {
		return err
	}
	out := fault.New(e.Kind, "custom_field", "the custom field is not well formed")
	for _, item := range e.Items {
		item.At = strings.TrimPrefix(item.At, fmt.Sprintf("custom_fields[%d].", i))
		out = out.WithItems(item)
	}
	return out
}

// checkCatalog refuses a catalog in which a rule that stands would no longer: a broken permit
// gives nothing and a broken guard closes a whole kind.
func (v *view) checkCatalog(catalog *records.Catalog) error {
	rules := v.authored.Lower()
	for _, p := range v.document.Packs {
		rules = append(rules, p.Pack().Bare()...) // also those that hang nowhere yet
	}
	var ids []string
	for i := range rules {
		if policy.CheckRule(catalog.Schema(), &rules[i]) != nil && policy.CheckRule(v.catalog.Schema(), &rules[i]) == nil {
			ids = append(ids, rules[i].ID)
		}
	}
	if len(ids) > 0 {
		return fault.New(fault.Conflict, "field_has_rules", "rules use the field").With("rules", ids)
	}
	return nil
}

// holding lists the records that have a value of the key.
func (t *tx) holding(ctx context.Context, kind *records.Kind, key string) ([]policy.ID, error) {
	var ids []policy.ID
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id policy.ID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "SELECT id FROM "+kind.Table+" WHERE tenant_id = $1 AND "+t.holds("$2")+" ORDER BY id", t.actor.Tenant, t.pick("$."+key, key))
	return ids, err
}

func (t *tx) holds(key string) string {
	return t.pick("json_type("+sqlgen.CustomColumn+", "+key+") IS NOT NULL", "jsonb_exists("+sqlgen.CustomColumn+", "+key+")")
}

// dropValues takes the values of a removed field out of the records.
func (t *tx) dropValues(ctx context.Context, catalog *records.Catalog, f records.CustomField) error {
	kind := catalog.Kind(f.Kind)
	var ids []policy.ID
	var err error
	if f.Search {
		if ids, err = t.holding(ctx, kind, f.Key); err != nil {
			return err
		}
	}
	if f.Encrypted {
		t.encrypting.gone = append(t.encrypting.gone, vault.Place{Kind: string(f.Kind), Field: f.Key})
	}
	less := t.pick("json_remove("+sqlgen.CustomColumn+", $2)", sqlgen.CustomColumn+" - $2::text")
	if _, err := t.exec(ctx, "UPDATE "+kind.Table+" SET "+sqlgen.CustomColumn+" = "+less+" WHERE tenant_id = $1 AND "+t.holds("$2"),
		t.actor.Tenant, t.pick("$."+f.Key, f.Key)); err != nil {
		return err
	}
	return t.reindex(ctx, catalog, kind, ids)
}

// reindex writes the search documents of the records anew.
func (t *tx) reindex(ctx context.Context, catalog *records.Catalog, kind *records.Kind, ids []policy.ID) error {
	schema := catalog.Schema().Kind(kind.Name)
	for chunk := range slices.Chunk(ids, 500) {
		list, err := jsonText(idNumbers(chunk))
		if err != nil {
			return err
		}
		found, err := t.wholeOf(ctx, t.actor.Tenant, schema, "id IN "+t.listed(2), list)
		if err != nil {
			return err
		}
		for _, w := range found {
			if err := t.rewriteSearch(ctx, kind, w.id, kind.SearchTerms(w.values)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) auditField(ctx context.Context, f records.CustomField, detail map[string]any) error {
	return t.audit(ctx, audit.Entry{Action: audit.FieldChanged, Kind: f.Kind, Fields: []string{f.Key}, Detail: map[string]any{"custom_field": detail}})
}
