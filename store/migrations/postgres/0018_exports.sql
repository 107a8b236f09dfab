-- +goose Up

CREATE TABLE export_limit (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT export_limit_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE export_limit IS 'How many rows people may export in a day: store.ExportLimits.';

CREATE TABLE export_taken (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	day bigint NOT NULL,
	job_id bigint NOT NULL,
	rows bigint NOT NULL,
	CONSTRAINT export_taken_pkey PRIMARY KEY (tenant_id, person_id, day, job_id)
);
COMMENT ON TABLE export_taken IS 'The rows that somebody exported on a day, by job; 0 stands for exports that are no job.';

CREATE INDEX audit_entry_refused ON audit_entry (tenant_id, at DESC, seq DESC) WHERE action = 'refused';
