-- +goose Up

ALTER TABLE ownership_ask ADD COLUMN question INTEGER;
ALTER TABLE ownership_ask ADD COLUMN found TEXT;
ALTER TABLE ownership_ask ADD COLUMN told INTEGER NOT NULL DEFAULT 0;

CREATE TABLE handover_note (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	note TEXT NOT NULL,
	at INTEGER NOT NULL,
	CONSTRAINT handover_note_pkey PRIMARY KEY (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE handover ADD COLUMN own_note TEXT NOT NULL DEFAULT '';
