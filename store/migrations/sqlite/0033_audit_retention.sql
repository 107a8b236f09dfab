-- +goose Up

CREATE TABLE audit_retention (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT audit_retention_pkey PRIMARY KEY (tenant_id)
) STRICT;

-- Stretches of the log whose entries lie in files: all leaves below removed_leaf have none here.
CREATE TABLE audit_archive (
	tenant_id INTEGER NOT NULL,
	from_leaf INTEGER NOT NULL,
	until_leaf INTEGER NOT NULL,
	removed_leaf INTEGER NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	file TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	size INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	CONSTRAINT audit_archive_pkey PRIMARY KEY (tenant_id, from_leaf)
) STRICT;

-- What somebody did, by the act, where the log has it seldom.
CREATE INDEX audit_entry_actor_act ON audit_entry (tenant_id, actor_id, action, seq DESC) WHERE action <> 'read' AND action <> 'list' AND action <> 'count';
