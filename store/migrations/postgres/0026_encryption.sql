-- +goose Up

CREATE TABLE keyset (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	wrapped_by text COLLATE "C" NOT NULL,
	sealing bytea NOT NULL,
	value_index bytea NOT NULL,
	rotated_at bigint NOT NULL,
	CONSTRAINT keyset_pkey PRIMARY KEY (tenant_id)
);

CREATE TABLE encrypted_kind (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	done_at bigint NOT NULL,
	CONSTRAINT encrypted_kind_pkey PRIMARY KEY (tenant_id, kind)
);

COMMENT ON TABLE keyset IS 'The keysets of a company, wrapped by the key of that name, which does not lie with the data.';
COMMENT ON TABLE encrypted_kind IS 'The kinds of which nothing stands in plain any more that an older version wrote.';
