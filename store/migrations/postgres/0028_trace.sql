-- +goose Up

CREATE TABLE mark_key (
	tenant_id bigint NOT NULL,
	secret text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	CONSTRAINT mark_key_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE mark_key IS 'The key of the marks in exports.';

CREATE TABLE mark_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document text COLLATE "C" NOT NULL,
	CONSTRAINT mark_settings_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE mark_settings IS 'How the company marks what is exported.';

CREATE TABLE export_copy (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	code text COLLATE "C" NOT NULL,
	kind text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	at bigint NOT NULL,
	rows bigint NOT NULL,
	job_id bigint NOT NULL,
	session_id bigint NOT NULL,
	token_id bigint NOT NULL,
	device_id bigint NOT NULL,
	channel text COLLATE "C" NOT NULL,
	device text COLLATE "C" NOT NULL,
	address text COLLATE "C" NOT NULL,
	format text COLLATE "C" NOT NULL,
	purpose text COLLATE "C" NOT NULL,
	marked bigint NOT NULL,
	CONSTRAINT export_copy_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX export_copy_code ON export_copy (tenant_id, code);
COMMENT ON TABLE export_copy IS 'Each export that was written: whose copy it is, and the code in it.';

CREATE TABLE export_copy_part (
	tenant_id bigint NOT NULL,
	copy_id bigint NOT NULL,
	part bigint NOT NULL,
	records bytea NOT NULL,
	CONSTRAINT export_copy_part_pkey PRIMARY KEY (tenant_id, copy_id, part)
);
COMMENT ON TABLE export_copy_part IS 'The ids of the records in a copy, sorted and packed, part by part as it was written.';

CREATE TABLE export_value (
	tenant_id bigint NOT NULL,
	hash bigint NOT NULL,
	record_id bigint NOT NULL,
	CONSTRAINT export_value_pkey PRIMARY KEY (tenant_id, hash, record_id)
);
COMMENT ON TABLE export_value IS 'Keyed hashes of the values by which exported records are recognised, as they were exported.';

CREATE TABLE export_known (
	tenant_id bigint NOT NULL,
	record_id bigint NOT NULL,
	version bigint NOT NULL,
	fields bigint NOT NULL,
	CONSTRAINT export_known_pkey PRIMARY KEY (tenant_id, record_id)
);
COMMENT ON TABLE export_known IS 'In which version, and by which fields, export_value has a record.';
