package store

import (
	"context"
	"slices"

	"guan/audit"
	"guan/fault"
	"guan/policy"
)

// OrderCustomFields puts the fields that the company added to a kind in the order in which forms, lists and files
// offer them. It names each once. It takes the right policy. Faults: Invalid, NotFound (kind), Denied.
func (s *Session) OrderCustomFields(ctx context.Context, kind policy.Kind, keys []string) error {
	return s.govern(ctx, "custom_field", "policy", func(t *tx, v *view) error {
		if v.catalog.Kind(kind) == nil {
			return noKind
		}
		custom, err := t.customFields(ctx, t.actor.Tenant)
		if err != nil {
			return err
		}
		var before []string
		for i := range custom {
			if custom[i].Kind == kind {
				before = append(before, custom[i].Key)
			}
		}
		if !slices.Equal(slices.Sorted(slices.Values(before)), slices.Sorted(slices.Values(keys))) {
			return fault.New(fault.Invalid, "field_order", "an order names each field that was added to the kind once").WithAt("keys")
		}
		for i, key := range keys {
			if _, err := t.exec(ctx, "UPDATE custom_field SET seq = $1 WHERE tenant_id = $2 AND kind = $3 AND key = $4", i+1, t.actor.Tenant, string(kind), key); err != nil {
				return err
			}
		}
		return t.audit(ctx, audit.Entry{Action: audit.FieldChanged, Kind: kind, Fields: keys, Detail: map[string]any{"custom_field_order": map[string]any{"before": before, "after": keys}}})
	})
}
