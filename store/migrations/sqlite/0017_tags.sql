-- +goose Up

CREATE TABLE kind_stages (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT kind_stages_pkey PRIMARY KEY (tenant_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag_run (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	why TEXT NOT NULL,
	day INTEGER NOT NULL,
	status TEXT NOT NULL,
	last_id INTEGER NOT NULL DEFAULT 0,
	total INTEGER NOT NULL DEFAULT 0,
	looked INTEGER NOT NULL DEFAULT 0,
	changed INTEGER NOT NULL DEFAULT 0,
	by_id INTEGER,
	created_at INTEGER NOT NULL,
	finished_at INTEGER,
	CONSTRAINT tag_run_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX tag_run_open ON tag_run (tenant_id, kind) WHERE finished_at IS NULL;
CREATE INDEX tag_run_kind ON tag_run (tenant_id, kind, created_at DESC, id DESC);
