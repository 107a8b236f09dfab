-- +goose Up

CREATE TABLE audit_log (
	tenant_id bigint NOT NULL,
	origin text COLLATE "C" NOT NULL,
	keys text COLLATE "C" NOT NULL,
	size bigint NOT NULL,
	CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE audit_log IS 'The sealed log of a tenant: its name in heads, the public keys that sign it, and how many entries are sealed.';

CREATE TABLE audit_pending (
	tenant_id bigint NOT NULL,
	seq bigint NOT NULL,
	records jsonb NOT NULL,
	CONSTRAINT audit_pending_pkey PRIMARY KEY (tenant_id, seq)
);
COMMENT ON TABLE audit_pending IS 'Entries that wait to be sealed, with the records they touch. Written with the entry: numbers commit out of order.';

CREATE TABLE audit_leaf (
	tenant_id bigint NOT NULL,
	leaf bigint NOT NULL,
	seq bigint NOT NULL,
	records bytea NOT NULL,
	salts bytea NOT NULL,
	hashes bytea NOT NULL,
	CONSTRAINT audit_leaf_pkey PRIMARY KEY (tenant_id, leaf)
);
CREATE UNIQUE INDEX audit_leaf_seq ON audit_leaf (tenant_id, seq);
COMMENT ON TABLE audit_leaf IS 'The Merkle log: which entry a leaf is, and the hashes of it and of the subtrees it completes.';

CREATE TABLE audit_head (
	tenant_id bigint NOT NULL,
	size bigint NOT NULL,
	at bigint NOT NULL,
	note text COLLATE "C" NOT NULL,
	CONSTRAINT audit_head_pkey PRIMARY KEY (tenant_id, size)
);
COMMENT ON TABLE audit_head IS 'Signed heads: how many entries there were and the hash of all of them.';

INSERT INTO audit_pending (tenant_id, seq, records)
SELECT e.tenant_id, e.seq, coalesce(r.records, '[]') FROM audit_entry e LEFT JOIN (
	SELECT tenant_id, seq, jsonb_agg(record_id) AS records FROM audit_record GROUP BY tenant_id, seq
) r ON r.tenant_id = e.tenant_id AND r.seq = e.seq;
