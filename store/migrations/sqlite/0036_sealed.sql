-- +goose Up

CREATE TABLE scrub_due (
	tenant_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	CONSTRAINT scrub_due_pkey PRIMARY KEY (tenant_id, name)
) STRICT;

CREATE TABLE reindexed (
	tenant_id INTEGER NOT NULL,
	was TEXT NOT NULL,
	becomes TEXT NOT NULL,
	CONSTRAINT reindexed_pkey PRIMARY KEY (tenant_id, was)
) STRICT, WITHOUT ROWID;
