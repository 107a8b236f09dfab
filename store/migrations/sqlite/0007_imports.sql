-- +goose Up

ALTER TABLE job ADD COLUMN from_id INTEGER;
CREATE INDEX job_from ON job (tenant_id, from_id) WHERE from_id IS NOT NULL;

CREATE TABLE import_upload (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	token_id INTEGER,
	file TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	row_count INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	CONSTRAINT import_upload_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX import_upload_created ON import_upload (tenant_id, created_at);

CREATE TABLE import_mapping (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	headings TEXT NOT NULL,
	document TEXT NOT NULL,
	used_at INTEGER NOT NULL,
	CONSTRAINT import_mapping_pkey PRIMARY KEY (tenant_id, person_id, kind, headings)
) STRICT;

CREATE TABLE import_journal (
	tenant_id INTEGER NOT NULL,
	job_id INTEGER NOT NULL,
	row_number INTEGER NOT NULL,
	record_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	made INTEGER NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	reverted_at INTEGER,
	CONSTRAINT import_journal_pkey PRIMARY KEY (tenant_id, job_id, row_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_journal_created ON import_journal (tenant_id, created_at);
