-- +goose Up

CREATE TABLE sandbox (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	sponsor_id INTEGER NOT NULL,
	title TEXT NOT NULL,
	purpose TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	ended_at INTEGER,
	ended_by INTEGER,
	warned_of INTEGER,
	CONSTRAINT sandbox_pkey PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sandbox_sponsor ON sandbox (tenant_id, sponsor_id, until_at);
CREATE INDEX sandbox_until ON sandbox (tenant_id, until_at);

CREATE TABLE sandbox_member (
	tenant_id INTEGER NOT NULL,
	sandbox_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	mode TEXT NOT NULL,
	part TEXT NOT NULL,
	joined_at INTEGER NOT NULL,
	left_at INTEGER,
	CONSTRAINT sandbox_member_pkey PRIMARY KEY (tenant_id, sandbox_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sandbox_member_person ON sandbox_member (tenant_id, person_id, sandbox_id);

CREATE TABLE sandbox_share (
	tenant_id INTEGER NOT NULL,
	sandbox_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	giver_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	document TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	withdrawn_at INTEGER,
	CONSTRAINT sandbox_share_pkey PRIMARY KEY (tenant_id, sandbox_id, id)
) STRICT, WITHOUT ROWID;
