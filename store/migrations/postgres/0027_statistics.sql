-- +goose Up

CREATE TABLE statistics_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT statistics_settings_pkey PRIMARY KEY (tenant_id)
);

CREATE TABLE statistics_key (
	tenant_id bigint NOT NULL,
	secret text COLLATE "C" NOT NULL,
	CONSTRAINT statistics_key_pkey PRIMARY KEY (tenant_id)
);

CREATE TABLE statistics_release (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	day text COLLATE "C" NOT NULL,
	made_at bigint NOT NULL,
	document jsonb NOT NULL,
	CONSTRAINT statistics_release_pkey PRIMARY KEY (tenant_id, kind)
);

CREATE TABLE statistics_asked (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	day text COLLATE "C" NOT NULL,
	questions bigint NOT NULL,
	CONSTRAINT statistics_asked_pkey PRIMARY KEY (tenant_id, person_id)
);

COMMENT ON TABLE statistics_settings IS 'What the company says of its statistics, where it says otherwise than the product: statistics.Limits.';
COMMENT ON TABLE statistics_key IS 'The secret from which comes what blurs statistics; it never changes, so that asking again brings nothing.';
COMMENT ON TABLE statistics_release IS 'What is published of a kind, made once a day: statistics.Release. Answers are made of it and of nothing else.';
COMMENT ON TABLE statistics_asked IS 'How many questions of statistics somebody has asked on a day.';
