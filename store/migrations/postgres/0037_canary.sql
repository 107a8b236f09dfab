-- +goose Up

CREATE TABLE export_canary (
	tenant_id bigint NOT NULL,
	copy_id bigint NOT NULL,
	id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	phone text COLLATE "C" NOT NULL,
	CONSTRAINT export_canary_pkey PRIMARY KEY (tenant_id, copy_id, id)
);
COMMENT ON TABLE export_canary IS 'Invented records, each of which stands in one exported copy alone.';
CREATE UNIQUE INDEX export_canary_phone ON export_canary (tenant_id, phone);
