-- +goose Up

CREATE TABLE pack (
	tenant_id INTEGER NOT NULL,
	id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	document TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	CONSTRAINT pack_pkey PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE TABLE policy_draft (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	name TEXT NOT NULL,
	state TEXT NOT NULL,
	author_id INTEGER NOT NULL,
	edited_by INTEGER NOT NULL,
	base INTEGER NOT NULL,
	origin TEXT NOT NULL,
	document TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	asked_by INTEGER,
	asked_at INTEGER,
	asked_note TEXT,
	refused_by INTEGER,
	refused_at INTEGER,
	refused_note TEXT,
	published INTEGER,
	CONSTRAINT policy_draft_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX policy_draft_state ON policy_draft (tenant_id, state, updated_at DESC, id DESC);

CREATE TABLE policy_version (
	tenant_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	at INTEGER NOT NULL,
	author_id INTEGER,
	confirmed_by INTEGER,
	note TEXT NOT NULL,
	origin TEXT NOT NULL,
	alone INTEGER NOT NULL DEFAULT 0,
	draft_id INTEGER,
	document TEXT NOT NULL,
	CONSTRAINT policy_version_pkey PRIMARY KEY (tenant_id, number)
) STRICT;
