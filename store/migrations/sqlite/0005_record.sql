-- +goose Up
CREATE TABLE record_comment (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	author_id INTEGER NOT NULL,
	body TEXT NOT NULL,
	mentions TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	edited_at INTEGER,
	CONSTRAINT record_comment_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX record_comment_record ON record_comment (tenant_id, kind, record_id, created_at DESC, id DESC);

CREATE TABLE attachment (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	author_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	media TEXT NOT NULL,
	size INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	CONSTRAINT attachment_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX attachment_record ON attachment (tenant_id, kind, record_id, created_at DESC, id DESC);

CREATE TABLE attachment_chunk (
	tenant_id INTEGER NOT NULL,
	attachment_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	data BLOB NOT NULL,
	CONSTRAINT attachment_chunk_pkey PRIMARY KEY (tenant_id, attachment_id, seq)
) STRICT;

CREATE TABLE grant_event (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	grant_id INTEGER NOT NULL,
	what TEXT NOT NULL,
	at INTEGER NOT NULL,
	by_id INTEGER,
	CONSTRAINT grant_event_pkey PRIMARY KEY (tenant_id, kind, record_id, grant_id, what)
) STRICT, WITHOUT ROWID;
INSERT INTO grant_event (tenant_id, kind, record_id, grant_id, what, at, by_id)
SELECT DISTINCT g.tenant_id, g.kind, CAST(r.value AS INTEGER), g.id, 'given', g.created_at, g.giver_id
FROM access_grant g, json_each(g.document, '$.records') r;
INSERT INTO grant_event (tenant_id, kind, record_id, grant_id, what, at, by_id)
SELECT DISTINCT g.tenant_id, g.kind, CAST(r.value AS INTEGER), g.id, 'revoked', g.revoked_at, g.revoked_by
FROM access_grant g, json_each(g.document, '$.records') r WHERE g.revoked_at IS NOT NULL;

CREATE INDEX audit_entry_change ON audit_entry (tenant_id, kind, record_id, at DESC, seq DESC) WHERE action = 'create' OR action = 'edit';
