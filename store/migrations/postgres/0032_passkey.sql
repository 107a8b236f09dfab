-- +goose Up

CREATE TABLE passkey (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	credential text COLLATE "C" NOT NULL,
	public_key text COLLATE "C" NOT NULL,
	sign_count bigint NOT NULL,
	synced bigint NOT NULL,
	transports text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	used_at bigint,
	CONSTRAINT passkey_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX passkey_credential ON passkey (tenant_id, credential);
CREATE INDEX passkey_person ON passkey (tenant_id, person_id);

CREATE TABLE passkey_challenge (
	tenant_id bigint NOT NULL,
	challenge text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	session_id bigint,
	purpose text COLLATE "C" NOT NULL,
	until_at bigint NOT NULL,
	CONSTRAINT passkey_challenge_pkey PRIMARY KEY (tenant_id, challenge)
);
CREATE INDEX passkey_challenge_person ON passkey_challenge (tenant_id, person_id);

COMMENT ON TABLE passkey IS 'Passkeys of people: the public halves, with the count of the last signature. Nothing in it is secret.';
COMMENT ON TABLE passkey_challenge IS 'Challenges that browsers were given and have not answered. Each is used up by the first answer, and is of one session, or of a sign-in where session_id is null.';
