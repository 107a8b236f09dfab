-- +goose Up

CREATE TABLE scrub_due (
	tenant_id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	CONSTRAINT scrub_due_pkey PRIMARY KEY (tenant_id, name)
);

CREATE TABLE reindexed (
	tenant_id bigint NOT NULL,
	was text COLLATE "C" NOT NULL,
	becomes text COLLATE "C" NOT NULL,
	CONSTRAINT reindexed_pkey PRIMARY KEY (tenant_id, was)
);

COMMENT ON TABLE scrub_due IS 'Tables in whose files something is left that stood there in plain, until they are rewritten.';
COMMENT ON TABLE reindexed IS 'While the key of the index is rotated: the new index of a value by its old one.';
