package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guan/fault"
	"guan/grants"
	"guan/policy"
	"guan/policy/sqlgen"
	"guan/records"
)

// This file lends what belongs to named records with them.

// GrantAlong says what goes along with the records of a grant.
type GrantAlong struct {
	Relation string             `json:"relation"`
	Label    records.Label      `json:"label"`
	Kind     policy.Kind        `json:"kind"`
	Fields   []policy.FieldRule `json:"fields"`
}

func (st *state) alongOf(g grants.Grant) []GrantAlong {
	list := []GrantAlong{}
	for _, a := range g.Along {
		list = append(list, GrantAlong{Relation: a.Relation, Label: st.relationLabel(g.Kind, a.Relation), Kind: a.Kind, Fields: a.Fields})
	}
	return list
}

func (st *state) relationLabel(kind policy.Kind, name string) records.Label {
	if k := st.catalog.Kind(kind); k != nil {
		for _, r := range k.Relations {
			if r.Name == name {
				return r.Label
			}
		}
	}
	return records.Label{ZH: name, EN: name}
}

// alongWords says what goes along, as part of a sentence.
func (st *state) alongWords(kind policy.Kind, list []grants.Along, lang string) string {
	var labels []string
	for _, a := range list {
		labels = append(labels, st.relationLabel(kind, a.Relation).In(lang))
	}
	if lang == "en" {
		return "with their " + strings.Join(labels, ", ")
	}
	return "连同其" + strings.Join(labels, "、")
}

// checkAlong completes what is to go along with the records of a grant, and lowers each to what the
// giver has of it. Reading and editing go along, and of the fields the classes that were asked for.
func (t *tx) checkAlong(ctx context.Context, v *view, own *policy.Bound, g *grants.Grant) error {
	for i := range g.Along {
		a, at := &g.Along[i], fmt.Sprintf("along[%d]", i)
		a.Within = nil
		relation, there := v.catalog.Schema().Kind(g.Kind).Relation(a.Relation)
		if !there || !relation.Many || v.bound.Reduce(policy.Read, relation.Kind).None() {
			return fault.New(fault.Invalid, "grant_along", "nothing of that name belongs to the records").WithAt(at)
		}
		kind := v.catalog.Kind(relation.Kind)
		a.Kind, a.Field = relation.Kind, relation.Field
		if len(a.Actions) == 0 {
			a.Actions = slices.DeleteFunc(slices.Clone(g.Actions), func(x policy.Action) bool { return x != policy.Read && x != policy.Edit })
		}
		if len(a.Fields) == 0 {
			a.Fields = classesIn(g.Fields)
		}
		of := a.Of(*g)
		if err := of.CheckLent(); err != nil {
			return faultAt(at, err)
		}
		rule := loweredGrant(of)
		if err := ruleFault(policy.CheckRule(v.knownCatalog().Schema(), &rule)); err != nil {
			return faultAt(at, err)
		}
		if err := knownIn(v.knownFields(kind), &of); err != nil {
			return faultAt(at, err)
		}
		have, err := t.givable(ctx, v, own, kind, &of)
		if err != nil {
			return faultAt(at, err)
		}
		if err := lowerFields(v.catalog.Schema(), &of, rule, have); err != nil {
			return faultAt(at, err)
		}
		a.Fields, a.Within = of.Fields, of.Within
	}
	return nil
}

// classesIn leaves what means the same on every kind.
func classesIn(list []policy.FieldRule) []policy.FieldRule {
	return slices.DeleteFunc(slices.Clone(list), func(f policy.FieldRule) bool { return f.Field != "" })
}

// lessThan reports whether a grant, once checked, gives less than was asked for.
func lessThan(g, asked grants.Grant) bool {
	less := !slices.Equal(g.Fields, asked.Fields)
	for i, a := range asked.Along {
		fields := a.Fields
		if len(fields) == 0 {
			fields = classesIn(asked.Fields)
		}
		less = less || !slices.Equal(g.Along[i].Fields, fields)
	}
	return less
}

// pinned is the way to records through the one that they belong to, said for others: a grant that
// names the latter pins them, and who gives it reaches of these today those that are left. Nil when
// none is. Ways as a collaborator, from a pool and by nearness are not the giver's own to lend.
func (t *tx) pinned(ctx context.Context, v *view, own *policy.Bound, kind *policy.KindSchema, where policy.Path, when *policy.Cond) (*policy.Cond, error) {
	relation, there := kind.Relation(where.Relation)
	if !there || relation.Many || when == nil || when.Op != policy.OpIn || when.Field != relation.Field {
		return nil, nil
	}
	via := policy.Path{Path: policy.PathAll}
	if where.Via != nil {
		via = *where.Via
	}
	read := v.bound.Reduce(policy.Read, relation.Kind)
	if via.Path == policy.PathTeam || via.Path == policy.PathPool || via.Path == policy.PathNear || read.None() {
		return nil, nil
	}
	way := policy.Rule{ID: "pinned", Scene: "what the giver reaches", Effect: policy.Permit, Who: policy.Who{Any: []policy.Clause{{Everyone: true}}}, Kind: relation.Kind,
		Actions: []policy.Action{policy.Read}, Fields: []policy.FieldRule{{Class: policy.General, Level: policy.Plain}}, Where: via, When: where.Cond}
	compiled, _ := policy.Compile(v.catalog.Schema(), []policy.Rule{way}, v.tree.Within) // broken, it permits nothing
	through := compiled.Bind(own.Subject(), own.Context()).Reduce(policy.Read, relation.Kind)
	if through.None() {
		return nil, nil
	}
	var ids []policy.ID
	for _, value := range when.Values {
		if value.Ref != nil {
			ids = append(ids, *value.Ref)
		}
	}
	left := policy.Cond{Op: policy.OpIn, Field: relation.Field}
	for chunk := range slices.Chunk(ids, 500) {
		rows, err := t.fetch(ctx, &sqlgen.List{Tenant: v.tenant, Epoch: v.epoch, Read: read, Also: []*policy.Reduction{through}, IDs: chunk, Limit: len(chunk), Plan: sqlgen.Walk})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if through.Outcome(row.answer).Allowed {
				left.Values = append(left.Values, policy.Operand{Ref: &row.id})
			}
		}
	}
	if len(left.Values) == 0 {
		return nil, nil
	}
	return &left, nil
}
