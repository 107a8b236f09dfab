-- +goose Up

CREATE TABLE emergency (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	owner_id INTEGER,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	document TEXT NOT NULL,
	reason TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	ended_at INTEGER,
	ended_by INTEGER,
	due_at INTEGER NOT NULL,
	late_at INTEGER NOT NULL,
	next_at INTEGER,
	task_id INTEGER,
	verdict TEXT,
	note TEXT,
	reviewed_by INTEGER,
	reviewed_at INTEGER,
	CONSTRAINT emergency_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX emergency_person ON emergency (tenant_id, person_id, id DESC);
CREATE INDEX emergency_record ON emergency (tenant_id, kind, record_id, from_at DESC);
CREATE INDEX emergency_until ON emergency (tenant_id, until_at);
CREATE INDEX emergency_verdict ON emergency (tenant_id, verdict, id DESC);
CREATE INDEX emergency_next ON emergency (tenant_id, next_at);

CREATE TABLE emergency_miss (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	CONSTRAINT emergency_miss_pkey PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX emergency_miss_person ON emergency_miss (tenant_id, person_id, at);

CREATE TABLE emergency_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT emergency_settings_pkey PRIMARY KEY (tenant_id)
) STRICT, WITHOUT ROWID;
