-- +goose Up

ALTER TABLE credential ADD COLUMN must_change boolean NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN credential.must_change IS 'The password was chosen by somebody else: nothing is answered until its owner has chosen another.';

CREATE TABLE setup_code (
	tenant_id bigint NOT NULL,
	hash text COLLATE "C" NOT NULL,
	until_at bigint NOT NULL,
	CONSTRAINT setup_code_pkey PRIMARY KEY (tenant_id, hash)
);
COMMENT ON TABLE setup_code IS 'SHA-256 of the codes that open the setup of an empty installation, one for each start of the program until it is done.';

CREATE TABLE setup_done (
	tenant_id bigint NOT NULL,
	done_at bigint NOT NULL,
	CONSTRAINT setup_done_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE setup_done IS 'That a tenant was set up: what stands here is never set up again, even when nobody is left in it.';
