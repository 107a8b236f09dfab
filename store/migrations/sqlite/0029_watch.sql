-- +goose Up

CREATE TABLE watch_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT watch_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE watch_position (
	tenant_id INTEGER NOT NULL,
	leaf INTEGER NOT NULL,
	since INTEGER NOT NULL,
	CONSTRAINT watch_position_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE watch_state (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	document TEXT NOT NULL,
	CONSTRAINT watch_state_pkey PRIMARY KEY (tenant_id, person_id)
) STRICT;

CREATE TABLE alert (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	detector TEXT NOT NULL,
	numbers TEXT NOT NULL,
	first_seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	done TEXT NOT NULL,
	kind TEXT,
	record_id INTEGER,
	state TEXT NOT NULL,
	note TEXT,
	judged_by INTEGER,
	judged_at INTEGER,
	created_at INTEGER NOT NULL,
	CONSTRAINT alert_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX alert_state ON alert (tenant_id, state, id DESC);

CREATE TABLE honey (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	by_id INTEGER NOT NULL,
	note TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	CONSTRAINT honey_pkey PRIMARY KEY (tenant_id, kind, record_id)
) STRICT;

CREATE TABLE siem (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	secret TEXT NOT NULL,
	leaf INTEGER NOT NULL,
	until_leaf INTEGER NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	next_at INTEGER NOT NULL DEFAULT 0,
	sent_at INTEGER,
	failed TEXT,
	CONSTRAINT siem_pkey PRIMARY KEY (tenant_id)
) STRICT;

ALTER TABLE credential ADD COLUMN factor_due_at INTEGER;
ALTER TABLE credential ADD COLUMN factor_met_at INTEGER;
