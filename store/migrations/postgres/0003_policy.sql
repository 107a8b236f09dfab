-- +goose Up

CREATE TABLE pack (
	tenant_id bigint NOT NULL,
	id text COLLATE "C" NOT NULL,
	seq bigint NOT NULL,
	document jsonb NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	CONSTRAINT pack_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE pack IS 'Packs that a company put together itself, beside the presets, in the order of seq.';

CREATE TABLE policy_draft (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	name text COLLATE "C" NOT NULL,
	state text COLLATE "C" NOT NULL,
	author_id bigint NOT NULL,
	edited_by bigint NOT NULL,
	base bigint NOT NULL,
	origin text COLLATE "C" NOT NULL,
	document jsonb NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	asked_by bigint,
	asked_at bigint,
	asked_note text COLLATE "C",
	refused_by bigint,
	refused_at bigint,
	refused_note text COLLATE "C",
	published bigint,
	CONSTRAINT policy_draft_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX policy_draft_state ON policy_draft (tenant_id, state, updated_at DESC, id DESC);
COMMENT ON TABLE policy_draft IS 'Policies that are not in force: packs, assignments and rules as they would be after base. asked_* say who wants it published, refused_* who last refused that.';

CREATE TABLE policy_version (
	tenant_id bigint NOT NULL,
	number bigint NOT NULL,
	epoch bigint NOT NULL,
	at bigint NOT NULL,
	author_id bigint,
	confirmed_by bigint,
	note text COLLATE "C" NOT NULL,
	origin text COLLATE "C" NOT NULL,
	alone boolean NOT NULL DEFAULT false,
	draft_id bigint,
	document jsonb NOT NULL,
	CONSTRAINT policy_version_pkey PRIMARY KEY (tenant_id, number)
);
COMMENT ON TABLE policy_version IS 'Every policy that was ever in force, whole. Only ever added to. Without author: by setup.';
