-- +goose Up

CREATE TABLE statistics_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT statistics_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE statistics_key (
	tenant_id INTEGER NOT NULL,
	secret TEXT NOT NULL,
	CONSTRAINT statistics_key_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE statistics_release (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	day TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	document TEXT NOT NULL,
	CONSTRAINT statistics_release_pkey PRIMARY KEY (tenant_id, kind)
) STRICT;

CREATE TABLE statistics_asked (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	day TEXT NOT NULL,
	questions INTEGER NOT NULL,
	CONSTRAINT statistics_asked_pkey PRIMARY KEY (tenant_id, person_id)
) STRICT;
