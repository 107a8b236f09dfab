-- +goose Up

CREATE TABLE tenant (
	tenant_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE policy_state (
	tenant_id INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	CONSTRAINT policy_state_pkey PRIMARY KEY (tenant_id)
) STRICT;

CREATE TABLE id_block (
	next INTEGER NOT NULL
) STRICT;
INSERT INTO id_block (next) VALUES (1048576);

CREATE TABLE unit (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	parent_id INTEGER,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	lat REAL,
	lng REAL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	CONSTRAINT unit_pkey PRIMARY KEY (tenant_id, id),
	CONSTRAINT unit_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES unit (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX unit_sibling ON unit (tenant_id, parent_id, name);
CREATE UNIQUE INDEX unit_root ON unit (tenant_id) WHERE parent_id IS NULL;

CREATE TABLE unit_head (
	tenant_id INTEGER NOT NULL,
	unit_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	CONSTRAINT unit_head_pkey PRIMARY KEY (tenant_id, unit_id, person_id),
	CONSTRAINT unit_head_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_head_person ON unit_head (tenant_id, person_id);

CREATE TABLE position (
	tenant_id INTEGER NOT NULL,
	code TEXT NOT NULL,
	label_zh TEXT NOT NULL,
	label_en TEXT NOT NULL,
	CONSTRAINT position_pkey PRIMARY KEY (tenant_id, code)
) STRICT;

CREATE TABLE appointment (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	person_id INTEGER NOT NULL,
	unit_id INTEGER NOT NULL,
	position_code TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER,
	CONSTRAINT appointment_pkey PRIMARY KEY (tenant_id, id),
	CONSTRAINT appointment_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id),
	CONSTRAINT appointment_position FOREIGN KEY (tenant_id, position_code) REFERENCES position (tenant_id, code)
) STRICT;
CREATE INDEX appointment_person ON appointment (tenant_id, person_id);
CREATE INDEX appointment_unit_id ON appointment (tenant_id, unit_id);

CREATE TABLE pool (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	name TEXT NOT NULL,
	CONSTRAINT pool_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX pool_name ON pool (tenant_id, name);

CREATE TABLE pool_member (
	tenant_id INTEGER NOT NULL,
	pool_id INTEGER NOT NULL,
	unit_id INTEGER NOT NULL,
	below INTEGER NOT NULL DEFAULT 1,
	CONSTRAINT pool_member_pkey PRIMARY KEY (tenant_id, pool_id, unit_id),
	CONSTRAINT pool_member_pool FOREIGN KEY (tenant_id, pool_id) REFERENCES pool (tenant_id, id),
	CONSTRAINT pool_member_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pack_assignment (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	pack TEXT NOT NULL,
	everyone INTEGER NOT NULL DEFAULT 0,
	position_code TEXT,
	unit_id INTEGER,
	below INTEGER NOT NULL DEFAULT 0,
	person_id INTEGER,
	from_at INTEGER,
	until_at INTEGER,
	CONSTRAINT pack_assignment_pkey PRIMARY KEY (tenant_id, id),
	CONSTRAINT pack_assignment_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id),
	CONSTRAINT pack_assignment_position FOREIGN KEY (tenant_id, position_code) REFERENCES position (tenant_id, code)
) STRICT;

CREATE TABLE rule (
	tenant_id INTEGER NOT NULL,
	id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	document TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	CONSTRAINT rule_pkey PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE TABLE custom_field (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	key TEXT NOT NULL,
	seq INTEGER NOT NULL,
	document TEXT NOT NULL,
	CONSTRAINT custom_field_pkey PRIMARY KEY (tenant_id, kind, key)
) STRICT;

CREATE TABLE access_grant (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	giver_id INTEGER NOT NULL,
	receiver_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	document TEXT NOT NULL,
	purpose TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	revoked_at INTEGER,
	revoked_by INTEGER,
	CONSTRAINT access_grant_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX access_grant_receiver ON access_grant (tenant_id, receiver_id, until_at);

CREATE TABLE team (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	from_at INTEGER,
	until_at INTEGER,
	sort_at INTEGER NOT NULL,
	CONSTRAINT team_pkey PRIMARY KEY (tenant_id, kind, record_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_person ON team (tenant_id, kind, person_id, sort_at DESC, record_id DESC, from_at, until_at);

CREATE TABLE credential (
	tenant_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	password_hash TEXT,
	changed_at INTEGER NOT NULL,
	until_at INTEGER,
	disabled_at INTEGER,
	CONSTRAINT credential_pkey PRIMARY KEY (tenant_id, person_id)
) STRICT;

CREATE TABLE session (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	hash TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	idle_until INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	device TEXT NOT NULL,
	address TEXT NOT NULL,
	CONSTRAINT session_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX session_hash ON session (tenant_id, hash);
CREATE INDEX session_person ON session (tenant_id, person_id);

CREATE TABLE token (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	hash TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	scope TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	seen_at INTEGER,
	revoked_at INTEGER,
	CONSTRAINT token_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX token_hash ON token (tenant_id, hash);
CREATE INDEX token_person ON token (tenant_id, person_id);

CREATE TABLE sign_in_failure (
	tenant_id INTEGER NOT NULL,
	key TEXT NOT NULL,
	failures INTEGER NOT NULL,
	failed_at INTEGER NOT NULL,
	locked_until INTEGER NOT NULL,
	CONSTRAINT sign_in_failure_pkey PRIMARY KEY (tenant_id, key)
) STRICT;

CREATE TABLE audit_entry (
	tenant_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	actor_id INTEGER,
	job TEXT,
	on_behalf INTEGER,
	action TEXT NOT NULL,
	kind TEXT,
	record_id INTEGER,
	channel TEXT NOT NULL,
	address TEXT NOT NULL,
	device TEXT NOT NULL,
	request_id TEXT NOT NULL,
	session_id INTEGER,
	token_id INTEGER,
	epoch INTEGER NOT NULL,
	rules TEXT NOT NULL,
	fields TEXT NOT NULL,
	detail TEXT NOT NULL,
	CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, seq)
) STRICT;
CREATE INDEX audit_entry_actor ON audit_entry (tenant_id, actor_id, seq DESC);

CREATE TABLE audit_record (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	CONSTRAINT audit_record_pkey PRIMARY KEY (tenant_id, kind, record_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	type TEXT NOT NULL,
	kind TEXT,
	person_id INTEGER NOT NULL,
	status TEXT NOT NULL,
	request TEXT NOT NULL,
	progress TEXT NOT NULL,
	problem TEXT,
	created_at INTEGER NOT NULL,
	started_at INTEGER,
	finished_at INTEGER,
	lease_until INTEGER,
	worker TEXT,
	attempts INTEGER NOT NULL DEFAULT 0,
	cancelled INTEGER NOT NULL DEFAULT 0,
	CONSTRAINT job_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE INDEX job_open ON job (tenant_id, status, created_at, id);
CREATE INDEX job_person ON job (tenant_id, person_id, created_at DESC, id DESC);

INSERT INTO tenant (tenant_id, name, created_at) VALUES (1, 'Guan', 0);
INSERT INTO policy_state (tenant_id, epoch, changed_at) VALUES (1, 1, 0);
