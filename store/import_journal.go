package store

import (
	"context"
	"time"

	"guan/policy"
)

// journalKept is how long an import can be taken back.
const journalKept = 7 * 24 * time.Hour

// journalRow is what an import did to one record. The values are in the form of the wire.
type journalRow struct {
	row     int
	record  policy.ID
	version int64 // in which the import left it
	made    bool
	was     map[string]any // the changed fields before
	became  map[string]any
}

// keepJournal writes what the rows at hand did, in the transaction in which they did it. Only
// background work is kept: what is not in the list of imports cannot be taken back.
func (t *tx) keepJournal(ctx context.Context, run *importing) error {
	if run.Claim == nil || len(run.journal) == 0 {
		return nil
	}
	if _, err := t.exec(ctx, "DELETE FROM import_journal WHERE tenant_id = $1 AND created_at < $2", t.actor.Tenant, t.now.Add(-journalKept).UnixMicro()); err != nil {
		return err
	}
	rows := make([][]assignment, 0, bulkRows)
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		err := t.insertRows(ctx, "import_journal", rows)
		rows = rows[:0]
		return err
	}
	for _, j := range run.journal {
		was, err := jsonText(orEmpty(j.was))
		if err != nil {
			return err
		}
		became, err := jsonText(orEmpty(j.became))
		if err != nil {
			return err
		}
		rows = append(rows, []assignment{
			{column: "tenant_id", value: t.actor.Tenant}, {column: "job_id", value: run.Claim.ID}, {column: "row_number", value: j.row}, {column: "record_id", value: j.record},
			{column: "version", value: j.version}, {column: "made", value: j.made}, {column: "was", value: was, json: true}, {column: "became", value: became, json: true},
			{column: "created_at", value: t.nowMicros()},
		})
		if len(rows) == bulkRows {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

func orEmpty(values map[string]any) map[string]any {
	if values == nil {
		return map[string]any{}
	}
	return values
}
