package store

import (
	"context"
	"database/sql"
	"slices"

	"guan/policy"
	"guan/records"
)

// Comments and files stand below a record. Both are what people said and sent: who sees the fields
// of the class communication plain on the record sees them, and for anybody else there are none,
// no more than a gap or a count of them. A kind without such fields has neither.

// beneath is a record that the actor reads, with what the rules say of it.
type beneath struct {
	kind         *records.Kind
	schema       *policy.KindSchema
	id           policy.ID
	item         Item // with every field, its references not yet named
	read         policy.Outcome
	edit, delete bool
	why          []string // the rules by which it is read
	talks        bool     // the actor sees what was said
	says         bool     // and not only in an emergency, which is for reading
}

// beneath reads a record of which something that stands below it is asked.
func (t *rtx) beneath(ctx context.Context, v *view, kind policy.Kind, id policy.ID) (*beneath, error) {
	described := v.catalog.Kind(kind)
	if described == nil {
		return nil, noRecord
	}
	s := v.shape(described, nil)
	lasting := s.read
	if less := v.withoutEmergencies(Actor{}); less != v {
		lasting = less.bound.Reduce(policy.Read, kind)
		s.also = append(s.also, lasting)
	}
	row, err := t.one(ctx, s, id)
	if err != nil {
		return nil, err
	}
	b := &beneath{kind: described, schema: s.schema, id: id, item: s.item(*row), read: s.read.Outcome(row.answer)}
	b.edit, b.delete = slices.Contains(b.item.Can, policy.Edit), slices.Contains(b.item.Can, policy.Delete)
	b.why, b.talks = v.ruleIDs(b.item.why), talks(s.schema, b.read.Level)
	b.says = b.talks && talks(s.schema, lasting.Outcome(row.answer).Level)
	return b, nil
}

// talks reports whether everything that was said is plain to who has the levels.
func talks(schema *policy.KindSchema, level func(*policy.Field) policy.Level) bool {
	some := false
	for _, f := range schema.Fields {
		if f.Class != policy.Communication || f.Custom {
			continue
		}
		if some = true; level(f) != policy.Plain {
			return false
		}
	}
	return some
}

// knowsAccess reports whether the actor may know who else has access to the record: those for whom
// WhoCan answers.
func (v *view) knowsAccess(b *beneath) bool { return b.edit || v.may("policy") || v.may("audit") }

// hears reports whether a person reads the record and what is said below it.
func (v *view) hears(schema *policy.KindSchema, row *policy.Row, person policy.ID) bool {
	bound := v.rules.Bind(v.subject(person, v.now), &policy.Context{Now: v.now, Channel: "web", Device: "unknown", Network: "unknown"})
	return talks(schema, bound.Decide(row, policy.Read).Level)
}

// hearing gives, of some people, those whom the record and what is said below it reach. Somebody
// without an open account hears nothing.
func (t *rtx) hearing(ctx context.Context, v *view, b *beneath, people []policy.ID) ([]policy.ID, error) {
	if len(people) == 0 {
		return nil, nil
	}
	row, err := t.load(ctx, v, b.schema, b.id, v.rules.Needs(b.kind.Name, policy.Read))
	if err != nil {
		return nil, err
	}
	list, err := jsonText(idNumbers(people))
	if err != nil {
		return nil, err
	}
	var out []policy.ID
	err = t.each(ctx, func(rows *sql.Rows) error {
		var person policy.ID
		if err := rows.Scan(&person); err != nil {
			return err
		}
		if v.hears(b.schema, row, person) {
			out = append(out, person)
		}
		return nil
	}, "SELECT id FROM person WHERE tenant_id = $1 AND active AND id IN "+t.listed(2)+" ORDER BY id", v.tenant, list)
	return out, err
}

// names puts the directory's names to ids.
func (t *rtx) names(ctx context.Context, tenant policy.ID, ids []policy.ID) (map[policy.ID]string, error) {
	out := map[policy.ID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	slices.Sort(ids)
	return out, t.directoryNames(ctx, tenant, slices.Compact(ids), out)
}
