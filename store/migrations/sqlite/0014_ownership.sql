-- +goose Up

CREATE TABLE handover (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	from_id INTEGER,
	to_id INTEGER,
	by_id INTEGER,
	note TEXT NOT NULL DEFAULT '',
	at INTEGER NOT NULL,
	CONSTRAINT handover_pkey PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE TABLE handover_record (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	handover_id INTEGER NOT NULL,
	CONSTRAINT handover_record_pkey PRIMARY KEY (tenant_id, kind, record_id, handover_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_merge (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	winner_id INTEGER NOT NULL,
	loser_id INTEGER NOT NULL,
	winner_version INTEGER NOT NULL,
	document TEXT NOT NULL,
	by_id INTEGER,
	at INTEGER NOT NULL,
	undone_at INTEGER,
	CONSTRAINT record_merge_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX record_merge_winner ON record_merge (tenant_id, kind, winner_id, at);
CREATE INDEX record_merge_loser ON record_merge (tenant_id, kind, loser_id) WHERE undone_at IS NULL;

CREATE TABLE ownership_ask (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	what TEXT NOT NULL,
	at INTEGER NOT NULL,
	CONSTRAINT ownership_ask_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX ownership_ask_person ON ownership_ask (tenant_id, person_id, what, at);
