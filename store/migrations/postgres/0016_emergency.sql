-- +goose Up

CREATE TABLE emergency (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	owner_id bigint,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	document jsonb NOT NULL,
	reason text COLLATE "C" NOT NULL,
	from_at bigint NOT NULL,
	until_at bigint NOT NULL,
	ended_at bigint,
	ended_by bigint,
	due_at bigint NOT NULL,
	late_at bigint NOT NULL,
	next_at bigint,
	task_id bigint,
	verdict text COLLATE "C",
	note text COLLATE "C",
	reviewed_by bigint,
	reviewed_at bigint,
	CONSTRAINT emergency_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE emergency IS 'Records that were opened in an emergency: by whom, why, until when, and what was said of it afterwards. Who reviews is derived, never kept.';
CREATE INDEX emergency_person ON emergency (tenant_id, person_id, id DESC);
CREATE INDEX emergency_record ON emergency (tenant_id, kind, record_id, from_at DESC);
CREATE INDEX emergency_until ON emergency (tenant_id, until_at);
CREATE INDEX emergency_verdict ON emergency (tenant_id, verdict, id DESC);
CREATE INDEX emergency_next ON emergency (tenant_id, next_at);

CREATE TABLE emergency_miss (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	reason text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	CONSTRAINT emergency_miss_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE emergency_miss IS 'Attempts to open a record in an emergency that found none.';
CREATE INDEX emergency_miss_person ON emergency_miss (tenant_id, person_id, at);

CREATE TABLE emergency_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT emergency_settings_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE emergency_settings IS 'What an emergency opens in the company, where it says otherwise than the product: grants.EmergencySettings.';
