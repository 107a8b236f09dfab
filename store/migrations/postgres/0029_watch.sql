-- +goose Up

CREATE TABLE watch_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT watch_settings_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE watch_settings IS 'How the detectors of a company are set.';

CREATE TABLE watch_position (
	tenant_id bigint NOT NULL,
	leaf bigint NOT NULL,
	since bigint NOT NULL,
	CONSTRAINT watch_position_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE watch_position IS 'The leaf of the sealed audit log that is watched next. What happened before since only teaches what is usual.';

CREATE TABLE watch_state (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	document text COLLATE "C" NOT NULL,
	CONSTRAINT watch_state_pkey PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE watch_state IS 'What is usual of a person, as the package watch keeps it.';

CREATE TABLE alert (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	detector text COLLATE "C" NOT NULL,
	numbers jsonb NOT NULL,
	first_seq bigint NOT NULL,
	last_seq bigint NOT NULL,
	at bigint NOT NULL,
	done text COLLATE "C" NOT NULL,
	kind text COLLATE "C",
	record_id bigint,
	state text COLLATE "C" NOT NULL,
	note text COLLATE "C",
	judged_by bigint,
	judged_at bigint,
	created_at bigint NOT NULL,
	CONSTRAINT alert_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX alert_state ON alert (tenant_id, state, id DESC);
COMMENT ON TABLE alert IS 'What was out of the ordinary: who, by which detector, the entries behind it, what was done, and the verdict.';

CREATE TABLE honey (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	by_id bigint NOT NULL,
	note text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	CONSTRAINT honey_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
COMMENT ON TABLE honey IS 'Records that nobody has a reason to open.';

CREATE TABLE siem (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	secret text COLLATE "C" NOT NULL,
	leaf bigint NOT NULL,
	until_leaf bigint NOT NULL,
	tries bigint NOT NULL DEFAULT 0,
	next_at bigint NOT NULL DEFAULT 0,
	sent_at bigint,
	failed text COLLATE "C",
	CONSTRAINT siem_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE siem IS 'Where events are sent, how far that is, and when the next try is due.';

ALTER TABLE credential ADD COLUMN factor_due_at bigint;
ALTER TABLE credential ADD COLUMN factor_met_at bigint;
