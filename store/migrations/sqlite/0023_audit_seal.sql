-- +goose Up

CREATE TABLE audit_log (
	tenant_id INTEGER NOT NULL,
	origin TEXT NOT NULL,
	keys TEXT NOT NULL,
	size INTEGER NOT NULL,
	CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE audit_pending (
	tenant_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	records TEXT NOT NULL,
	CONSTRAINT audit_pending_pkey PRIMARY KEY (tenant_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_leaf (
	tenant_id INTEGER NOT NULL,
	leaf INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	records BLOB NOT NULL,
	salts BLOB NOT NULL,
	hashes BLOB NOT NULL,
	CONSTRAINT audit_leaf_pkey PRIMARY KEY (tenant_id, leaf)
) STRICT;
CREATE UNIQUE INDEX audit_leaf_seq ON audit_leaf (tenant_id, seq);

CREATE TABLE audit_head (
	tenant_id INTEGER NOT NULL,
	size INTEGER NOT NULL,
	at INTEGER NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT audit_head_pkey PRIMARY KEY (tenant_id, size)
) STRICT;

INSERT INTO audit_pending (tenant_id, seq, records)
SELECT e.tenant_id, e.seq, coalesce(r.records, '[]') FROM audit_entry e LEFT JOIN (
	SELECT tenant_id, seq, json_group_array(record_id) AS records FROM audit_record GROUP BY tenant_id, seq
) r ON r.tenant_id = e.tenant_id AND r.seq = e.seq;
