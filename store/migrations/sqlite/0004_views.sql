-- +goose Up
CREATE TABLE list_view (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	kind TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	search TEXT NOT NULL,
	shared TEXT,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	CONSTRAINT list_view_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX list_view_kind ON list_view (tenant_id, kind, person_id);

CREATE TABLE list_default (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	view_id INTEGER NOT NULL,
	CONSTRAINT list_default_pkey PRIMARY KEY (tenant_id, person_id, kind)
) STRICT;
CREATE INDEX list_default_view ON list_default (tenant_id, view_id);

CREATE TABLE mass_change (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	token_id INTEGER,
	change TEXT NOT NULL,
	status TEXT NOT NULL,
	job_id INTEGER,
	skipped TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	done_at INTEGER,
	CONSTRAINT mass_change_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX mass_change_age ON mass_change (tenant_id, created_at);

CREATE TABLE mass_target (
	tenant_id INTEGER NOT NULL,
	change_id INTEGER NOT NULL,
	record_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	status TEXT NOT NULL,
	undo TEXT,
	CONSTRAINT mass_target_pkey PRIMARY KEY (tenant_id, change_id, record_id)
) STRICT, WITHOUT ROWID;
