-- +goose Up

CREATE TABLE watermark (
	tenant_id bigint NOT NULL,
	code text COLLATE "C" NOT NULL,
	session_id bigint NOT NULL,
	person_id bigint NOT NULL,
	device_id bigint,
	device text COLLATE "C" NOT NULL,
	network text COLLATE "C" NOT NULL,
	address text COLLATE "C" NOT NULL,
	began_at bigint NOT NULL,
	ended_at bigint,
	CONSTRAINT watermark_pkey PRIMARY KEY (tenant_id, code)
);
CREATE UNIQUE INDEX watermark_session ON watermark (tenant_id, session_id);

CREATE TABLE watermark_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	everyone boolean NOT NULL,
	CONSTRAINT watermark_settings_pkey PRIMARY KEY (tenant_id)
);

COMMENT ON TABLE watermark IS 'The code on the pages of a session. The row outlives the session: a photograph is found late.';
COMMENT ON TABLE watermark_settings IS 'Over whose pages the watermark lies, where the company has said it.';
