-- +goose Up

ALTER TABLE pool ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN pool.settings IS 'Limits, what stays hidden, and when customers come back: access.PoolSettings.';

CREATE TABLE pool_stay (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	pool_id bigint,
	person_id bigint,
	since_at bigint NOT NULL,
	warned_at bigint,
	CONSTRAINT pool_stay_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
COMMENT ON TABLE pool_stay IS 'Since when a record is where it is: with whom who claimed it out of which pool, or in which pool; when its owner was last warned.';
CREATE INDEX pool_stay_person ON pool_stay (tenant_id, person_id, pool_id);

CREATE TABLE pool_left (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	person_id bigint NOT NULL,
	left_at bigint NOT NULL,
	CONSTRAINT pool_left_pkey PRIMARY KEY (tenant_id, kind, record_id, person_id)
);
COMMENT ON TABLE pool_left IS 'Who gave up or lost which record, and when last: they wait before they claim it again.';

CREATE TABLE pool_claim (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	pool_id bigint NOT NULL,
	person_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	by_id bigint,
	claimed_at bigint NOT NULL,
	CONSTRAINT pool_claim_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE pool_claim IS 'Every claim and assignment out of a pool; the limits of a day count them.';
CREATE INDEX pool_claim_person ON pool_claim (tenant_id, person_id, pool_id, claimed_at);

CREATE TABLE pool_view (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	pool_id bigint NOT NULL,
	day bigint NOT NULL,
	record_id bigint NOT NULL,
	CONSTRAINT pool_view_pkey PRIMARY KEY (tenant_id, person_id, pool_id, day, record_id)
);
COMMENT ON TABLE pool_view IS 'Which records of a pool somebody has opened on a day; the limit of views counts them.';

CREATE TABLE pool_run (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	pool_id bigint NOT NULL,
	status text COLLATE "C" NOT NULL,
	last_id bigint NOT NULL DEFAULT 0,
	total bigint NOT NULL DEFAULT 0,
	looked bigint NOT NULL DEFAULT 0,
	warned bigint NOT NULL DEFAULT 0,
	taken bigint NOT NULL DEFAULT 0,
	kept bigint NOT NULL DEFAULT 0,
	by_id bigint,
	created_at bigint NOT NULL,
	finished_at bigint,
	CONSTRAINT pool_run_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE pool_run IS 'Every recycling into a pool: how far it is, and what it did.';
CREATE UNIQUE INDEX pool_run_open ON pool_run (tenant_id, pool_id) WHERE finished_at IS NULL;
CREATE INDEX pool_run_pool ON pool_run (tenant_id, pool_id, created_at DESC, id DESC);
