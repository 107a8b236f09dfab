package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// WrittenStages are the stages of a kind as they are kept; version 0 is what comes with the product.
type WrittenStages struct {
	Version int64 `json:"version"`
	records.KindStages
	// Used says what speaks of each stage, by its code.
	Used map[string][]StageUse `json:"used"`
	// Fixed are the codes that come with the product and cannot be left out.
	Fixed []string `json:"fixed"`
}

// StageUse is something that speaks of a stage.
type StageUse struct {
	What string `json:"what"` // rule, pack, pool, routing or tag
	Name string `json:"name"`
	ID   string `json:"id,omitempty"`
}

var stageUsed = said(fault.Conflict, "stage_used", "有规则、公海、派单或标签使用这个阶段", "rules, pools, routings or tags speak of the stage")

// Stages shows the stages of a kind with their moves and what speaks of them. It takes the right policy
// or audit. Faults: NotFound, Denied.
func (s *Session) Stages(ctx context.Context, kind policy.Kind) (*WrittenStages, error) {
	var out *WrittenStages
	err := s.oversee(ctx, "stages", func(t *rtx, v *view) (err error) {
		out, err = t.stagesOf(ctx, v, kind)
		return err
	}, "policy", "audit")
	return out, err
}

func (t *rtx) stagesOf(ctx context.Context, v *view, kind policy.Kind) (*WrittenStages, error) {
	k := v.catalog.Kind(kind)
	if k == nil || !k.Staged() {
		return nil, noKind
	}
	out := &WrittenStages{KindStages: k.StagesOf(), Used: map[string][]StageUse{}}
	err := t.row(ctx, "SELECT version FROM kind_stages WHERE tenant_id = $1 AND kind = $2", v.tenant, string(kind)).Scan(&out.Version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	for _, s := range records.Builtin().Kind(kind).Stages {
		out.Fixed = append(out.Fixed, s.Code)
	}
	for _, s := range k.Stages {
		out.Used[s.Code] = v.stageUses(kind, s.Code)
	}
	return out, nil
}

// PutStages writes the stages of a kind, in the version that was seen. A stage of the company's own
// that no record is in and of which nothing speaks can be left out. What speaks of a stage that is to
// be retired is listed, and must be confirmed. It takes the right policy. Faults: NotFound, Stale,
// Invalid, Denied, Conflict (stage_used with the uses, stage_holds).
func (s *Session) PutStages(ctx context.Context, version int64, stages records.KindStages, confirmed bool) (*WrittenStages, error) {
	err := s.govern(ctx, "stages", "policy", func(t *tx, v *view) error { return t.putStages(ctx, v, version, stages, confirmed) })
	if err != nil {
		return nil, err
	}
	return s.Stages(ctx, stages.Kind)
}

func (t *tx) putStages(ctx context.Context, v *view, version int64, stages records.KindStages, confirmed bool) error {
	was, err := t.stagesOf(ctx, v, stages.Kind)
	if err != nil {
		return err
	}
	if was.Version != version {
		return fault.New(fault.Stale, "version", "the stages were changed by somebody else since you read them")
	}
	others, err := t.kindStages(ctx, v.tenant)
	if err != nil {
		return err
	}
	others = append(slices.DeleteFunc(others, func(o records.KindStages) bool { return o.Kind == stages.Kind }), stages)
	custom, err := t.customFields(ctx, v.tenant)
	if err != nil {
		return err
	}
	if _, err := records.With(custom, others...); err != nil {
		return err
	}
	if err := t.checkGone(ctx, v, was, stages, confirmed); err != nil {
		return err
	}
	text, err := jsonText(stages)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO kind_stages (tenant_id, kind, document) VALUES ($1, $2, $3)
		ON CONFLICT (tenant_id, kind) DO UPDATE SET document = excluded.document, version = kind_stages.version + 1`, v.tenant, string(stages.Kind), text)
	if err != nil {
		return err
	}
	return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Kind: records.System, Detail: map[string]any{"stages": stages.Kind, "before": was.KindStages.Stages, "after": stages.Stages}})
}

// checkGone asks of the stages that are left out or retired whether they are still spoken of.
func (t *tx) checkGone(ctx context.Context, v *view, was *WrittenStages, now records.KindStages, confirmed bool) error {
	kind := v.catalog.Kind(now.Kind)
	for _, old := range was.Stages {
		i := slices.IndexFunc(now.Stages, func(p records.StageParts) bool { return p.Code == old.Code })
		uses := was.Used[old.Code]
		switch {
		case i >= 0 && (!now.Stages[i].Retired || old.Retired || confirmed):
			continue
		case i >= 0 && len(uses) > 0:
			return stageUsed.WithAt("stages").With("stage", old.Code).With("uses", uses).With("confirm", true)
		case i >= 0:
			continue
		case len(uses) > 0:
			return stageUsed.WithAt("stages").With("stage", old.Code).With("uses", uses)
		}
		var one int
		err := t.row(ctx, "SELECT 1 FROM "+kind.Table+" WHERE tenant_id = $1 AND stage = $2 LIMIT 1", v.tenant, old.Code).Scan(&one)
		if err == nil {
			return said(fault.Conflict, "stage_holds", "有记录处于这个阶段：可以停用，不能删除", "records are in this stage: it can be retired and not removed").WithAt("stages").With("stage", old.Code)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

// kindStages are the stages that the company has of its own.
func (t *rtx) kindStages(ctx context.Context, tenant policy.ID) ([]records.KindStages, error) {
	var list []records.KindStages
	err := t.each(ctx, func(rows *sql.Rows) error {
		var document []byte
		if err := rows.Scan(&document); err != nil {
			return err
		}
		var s records.KindStages
		err := json.Unmarshal(document, &s)
		list = append(list, s)
		return err
	}, "SELECT document FROM kind_stages WHERE tenant_id = $1 ORDER BY kind", tenant)
	return list, err
}

// stageUses lists what speaks of a stage.
func (v *view) stageUses(kind policy.Kind, code string) []StageUse {
	uses := []StageUse{}
	add := func(u StageUse) {
		if !slices.Contains(uses, u) {
			uses = append(uses, u)
		}
	}
	schema := v.catalog.Schema()
	names := func(on policy.Kind, cond *policy.Cond) bool {
		return cond != nil && policy.Compares(schema, on, cond, kind, "stage", code)
	}
	rule := func(r *policy.Rule, u StageUse) {
		if names(r.Kind, r.When) || slices.ContainsFunc(linkedConds(schema, r), func(c linkedCond) bool { return names(c.kind, c.cond) }) {
			add(u)
		}
	}
	for _, r := range v.authored.Lower() {
		u := StageUse{What: "rule", Name: r.Origin.Name, ID: r.ID}
		switch r.Origin.Type {
		case "pack":
			u = StageUse{What: "pack", Name: r.Origin.Name, ID: r.Origin.ID}
		case access.FromPool:
			u = StageUse{What: "pool", Name: r.Origin.Name, ID: r.Origin.ID}
		}
		if u.Name == "" {
			u.Name = r.Scene
		}
		rule(&r, u)
	}
	for _, p := range v.document.Packs {
		for _, r := range p.Pack().Bare() {
			rule(&r, StageUse{What: "pack", Name: p.Label.ZH, ID: p.ID})
		}
	}
	for _, p := range v.pools {
		if names(access.Pooled, p.Settings.Takes) {
			add(StageUse{What: "pool", Name: p.Name, ID: p.ID.String()})
		}
	}
	for _, r := range v.routings {
		if r.Kind == kind && r.Stage == code {
			add(StageUse{What: "routing", Name: r.Name, ID: r.ID.String()})
		}
	}
	for _, k := range v.catalog.Kinds() {
		for _, f := range k.Derived {
			for i := range f.Group.Rules {
				r := &f.Group.Rules[i]
				found := names(k.Name, r.When)
				for _, t := range r.Terms {
					if relation, ok := k.Relation(t.Relation); ok {
						found = found || names(relation.Kind, t.Where)
					}
				}
				if found {
					add(StageUse{What: "tag", Name: f.Label.ZH, ID: f.Name})
				}
			}
		}
	}
	slices.SortStableFunc(uses, func(a, b StageUse) int { return strings.Compare(a.What, b.What) })
	return uses
}

// linkedCond is a condition on the records through which a rule reaches others.
type linkedCond struct {
	kind policy.Kind
	cond *policy.Cond
}

// linkedConds are the conditions in the path of a rule.
func linkedConds(schema *policy.Schema, r *policy.Rule) []linkedCond {
	var out []linkedCond
	on, path := r.Kind, &r.Where
	for path != nil && path.Relation != "" {
		relation, ok := schema.Kind(on).Relation(path.Relation)
		if !ok {
			break
		}
		on = relation.Kind
		out = append(out, linkedCond{on, path.Cond})
		path = path.Via
	}
	return out
}
