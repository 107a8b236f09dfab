-- +goose Up

CREATE TABLE keyset (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	wrapped_by TEXT NOT NULL,
	sealing BLOB NOT NULL,
	value_index BLOB NOT NULL,
	rotated_at INTEGER NOT NULL,
	CONSTRAINT keyset_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE encrypted_kind (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	done_at INTEGER NOT NULL,
	CONSTRAINT encrypted_kind_pkey PRIMARY KEY (tenant_id, kind)
) STRICT;
