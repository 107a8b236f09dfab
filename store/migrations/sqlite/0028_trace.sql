-- +goose Up

CREATE TABLE mark_key (
	tenant_id INTEGER NOT NULL,
	secret TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	CONSTRAINT mark_key_pkey PRIMARY KEY (tenant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT mark_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE export_copy (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	code TEXT NOT NULL,
	kind TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	at INTEGER NOT NULL,
	rows INTEGER NOT NULL,
	job_id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	token_id INTEGER NOT NULL,
	device_id INTEGER NOT NULL,
	channel TEXT NOT NULL,
	device TEXT NOT NULL,
	address TEXT NOT NULL,
	format TEXT NOT NULL,
	purpose TEXT NOT NULL,
	marked INTEGER NOT NULL,
	CONSTRAINT export_copy_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX export_copy_code ON export_copy (tenant_id, code);

CREATE TABLE export_copy_part (
	tenant_id INTEGER NOT NULL,
	copy_id INTEGER NOT NULL,
	part INTEGER NOT NULL,
	records BLOB NOT NULL,
	CONSTRAINT export_copy_part_pkey PRIMARY KEY (tenant_id, copy_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE export_value (
	tenant_id INTEGER NOT NULL,
	hash INTEGER NOT NULL,
	record_id INTEGER NOT NULL,
	CONSTRAINT export_value_pkey PRIMARY KEY (tenant_id, hash, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE export_known (
	tenant_id INTEGER NOT NULL,
	record_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	fields INTEGER NOT NULL,
	CONSTRAINT export_known_pkey PRIMARY KEY (tenant_id, record_id)
) STRICT, WITHOUT ROWID;
