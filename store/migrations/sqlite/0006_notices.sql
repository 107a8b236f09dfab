-- +goose Up

CREATE TABLE notice (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	what TEXT NOT NULL,
	kind TEXT,
	record_id INTEGER,
	by_id INTEGER,
	detail TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	read_at INTEGER,
	CONSTRAINT notice_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX notice_person ON notice (tenant_id, person_id, created_at DESC, id DESC);
CREATE INDEX notice_unread ON notice (tenant_id, person_id, read_at);
