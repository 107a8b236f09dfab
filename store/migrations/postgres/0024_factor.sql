-- +goose Up

CREATE TABLE factor (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	secret text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	confirmed_at bigint,
	last_step bigint NOT NULL DEFAULT 0,
	CONSTRAINT factor_pkey PRIMARY KEY (tenant_id, person_id)
);

CREATE TABLE recovery_code (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	hash text COLLATE "C" NOT NULL,
	used_at bigint,
	CONSTRAINT recovery_code_pkey PRIMARY KEY (tenant_id, person_id, hash)
);

CREATE TABLE device (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	hash text COLLATE "C" NOT NULL,
	class text COLLATE "C" NOT NULL,
	family text COLLATE "C" NOT NULL,
	label text COLLATE "C" NOT NULL DEFAULT '',
	address text COLLATE "C" NOT NULL,
	first_at bigint NOT NULL,
	seen_at bigint NOT NULL,
	known_at bigint,
	asked_at bigint,
	blocked_at bigint,
	CONSTRAINT device_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX device_hash ON device (tenant_id, person_id, hash);

ALTER TABLE session ADD COLUMN device_id bigint;
ALTER TABLE session ADD COLUMN factor_at bigint;
CREATE INDEX session_device ON session (tenant_id, device_id);

ALTER TABLE credential ADD COLUMN frozen_at bigint;
ALTER TABLE credential ADD COLUMN frozen_why text COLLATE "C";

CREATE TABLE sign_in_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT sign_in_settings_pkey PRIMARY KEY (tenant_id)
);

COMMENT ON TABLE factor IS 'The second factor of people: the secret of their authenticator and the step of the code that was last accepted.';
COMMENT ON TABLE recovery_code IS 'One-time codes for who has lost the second factor, as SHA-256.';
COMMENT ON TABLE device IS 'Browsers that people signed in with, one row for each person. Known since known_at; asked_at waits for somebody who administers people.';
COMMENT ON TABLE sign_in_settings IS 'What the company asks of those who sign in, where it says otherwise than the product: signin.Settings.';
