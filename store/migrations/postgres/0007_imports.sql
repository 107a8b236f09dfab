-- +goose Up

ALTER TABLE job ADD COLUMN from_id bigint;
CREATE INDEX job_from ON job (tenant_id, from_id) WHERE from_id IS NOT NULL;
COMMENT ON COLUMN job.from_id IS 'The import whose file this one takes over, or which it takes back.';

CREATE TABLE import_upload (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	token_id bigint,
	file text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	kind text COLLATE "C" NOT NULL,
	row_count bigint NOT NULL,
	created_at bigint NOT NULL,
	CONSTRAINT import_upload_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX import_upload_created ON import_upload (tenant_id, created_at);
COMMENT ON TABLE import_upload IS 'Files that were sent to be looked at before they are imported. They are their sender''s, for a day.';

CREATE TABLE import_mapping (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	headings text COLLATE "C" NOT NULL,
	document jsonb NOT NULL,
	used_at bigint NOT NULL,
	CONSTRAINT import_mapping_pkey PRIMARY KEY (tenant_id, person_id, kind, headings)
);
COMMENT ON TABLE import_mapping IS 'How a person led the columns of a table to fields the last time it had these headings.';

CREATE TABLE import_journal (
	tenant_id bigint NOT NULL,
	job_id bigint NOT NULL,
	row_number bigint NOT NULL,
	record_id bigint NOT NULL,
	version bigint NOT NULL,
	made boolean NOT NULL,
	was jsonb NOT NULL,
	became jsonb NOT NULL,
	created_at bigint NOT NULL,
	reverted_at bigint,
	CONSTRAINT import_journal_pkey PRIMARY KEY (tenant_id, job_id, row_number)
);
CREATE INDEX import_journal_created ON import_journal (tenant_id, created_at);
COMMENT ON TABLE import_journal IS 'What an import did to each record, for a week, so that it can be taken back. It holds values and is shown to nobody.';
