-- +goose Up

-- The code on the pages of a session. The row outlives the session: a photograph is found late.
CREATE TABLE watermark (
	tenant_id INTEGER NOT NULL,
	code TEXT NOT NULL,
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	device_id INTEGER,
	device TEXT NOT NULL,
	network TEXT NOT NULL,
	address TEXT NOT NULL,
	began_at INTEGER NOT NULL,
	ended_at INTEGER,
	CONSTRAINT watermark_pkey PRIMARY KEY (tenant_id, code)
) STRICT;
CREATE UNIQUE INDEX watermark_session ON watermark (tenant_id, session_id);

CREATE TABLE watermark_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	everyone INTEGER NOT NULL,
	CONSTRAINT watermark_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;
