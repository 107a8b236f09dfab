package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"guan/policy"
)

// A copy is weighed as a whole, however many parts it has and whoever unpacks it, and each but once.
func TestTraceOfCopiesInParts(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		f.customers(60)
		mine := f.copied("chief", "csv")
		var id policy.ID
		var packed []byte
		f.must(f.db.single().row(ctx, "SELECT copy_id, records FROM export_copy_part").Scan(&id, &packed))
		var held []policy.ID
		eachPacked(packed, func(record policy.ID) { held = append(held, record) })
		if len(held) != 60 {
			t.Fatalf("the copy holds %d", len(held))
		}
		// Records that are not in the table, more than one is handed over at a time.
		others := make([]policy.ID, handedOver/5)
		for i := range others {
			others[i] = policy.ID(1<<40 + i)
		}
		put := func(t *tx, of policy.ID, part int, ids []policy.ID) error {
			_, err := t.exec(ctx, "INSERT INTO export_copy_part (tenant_id, copy_id, part, records) VALUES ($1, $2, $3, $4)", DefaultTenant, of, part, packIDs(ids))
			return err
		}
		const besides = 30
		f.must(f.db.maintain(ctx, func(t *tx) error {
			if _, err := t.exec(ctx, "DELETE FROM export_copy_part"); err != nil {
				return err
			}
			for part := range 6 {
				if err := put(t, id, part, slices.Concat(held[10*part:10*part+10], others)); err != nil {
					return err
				}
			}
			for i := range besides {
				for _, of := range []policy.ID{id - policy.ID(i+1), id + policy.ID(i+1)} {
					// Every second has nothing of the table.
					if err := put(t, of, 0, slices.Concat(held[:i%2*5], others[:handedOver/40])); err != nil {
						return err
					}
					if err := put(t, of, 1, slices.Concat(held[5:5+i%2*5], others[:handedOver/40])); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		found := f.trace(mine)
		if got := fmt.Sprint(namedBy(found)); got != "[chief]" || found.Candidates != 1+besides {
			t.Fatalf("%s is named of %d candidates", got, found.Candidates)
		}
		if c := found.Named[0]; c.Held != 60 || c.Whole != 60 || c.Agree != c.Compared {
			t.Errorf("%+v", c)
		}
	})
}
