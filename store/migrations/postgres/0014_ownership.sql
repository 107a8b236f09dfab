-- +goose Up

CREATE TABLE handover (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	from_id bigint,
	to_id bigint,
	by_id bigint,
	note text COLLATE "C" NOT NULL DEFAULT '',
	at bigint NOT NULL,
	CONSTRAINT handover_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE handover IS 'Records that got another owner together: from whom, to whom, and what was said of it.';

CREATE TABLE handover_record (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	handover_id bigint NOT NULL,
	CONSTRAINT handover_record_pkey PRIMARY KEY (tenant_id, kind, record_id, handover_id)
);
COMMENT ON TABLE handover_record IS 'Which records a handover gave another owner.';

CREATE TABLE record_merge (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	winner_id bigint NOT NULL,
	loser_id bigint NOT NULL,
	winner_version bigint NOT NULL,
	document jsonb NOT NULL,
	by_id bigint,
	at bigint NOT NULL,
	undone_at bigint,
	CONSTRAINT record_merge_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE record_merge IS 'Two records that were made one. The document holds what undoing it needs; the loser stays in its table, in the stage merged.';
CREATE INDEX record_merge_winner ON record_merge (tenant_id, kind, winner_id, at);
CREATE INDEX record_merge_loser ON record_merge (tenant_id, kind, loser_id) WHERE undone_at IS NULL;

CREATE TABLE ownership_ask (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	what text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	CONSTRAINT ownership_ask_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE ownership_ask IS 'Who asked when whether somebody looks after a record already; the limits count them.';
CREATE INDEX ownership_ask_person ON ownership_ask (tenant_id, person_id, what, at);
