package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guan/access"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// explainClaim adds to the explanation of a claim that the rules allow what the pool asks beside them.
// It tells no more than the refusal of the claim does.
func (t *rtx) explainClaim(ctx context.Context, v *view, id, person policy.ID, out *Explanation) error {
	kind := v.catalog.Kind(access.Pooled)
	var pool, owner sql.NullInt64
	err := t.row(ctx, "SELECT pool_id, owner_id FROM "+kind.Table+" WHERE tenant_id = $1 AND id = $2", v.tenant, id).Scan(&pool, &owner)
	if err != nil {
		return err
	}
	p := v.pool(policy.ID(pool.Int64))
	if owner.Valid || p == nil {
		out.lack("not_in_pool", policy.Origin{Type: access.FromPool}, records.Label{ZH: "公海", EN: "Pools"}, notPooled)
		return nil
	}
	limit, err := t.limits(ctx, v, &p.Settings, kind, id, p.ID, person, false)
	if err != nil || limit == nil {
		return err
	}
	out.lack(limit.Code, policy.Origin{Type: access.FromPool, ID: p.ID.String(), Name: p.Name}, records.Label{ZH: p.Name, EN: p.Name}, limit)
	return nil
}

// lack closes a way that the rules leave open, and says by what.
func (e *Explanation) lack(code string, origin policy.Origin, from records.Label, refusal *fault.Error) {
	e.Allowed = false
	words := refusalWords(refusal)
	e.Missing = append(e.Missing, Reason{
		Rule: origin.Type + "/" + origin.ID + "/limits", Effect: policy.Permit, Origin: origin, From: from,
		Sentence: records.Label{ZH: "公海的领取上限与冷却期", EN: "The claim limits and the cool-down of the pool"},
		Lacks:    []Lack{{Code: policy.LackCode(code), Sentence: words}},
	})
}

// refusalWords are the words of a refusal with its number or date.
func refusalWords(refusal *fault.Error) records.Label {
	said, _ := refusal.Params["said"].(org.Label)
	words := records.Label{ZH: said.ZH, EN: said.EN}
	if most, ok := refusal.Params["max"]; ok {
		words.ZH += fmt.Sprintf("(上限 %v)", most)
		words.EN += fmt.Sprintf(" (the limit is %v)", most)
	}
	if until, ok := refusal.Params["until"].(time.Time); ok {
		at := until.In(chinaTime).Format("2006-01-02 15:04")
		words.ZH += "(" + at + " 起)"
		words.EN += " (from " + at + ")"
	}
	return words
}
