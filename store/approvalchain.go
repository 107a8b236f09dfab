package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"guan/approvals"
	"guan/audit"
	"guan/fault"
	"guan/org"
	"guan/policy"
	"guan/records"
)

// Chain is by which steps a type of request is decided.
type Chain struct {
	Type    RequestType      `json:"type"`
	Label   records.Label    `json:"label"`
	Version int64            `json:"version"` // 0: as the product comes
	Steps   []approvals.Step `json:"steps"`
	Default []approvals.Step `json:"default"` // how the product comes
	// Named are the people of the steps.
	Named []Name `json:"named"`
}

var chainNobody = fault.New(fault.Invalid, "chain_nobody", "nobody could decide this step")

// Chains lists the chains of all types. It takes the right policy or audit. Faults: Denied.
func (s *Session) Chains(ctx context.Context) ([]Chain, error) {
	list := []Chain{}
	err := s.oversee(ctx, "chains", func(t *rtx, v *view) error {
		list = list[:0]
		for _, kind := range requestKinds {
			c, err := t.chain(ctx, v.tenant, kind)
			if err != nil {
				return err
			}
			names := map[policy.ID]string{}
			var people []policy.ID
			for _, step := range c.Steps {
				for _, by := range step.By {
					if by.Person != 0 && !slices.Contains(people, by.Person) {
						people = append(people, by.Person)
					}
				}
			}
			if err := t.directoryNames(ctx, v.tenant, people, names); err != nil {
				return err
			}
			for _, p := range people {
				c.Named = append(c.Named, Name{ID: p, Name: names[p]})
			}
			list = append(list, *c)
		}
		return nil
	}, "policy", "audit")
	return list, err
}

// SetChain says by which steps a type of request is decided from now on, in the version that was seen.
// Requests under way keep the chain with which they were asked. It takes the right policy. Faults:
// NotFound, Denied, Stale, Invalid (chain; chain_nobody for a step that could never have anybody).
func (s *Session) SetChain(ctx context.Context, typ RequestType, version int64, steps []approvals.Step) (*Chain, error) {
	kind := requestKindOf(typ)
	var c *Chain
	err := s.db.administer(ctx, s.actor, op{name: "chain"}, "policy", func(t *tx, v *view) error {
		if kind == nil {
			return fault.New(fault.NotFound, "request_type", "there is no such type of request")
		}
		if err := approvals.Check(steps); err != nil {
			return err
		}
		if err := t.checkChain(ctx, v, steps); err != nil {
			return err
		}
		text, err := jsonText(steps)
		if err != nil {
			return err
		}
		before, err := t.chain(ctx, v.tenant, kind)
		if err != nil {
			return err
		}
		if before.Version != version {
			return staleVersion
		}
		n, err := t.exec(ctx, `INSERT INTO approval_chain (tenant_id, type, steps, changed_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (tenant_id, type) DO UPDATE SET steps = excluded.steps, changed_at = excluded.changed_at, version = approval_chain.version + 1 WHERE approval_chain.version = $5`,
			v.tenant, string(typ), text, t.nowMicros(), version)
		if err != nil {
			return err
		}
		if n == 0 {
			return staleVersion
		}
		if c, err = t.chain(ctx, v.tenant, kind); err != nil {
			return err
		}
		return t.audit(ctx, audit.Entry{Action: audit.PolicyChanged, Detail: map[string]any{"chain": string(typ), "before": before.Steps, "after": steps}})
	})
	return c, s.declined(ctx, "chain", err)
}

// chain is the company's chain of a type, or the product's.
func (t *rtx) chain(ctx context.Context, tenant policy.ID, kind *requestKind) (*Chain, error) {
	c := &Chain{Type: kind.typ, Label: kind.label, Steps: kind.chain, Default: kind.chain, Named: []Name{}}
	var text []byte
	err := t.row(ctx, "SELECT version, steps FROM approval_chain WHERE tenant_id = $1 AND type = $2", tenant, string(kind.typ)).Scan(&c.Version, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	c.Steps = nil
	return c, json.Unmarshal(text, &c.Steps)
}

// checkChain refuses steps that nobody could decide, whoever asks.
func (t *rtx) checkChain(ctx context.Context, v *view, steps []approvals.Step) error {
	probe := &request{}
	probe.Steps = steps
	o, err := t.deciders(ctx, v, probe)
	if err != nil {
		return err
	}
	var errs []error
	for i, step := range steps {
		for j, by := range step.By {
			at := fmt.Sprintf("steps[%d].by[%d]", i, j)
			switch by.Type {
			case approvals.Head, approvals.HeadAbove, approvals.OwnerHead:
				if o.noHead() {
					errs = append(errs, chainNobody.WithAt(at))
				}
				continue
			case approvals.Position:
				if !slices.ContainsFunc(v.positions, func(p org.Position) bool { return p.Code == by.Position }) {
					errs = append(errs, fault.New(fault.Invalid, "position", "there is no such position").WithAt(at))
					continue
				}
			}
			if len(o.opened(o.holders(by))) == 0 {
				errs = append(errs, chainNobody.WithAt(at))
			}
		}
	}
	return fault.Collect(fault.Invalid, "chain", "the chain is not well formed", errs...)
}
