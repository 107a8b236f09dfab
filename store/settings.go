package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"guan/policy"
)

// What a company sets of one thing is a document in a version, in a table that has one row for each
// company. Version 0 is that of a company that has said nothing, for which the product's settings hold.

// settingsTable names such a table.
type settingsTable string

// companySettings reads the document into own, and its version; own stays as it is in version 0.
func (t *rtx) companySettings(ctx context.Context, table settingsTable, tenant policy.ID, own any) (version int64, err error) {
	var document []byte
	err = t.row(ctx, "SELECT version, document FROM "+string(table)+" WHERE tenant_id = $1", tenant).Scan(&version, &document)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err == nil {
		err = json.Unmarshal(document, own)
	}
	return version, err
}

// setCompanySettings writes the document in place of the version that stands, which has to be the one that
// was seen, also when somebody else writes at the same instant. Faults: Stale.
func (t *tx) setCompanySettings(ctx context.Context, table settingsTable, tenant policy.ID, stands, seen int64, settings any) error {
	if stands != seen {
		return staleVersion
	}
	text, err := jsonText(settings)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, "INSERT INTO "+string(table)+" (tenant_id, document) VALUES ($1, $2) ON CONFLICT (tenant_id) DO UPDATE SET document = excluded.document, version = "+
		string(table)+".version + 1 WHERE "+string(table)+".version = $3", tenant, text, seen)
	if err == nil && n == 0 {
		return staleVersion
	}
	return err
}
