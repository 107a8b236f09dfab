-- +goose Up

CREATE TABLE factor (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	secret TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	confirmed_at INTEGER,
	last_step INTEGER NOT NULL DEFAULT 0,
	CONSTRAINT factor_pkey PRIMARY KEY (tenant_id, person_id)
) STRICT;

CREATE TABLE recovery_code (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	hash TEXT NOT NULL,
	used_at INTEGER,
	CONSTRAINT recovery_code_pkey PRIMARY KEY (tenant_id, person_id, hash)
) STRICT;

CREATE TABLE device (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	hash TEXT NOT NULL,
	class TEXT NOT NULL,
	family TEXT NOT NULL,
	label TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL,
	first_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	known_at INTEGER,
	asked_at INTEGER,
	blocked_at INTEGER,
	CONSTRAINT device_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX device_hash ON device (tenant_id, person_id, hash);

ALTER TABLE session ADD COLUMN device_id INTEGER;
ALTER TABLE session ADD COLUMN factor_at INTEGER;
CREATE INDEX session_device ON session (tenant_id, device_id);

ALTER TABLE credential ADD COLUMN frozen_at INTEGER;
ALTER TABLE credential ADD COLUMN frozen_why TEXT;

CREATE TABLE sign_in_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT sign_in_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;
