package store

import (
	"context"
	"fmt"
	"slices"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
	"guan/records"
)

// This file is what all ways of changing the policy have in common, whether rule by rule or as a
// document. docs/adr/0013-drafts-and-versions.md says why the line between them runs here.

var needsDraft = fault.New(fault.Denied, "needs_draft", "this change is sensitive: make it in a draft, which somebody else confirms")

// governPolicy is govern for a change of a single rule or assignment. One that is sensitive needs a
// draft and a second person, where there is one. Every change makes a version, which its entry names.
func (s *Session) governPolicy(ctx context.Context, name string, change func(*tx, *view) (audit.Entry, error)) error {
	err := s.db.administer(ctx, s.actor, op{name: name, raises: true}, "policy", func(t *tx, v *view) error {
		entry, err := change(t, v)
		if err != nil {
			return err
		}
		after, err := t.loadState(ctx, t.actor.Tenant)
		if err != nil {
			return err
		}
		if err := t.checkDelegationTo(ctx, v, after); err != nil {
			return err
		}
		changes := access.Changes(v.catalog.Schema(), v.document, after.document)
		if access.Sensitive(changes) && t.actor.job == "" {
			second, err := t.another(ctx, v.state, t.actor.Person)
			if err != nil {
				return err
			}
			if second {
				return needsDraft
			}
		}
		if len(changes) > 0 {
			entry.Detail["changed"] = briefly(changes)
			if entry.Detail["version"], err = t.recordVersion(ctx, v.document, after.document, PolicyVersion{Origin: OriginDirect}); err != nil {
				return err
			}
		}
		return t.audit(ctx, entry)
	})
	return s.declined(ctx, name, err)
}

// mayChange asks of changes of a document what is asked of each of them alone: nobody assigns to
// themselves, and a right of administration is given and taken by who holds it, also where it
// reaches nobody yet.
func (v *view) mayChange(changes []access.DocumentChange, before, after *state) error {
	for _, c := range changes {
		for i, side := range []any{c.Before, c.After} {
			st := []*state{before, after}[i]
			var rights []policy.Action
			switch part := side.(type) {
			case access.PackDocument:
				rights = part.System
				if other, ok := []any{c.After, c.Before}[i].(access.PackDocument); ok {
					rights = slices.DeleteFunc(slices.Clone(rights), func(a policy.Action) bool { return slices.Contains(other.System, a) })
				}
			case access.Assignment:
				if part.Who.Person != 0 && part.Who.Person == v.bound.Subject().Person {
					return notSelf.WithAt(fmt.Sprintf("assignments[%s]", c.ID))
				}
				pack, _ := access.Find(st.authored.Packs, part.Pack)
				rights = pack.System
			case access.RuleDocument:
				if part.Kind == records.System {
					rights = part.Actions
				}
			}
			if err := v.heldAll(rights); err != nil {
				return err
			}
		}
	}
	return nil
}
