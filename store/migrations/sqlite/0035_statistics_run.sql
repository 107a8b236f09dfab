-- +goose Up

CREATE TABLE statistics_run (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	day TEXT NOT NULL,
	status TEXT NOT NULL,
	code TEXT,
	epoch INTEGER NOT NULL,
	percent INTEGER NOT NULL,
	owner TEXT,
	until_at INTEGER,
	asked_at INTEGER NOT NULL,
	finished_at INTEGER,
	CONSTRAINT statistics_run_pkey PRIMARY KEY (tenant_id, kind)
) STRICT;

INSERT INTO statistics_run (tenant_id, kind, day, status, epoch, percent, asked_at, finished_at)
	SELECT tenant_id, kind, day, 'done', 0, 100, made_at, made_at FROM statistics_release;
