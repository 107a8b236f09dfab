package store

import (
	"context"
	"slices"

	"guan/access"
	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// This file leaves the trail of sandboxes: an entry for whatever was shown or changed by the rule of
// one, so that its statement needs no second bookkeeping.

// boxed is a way in by a sandbox.
type boxed struct {
	test *policy.Test
	box  policy.ID
}

// boxedIn lists the ways in by a sandbox. What is open without one is not listed.
func (v *view) boxedIn(r *policy.Reduction) []boxed {
	if v.viewer != nil || len(v.authored.Sandboxes) == 0 {
		return nil
	}
	var out []boxed
	for _, b := range r.Branches {
		for _, i := range b.Rules {
			o := v.bound.Ruleset().Rule(i).Origin
			if id, err := policy.ParseID(o.ID); o.Type == access.FromSandbox && err == nil {
				out = append(out, boxed{b.Test, id})
			}
		}
	}
	return out
}

// reachedIn lists the sandboxes by which a row is reached, each once.
func reachedIn(ways []boxed, answer func(*policy.Test) policy.Tri) []policy.ID {
	var out []policy.ID
	for _, w := range ways {
		if answer(w.test) == policy.Yes && !slices.Contains(out, w.box) {
			out = append(out, w.box)
		}
	}
	return out
}

func sandboxUse(box policy.ID, what string, kind policy.Kind, ids []policy.ID, fields []string) audit.Entry {
	return audit.Entry{Action: audit.SandboxUsed, Kind: kindSandbox, Record: box, Fields: fields,
		Detail: map[string]any{"what": what, "kind": string(kind), "records": ids}}
}

// usesOf lists, for each sandbox, what of a page was reached by it.
func usesOf(what string, kind policy.Kind, items []Item) []audit.Entry {
	var boxes []policy.ID
	records := map[policy.ID][]policy.ID{}
	for _, it := range items {
		for _, box := range it.boxes {
			if records[box] == nil {
				boxes = append(boxes, box)
			}
			records[box] = append(records[box], it.ID)
		}
	}
	var entries []audit.Entry
	for _, box := range boxes {
		entries = append(entries, sandboxUse(box, what, kind, records[box], nil))
	}
	return entries
}

// uses are those of a record below which something is read: it was opened, if only for that.
func (b *beneath) uses(what string) []audit.Entry { return usesOf(what, b.kind.Name, []Item{b.item}) }

// auditUses records that somebody said or sent something below a record.
func (t *tx) auditUses(ctx context.Context, b *beneath) error {
	for _, use := range b.uses("said") {
		if err := t.audit(ctx, use); err != nil {
			return err
		}
	}
	return nil
}

// refusedExport records the refusal of a file, also beside the sandboxes that show the actor something
// of the kind: there it is told.
func (s *Session) refusedExport(ctx context.Context, kind policy.Kind, err error) error {
	err = s.blocked(ctx, kind, err)
	if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.NotFound) {
		return err
	}
	var entries []audit.Entry
	_ = s.db.look(ctx, s.actor, func(v *view) error {
		entries = nil
		seen := map[policy.ID]bool{}
		for _, w := range v.boxedIn(v.bound.Reduce(policy.Read, kind)) {
			if !seen[w.box] {
				seen[w.box] = true
				entries = append(entries, sandboxUse(w.box, "refused", kind, []policy.ID{}, nil))
			}
		}
		return nil
	})
	if len(entries) > 0 {
		_ = s.db.auditRead(ctx, s.actor, entries...)
	}
	return err
}
