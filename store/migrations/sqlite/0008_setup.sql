-- +goose Up

ALTER TABLE credential ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0;

CREATE TABLE setup_code (
	tenant_id INTEGER NOT NULL,
	hash TEXT NOT NULL,
	until_at INTEGER NOT NULL,
	CONSTRAINT setup_code_pkey PRIMARY KEY (tenant_id, hash)
) STRICT;

CREATE TABLE setup_done (
	tenant_id INTEGER NOT NULL,
	done_at INTEGER NOT NULL,
	CONSTRAINT setup_done_pkey PRIMARY KEY (tenant_id)
) STRICT;
