-- +goose Up

CREATE TABLE audit_retention (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT audit_retention_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE audit_retention IS 'How long entries of the audit log of a company stay.';

-- Stretches of the log whose entries lie in files: all leaves below removed_leaf have none here.
CREATE TABLE audit_archive (
	tenant_id bigint NOT NULL,
	from_leaf bigint NOT NULL,
	until_leaf bigint NOT NULL,
	removed_leaf bigint NOT NULL,
	from_at bigint NOT NULL,
	until_at bigint NOT NULL,
	file text COLLATE "C" NOT NULL,
	sha256 text COLLATE "C" NOT NULL,
	size bigint NOT NULL,
	created_at bigint NOT NULL,
	CONSTRAINT audit_archive_pkey PRIMARY KEY (tenant_id, from_leaf)
);
COMMENT ON TABLE audit_archive IS 'Stretches of the audit log whose entries lie in files.';

-- What somebody did, by the act, where the log has it seldom.
CREATE INDEX audit_entry_actor_act ON audit_entry (tenant_id, actor_id, action, seq DESC) WHERE action <> 'read' AND action <> 'list' AND action <> 'count';
