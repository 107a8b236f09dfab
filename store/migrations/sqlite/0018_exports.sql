-- +goose Up

CREATE TABLE export_limit (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT export_limit_pkey PRIMARY KEY (tenant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE export_taken (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	day INTEGER NOT NULL,
	job_id INTEGER NOT NULL,
	rows INTEGER NOT NULL,
	CONSTRAINT export_taken_pkey PRIMARY KEY (tenant_id, person_id, day, job_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_entry_refused ON audit_entry (tenant_id, at DESC, seq DESC) WHERE action = 'refused';
