-- +goose Up

CREATE TABLE reveal_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT reveal_settings_pkey PRIMARY KEY (tenant_id)
);

CREATE TABLE reveal_taken (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	day bigint NOT NULL,
	taken bigint NOT NULL,
	CONSTRAINT reveal_taken_pkey PRIMARY KEY (tenant_id, person_id, day)
);

COMMENT ON TABLE reveal_settings IS 'What revealing a masked field takes, where the company says otherwise than the product: access.RevealSettings.';
COMMENT ON TABLE reveal_taken IS 'How many fields somebody has revealed on a day, in the company''s time.';
