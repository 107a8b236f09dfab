-- +goose Up
CREATE TABLE record_comment (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	author_id bigint NOT NULL,
	body text COLLATE "C" NOT NULL,
	mentions jsonb NOT NULL,
	created_at bigint NOT NULL,
	edited_at bigint,
	CONSTRAINT record_comment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX record_comment_record ON record_comment (tenant_id, kind, record_id, created_at DESC, id DESC);
COMMENT ON TABLE record_comment IS 'What colleagues say to each other below a record. mentions holds the ids of people who were named; being named gives no right.';

CREATE TABLE attachment (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	author_id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	media text COLLATE "C" NOT NULL,
	size bigint NOT NULL,
	created_at bigint NOT NULL,
	CONSTRAINT attachment_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX attachment_record ON attachment (tenant_id, kind, record_id, created_at DESC, id DESC);
COMMENT ON TABLE attachment IS 'The files of a record. media is what the content was found to be, whatever its sender called it.';

CREATE TABLE attachment_chunk (
	tenant_id bigint NOT NULL,
	attachment_id bigint NOT NULL,
	seq bigint NOT NULL,
	data bytea NOT NULL,
	CONSTRAINT attachment_chunk_pkey PRIMARY KEY (tenant_id, attachment_id, seq)
);
ALTER TABLE attachment_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
COMMENT ON TABLE attachment_chunk IS 'The bytes of the files, 256 kB to a row, so that every process on the database serves every file.';

CREATE TABLE grant_event (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	grant_id bigint NOT NULL,
	what text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	by_id bigint,
	CONSTRAINT grant_event_pkey PRIMARY KEY (tenant_id, kind, record_id, grant_id, what)
);
COMMENT ON TABLE grant_event IS 'When temporary grants of a record were given and taken back: what is given or revoked.';
INSERT INTO grant_event (tenant_id, kind, record_id, grant_id, what, at, by_id)
SELECT DISTINCT g.tenant_id, g.kind, r.value::bigint, g.id, 'given', g.created_at, g.giver_id
FROM access_grant g, jsonb_array_elements_text(coalesce(g.document->'records', '[]')) r(value);
INSERT INTO grant_event (tenant_id, kind, record_id, grant_id, what, at, by_id)
SELECT DISTINCT g.tenant_id, g.kind, r.value::bigint, g.id, 'revoked', g.revoked_at, g.revoked_by
FROM access_grant g, jsonb_array_elements_text(coalesce(g.document->'records', '[]')) r(value) WHERE g.revoked_at IS NOT NULL;

CREATE INDEX audit_entry_change ON audit_entry (tenant_id, kind, record_id, at DESC, seq DESC) WHERE action = 'create' OR action = 'edit';
