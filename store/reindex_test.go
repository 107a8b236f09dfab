package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"guan/fault"
	"guan/policy"
	"guan/records"
	"guan/vault"
)

// oldIndexes are those under which values lie now.
func (f *firm) oldIndexes() []string {
	f.t.Helper()
	var out []string
	rows, err := f.db.values.reader.QueryContext(context.Background(), "SELECT DISTINCT stand FROM "+f.db.values.table)
	f.must(err)
	defer rows.Close()
	for rows.Next() {
		var index string
		f.must(rows.Scan(&index))
		out = append(out, index)
	}
	f.must(rows.Err())
	return out
}

// While the key of the index is rotated values are found under both, an equal value is no change, what was kept to
// take something back serves, and interrupted it goes on. At the end nothing of the old key is left anywhere, and
// nothing lies in the vault that nothing points at.
func TestIndexRotatesWhileRunning(t *testing.T) {
	eachFirm(t, func(t *testing.T, f *firm) {
		ctx := context.Background()
		setup := f.db.System(JobSetup, DefaultTenant)
		numbers := []string{idNumber("11010119900307775"), idNumber("44052419880101001"), idNumber("31010419880808123")}
		_, err := f.as("boss").putField(ctx, records.CustomField{Kind: "customer", Key: "c_code", Type: "text", Class: policy.General, Encrypted: true, Label: records.Label{ZH: "暗号", EN: "Codeword"}})
		f.must(err)
		var all []*Item
		for i := range 4 {
			all = append(all, f.customer("lin", fmt.Sprintf("索引 %d", i), "id_number="+quoted(numbers[0])+";c_code="+quoted("HERON")))
		}
		one := all[0]
		edited, err := f.as("boss").Update(ctx, "customer", one.ID, one.Version, Fields{"id_number": []byte(quoted(numbers[1]))})
		f.must(err)
		m, err := f.as("boss").RehearseMass(ctx, "customer", MassAsk{IDs: []policy.ID{all[1].ID, all[2].ID}, Change: MassChange{Fields: Fields{"c_code": []byte(quoted("EGRET"))}}})
		f.must(err)
		_, err = f.as("boss").ChangeMass(ctx, "customer", m.ID)
		f.must(err)
		f.heldRule("held", "", []string{"@head"}, "c_code")
		asked, err := f.askChange("lin", "索引 3", all[3].Version, Fields{"c_code": []byte(quoted("CRANE"))})
		f.must(err)
		lin := f.browser("lin").in("")
		secretText, _ := lin.enrol()
		old := f.oldIndexes()
		before, err := setup.KeyStatus(ctx)
		f.must(err)
		if len(before.Indexes) != 1 || before.Indexes[0].Values != before.Values {
			t.Errorf("%+v", before)
		}

		found := func(when, number string, want int) {
			t.Helper()
			for _, filter := range []string{"r.id_number == '" + number + "'", "r.id_number in ['" + number + "']", "!(r.id_number != '" + number + "')"} {
				page, err := f.as("boss").List(ctx, ListQuery{Kind: "customer", Filter: filter, Count: true})
				if f.must(err); len(page.Items) != want {
					t.Errorf("%s %d are found by %s, not %d", when, len(page.Items), filter, want)
				}
				for _, it := range page.Items {
					if it.Fields["id_number"] != number {
						t.Errorf("%s %v is shown", when, it.Fields["id_number"])
					}
				}
			}
		}
		found("before", numbers[0], 3)

		// Killed right after it began, and once more in the middle.
		f.must(setup.changeKeys(ctx, "rotated", func(_ *tx, k *vault.Keys) (*vault.Keys, error) { return k.RotateIndex() }))
		fresh := f.customer("lin", "索引 新", "id_number="+quoted(numbers[0]))
		found("begun", numbers[0], 4)
		found("begun", numbers[1], 1)
		same, err := f.as("boss").Update(ctx, "customer", one.ID, edited.Version, Fields{"id_number": []byte(quoted(numbers[1]))})
		if f.must(err); same.Version != edited.Version {
			t.Error("an edit to the same value is a change")
		}
		bring := tableOf("id_number,city|" + numbers[1] + ",武汉")
		first, err := bring()
		f.must(err)
		mapping, err := f.as("boss").MatchColumns(ctx, "customer", "id_number", first.Header())
		f.must(err)
		tally, err := f.as("boss").Import(ctx, Import{Mapping: mapping, Open: bring, Cells: records.Cells{Lang: "en"}})
		if f.must(err); tally.Updated != 1 {
			t.Errorf("by its number an import changes %+v", tally)
		}
		status, err := setup.KeyStatus(ctx)
		if f.must(err); len(status.Indexes) != 2 || status.Indexes[0].Number == before.Indexes[0].Number || status.Indexes[1].Values < 8 {
			t.Errorf("%+v", status)
		}
		some, stop := context.WithCancel(ctx)
		err = setup.RotateKeys(some, Rotation{}, func(int64) { stop() })
		if err == nil {
			t.Error("it was not interrupted")
		}
		found("interrupted", numbers[0], 4)
		_, err = f.as("boss").UndoMass(ctx, m.ID)
		f.must(err)

		f.must(setup.RotateKeys(ctx, Rotation{}, nil))
		found("after", numbers[0], 4)
		found("after", numbers[1], 1)
		if got := f.reread("boss", "customer", all[1].ID).Fields["c_code"]; got != "HERON" {
			t.Errorf("taken back it is %v", got)
		}
		_, err = f.as("chief").Decide(ctx, asked.ID, true, "")
		f.must(err)
		if got := f.reread("lin", "customer", all[3].ID).Fields["c_code"]; got != "CRANE" {
			t.Errorf("approved it is %v", got)
		}
		f.must(f.browser("lin").try(f.code(secretText)))
		after, err := setup.KeyStatus(ctx)
		f.must(err)
		if len(after.Indexes) != 1 || len(after.Keys) != 1 || after.Indexes[0].Number != status.Indexes[0].Number || after.Keys[0].Values != after.Values {
			t.Errorf("%+v", after)
		}
		if f.db.dialect == SQLite { // what was overwritten lies in free pages, and says nothing without the key
			for _, pool := range []*sql.DB{f.db.writer, f.db.values.writer} {
				for _, statement := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
					_, err := pool.ExecContext(ctx, statement)
					f.must(err)
				}
			}
		}
		for where, data := range f.everything() {
			for _, index := range old {
				if bytes.Contains(data, []byte(index)) {
					t.Errorf("%s holds an old index", filepath.Base(where))
				}
			}
		}

		// What a write left that never committed, and what a record had and nobody can bring back, goes.
		k, err := f.db.single().keys(ctx, DefaultTenant)
		f.must(err)
		stray := vault.Place{Kind: "customer", Field: "id_number", Record: int64(fresh.ID)}
		index, err := k.Index("customer", "id_number", numbers[2])
		f.must(err)
		sealed, err := k.Seal(stray, numbers[2])
		f.must(err)
		f.must(f.db.values.put(ctx, DefaultTenant, k.IndexNumber(), []vaultEntry{{stray, index, sealed}}))
		f.must(setup.RotateKeys(ctx, Rotation{}, nil))
		if left := f.oldIndexes(); slices.Contains(left, index) {
			t.Error("what nothing points at lies there still")
		}
		found("at last", numbers[0], 4)
		if _, err := f.as("boss").Get(ctx, "customer", one.ID); err != nil {
			t.Error(err)
		}
		if _, err := f.as("lin").List(ctx, ListQuery{Kind: "customer", Filter: "r.id_number.startsWith('1')"}); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}
