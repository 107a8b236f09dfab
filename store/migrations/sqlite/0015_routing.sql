-- +goose Up

CREATE TABLE routing (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	CONSTRAINT routing_pkey PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
