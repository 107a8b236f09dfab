-- +goose Up

CREATE TABLE kind_stages (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT kind_stages_pkey PRIMARY KEY (tenant_id, kind)
);
COMMENT ON TABLE kind_stages IS 'The stages of a kind with their moves, where the company has its own.';

CREATE TABLE tag_run (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	why text COLLATE "C" NOT NULL,
	day bigint NOT NULL,
	status text COLLATE "C" NOT NULL,
	last_id bigint NOT NULL DEFAULT 0,
	total bigint NOT NULL DEFAULT 0,
	looked bigint NOT NULL DEFAULT 0,
	changed bigint NOT NULL DEFAULT 0,
	by_id bigint,
	created_at bigint NOT NULL,
	finished_at bigint,
	CONSTRAINT tag_run_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE tag_run IS 'Every derivation of the tags of a kind by their rules: how far it is, and what it changed.';
CREATE UNIQUE INDEX tag_run_open ON tag_run (tenant_id, kind) WHERE finished_at IS NULL;
CREATE INDEX tag_run_kind ON tag_run (tenant_id, kind, created_at DESC, id DESC);
