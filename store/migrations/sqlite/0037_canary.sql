-- +goose Up

CREATE TABLE export_canary (
	tenant_id INTEGER NOT NULL,
	copy_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	phone TEXT NOT NULL,
	CONSTRAINT export_canary_pkey PRIMARY KEY (tenant_id, copy_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX export_canary_phone ON export_canary (tenant_id, phone);
