-- +goose Up

CREATE TABLE reveal_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT reveal_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE reveal_taken (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	day INTEGER NOT NULL,
	taken INTEGER NOT NULL,
	CONSTRAINT reveal_taken_pkey PRIMARY KEY (tenant_id, person_id, day)
) STRICT;
