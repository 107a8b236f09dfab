-- +goose Up

CREATE TABLE passkey (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	credential TEXT NOT NULL,
	public_key TEXT NOT NULL,
	sign_count INTEGER NOT NULL,
	synced INTEGER NOT NULL,
	transports TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	used_at INTEGER,
	CONSTRAINT passkey_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX passkey_credential ON passkey (tenant_id, credential);
CREATE INDEX passkey_person ON passkey (tenant_id, person_id);

CREATE TABLE passkey_challenge (
	tenant_id INTEGER NOT NULL,
	challenge TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	session_id INTEGER,
	purpose TEXT NOT NULL,
	until_at INTEGER NOT NULL,
	CONSTRAINT passkey_challenge_pkey PRIMARY KEY (tenant_id, challenge)
) STRICT;
CREATE INDEX passkey_challenge_person ON passkey_challenge (tenant_id, person_id);
