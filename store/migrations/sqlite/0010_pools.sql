-- +goose Up

ALTER TABLE pool ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

CREATE TABLE pool_stay (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	pool_id INTEGER,
	person_id INTEGER,
	since_at INTEGER NOT NULL,
	warned_at INTEGER,
	CONSTRAINT pool_stay_pkey PRIMARY KEY (tenant_id, kind, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pool_stay_person ON pool_stay (tenant_id, person_id, pool_id);

CREATE TABLE pool_left (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	left_at INTEGER NOT NULL,
	CONSTRAINT pool_left_pkey PRIMARY KEY (tenant_id, kind, record_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pool_claim (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	pool_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	by_id INTEGER,
	claimed_at INTEGER NOT NULL,
	CONSTRAINT pool_claim_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX pool_claim_person ON pool_claim (tenant_id, person_id, pool_id, claimed_at);

CREATE TABLE pool_view (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	pool_id INTEGER NOT NULL,
	day INTEGER NOT NULL,
	record_id INTEGER NOT NULL,
	CONSTRAINT pool_view_pkey PRIMARY KEY (tenant_id, person_id, pool_id, day, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pool_run (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	pool_id INTEGER NOT NULL,
	status TEXT NOT NULL,
	last_id INTEGER NOT NULL DEFAULT 0,
	total INTEGER NOT NULL DEFAULT 0,
	looked INTEGER NOT NULL DEFAULT 0,
	warned INTEGER NOT NULL DEFAULT 0,
	taken INTEGER NOT NULL DEFAULT 0,
	kept INTEGER NOT NULL DEFAULT 0,
	by_id INTEGER,
	created_at INTEGER NOT NULL,
	finished_at INTEGER,
	CONSTRAINT pool_run_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX pool_run_open ON pool_run (tenant_id, pool_id) WHERE finished_at IS NULL;
CREATE INDEX pool_run_pool ON pool_run (tenant_id, pool_id, created_at DESC, id DESC);
