-- +goose Up

CREATE TABLE request (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	type TEXT NOT NULL,
	asker_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER,
	purpose TEXT NOT NULL,
	ask TEXT NOT NULL,
	steps TEXT NOT NULL,
	step INTEGER NOT NULL,
	since_at INTEGER NOT NULL,
	state TEXT NOT NULL,
	turn INTEGER NOT NULL DEFAULT 1,
	outcome TEXT,
	created_at INTEGER NOT NULL,
	ended_at INTEGER,
	next_at INTEGER,
	CONSTRAINT request_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX request_asker ON request (tenant_id, asker_id, id DESC);
CREATE INDEX request_state ON request (tenant_id, state, id DESC);
CREATE INDEX request_next ON request (tenant_id, next_at);

CREATE TABLE request_decision (
	tenant_id INTEGER NOT NULL,
	request_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	step INTEGER NOT NULL,
	slot INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	for_id INTEGER,
	verdict TEXT NOT NULL,
	words TEXT NOT NULL,
	at INTEGER NOT NULL,
	CONSTRAINT request_decision_pkey PRIMARY KEY (tenant_id, request_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_decision_person ON request_decision (tenant_id, person_id, request_id DESC);

CREATE TABLE approval_chain (
	tenant_id INTEGER NOT NULL,
	type TEXT NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	steps TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	CONSTRAINT approval_chain_pkey PRIMARY KEY (tenant_id, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE stand_in (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	stand_in_id INTEGER NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	CONSTRAINT stand_in_pkey PRIMARY KEY (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
