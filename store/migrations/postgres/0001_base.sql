-- +goose Up

CREATE TABLE tenant (
	tenant_id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	created_at bigint NOT NULL,
	CONSTRAINT tenant_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE tenant IS 'Companies that share the database. Everything else leads with their id.';

CREATE TABLE policy_state (
	tenant_id bigint NOT NULL,
	epoch bigint NOT NULL,
	changed_at bigint NOT NULL,
	CONSTRAINT policy_state_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE policy_state IS 'The epoch of a tenant''s policy: raised with every change of rules, people, units, pools or grants, in the same transaction.';

CREATE SEQUENCE id_block AS bigint START 1048576 INCREMENT 64 MAXVALUE 9007199254740000;
COMMENT ON SEQUENCE id_block IS 'Ids of everything, 64 at a time. Those below the start are free for fixtures.';

CREATE TABLE unit (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	parent_id bigint,
	name text COLLATE "C" NOT NULL,
	type text COLLATE "C" NOT NULL,
	lat double precision,
	lng double precision,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	CONSTRAINT unit_pkey PRIMARY KEY (tenant_id, id),
	CONSTRAINT unit_parent FOREIGN KEY (tenant_id, parent_id) REFERENCES unit (tenant_id, id)
);
CREATE UNIQUE INDEX unit_sibling ON unit (tenant_id, parent_id, name);
CREATE UNIQUE INDEX unit_root ON unit (tenant_id) WHERE parent_id IS NULL;
COMMENT ON TABLE unit IS 'The organisation: a tree with one root. A NULL place is unknown.';

CREATE TABLE unit_head (
	tenant_id bigint NOT NULL,
	unit_id bigint NOT NULL,
	person_id bigint NOT NULL,
	CONSTRAINT unit_head_pkey PRIMARY KEY (tenant_id, unit_id, person_id),
	CONSTRAINT unit_head_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id)
);
CREATE INDEX unit_head_person ON unit_head (tenant_id, person_id);
COMMENT ON TABLE unit_head IS 'Who heads a unit and all that stands below it.';

CREATE TABLE position (
	tenant_id bigint NOT NULL,
	code text COLLATE "C" NOT NULL,
	label_zh text COLLATE "C" NOT NULL,
	label_en text COLLATE "C" NOT NULL,
	CONSTRAINT position_pkey PRIMARY KEY (tenant_id, code)
);
COMMENT ON TABLE position IS 'Roles that people hold in units; rules know them by code.';

CREATE TABLE appointment (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	person_id bigint NOT NULL,
	unit_id bigint NOT NULL,
	position_code text COLLATE "C" NOT NULL,
	from_at bigint NOT NULL,
	until_at bigint,
	CONSTRAINT appointment_pkey PRIMARY KEY (tenant_id, id),
	CONSTRAINT appointment_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id),
	CONSTRAINT appointment_position FOREIGN KEY (tenant_id, position_code) REFERENCES position (tenant_id, code)
);
CREATE INDEX appointment_person ON appointment (tenant_id, person_id);
CREATE INDEX appointment_unit_id ON appointment (tenant_id, unit_id);
COMMENT ON TABLE appointment IS 'Who holds which position in which unit, in [from_at, until_at).';

CREATE TABLE pool (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	name text COLLATE "C" NOT NULL,
	CONSTRAINT pool_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX pool_name ON pool (tenant_id, name);
COMMENT ON TABLE pool IS 'Where records without an owner wait for one.';

CREATE TABLE pool_member (
	tenant_id bigint NOT NULL,
	pool_id bigint NOT NULL,
	unit_id bigint NOT NULL,
	below boolean NOT NULL DEFAULT true,
	CONSTRAINT pool_member_pkey PRIMARY KEY (tenant_id, pool_id, unit_id),
	CONSTRAINT pool_member_pool FOREIGN KEY (tenant_id, pool_id) REFERENCES pool (tenant_id, id),
	CONSTRAINT pool_member_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id)
);
COMMENT ON TABLE pool_member IS 'The units to whose people a pool is open, with or without what stands below them.';

CREATE TABLE pack_assignment (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	pack text COLLATE "C" NOT NULL,
	everyone boolean NOT NULL DEFAULT false,
	position_code text COLLATE "C",
	unit_id bigint,
	below boolean NOT NULL DEFAULT false,
	person_id bigint,
	from_at bigint,
	until_at bigint,
	CONSTRAINT pack_assignment_pkey PRIMARY KEY (tenant_id, id),
	CONSTRAINT pack_assignment_unit FOREIGN KEY (tenant_id, unit_id) REFERENCES unit (tenant_id, id),
	CONSTRAINT pack_assignment_position FOREIGN KEY (tenant_id, position_code) REFERENCES position (tenant_id, code)
);
COMMENT ON TABLE pack_assignment IS 'To whom a pack is given: a position, a unit, a person, or everyone when none is named.';

CREATE TABLE rule (
	tenant_id bigint NOT NULL,
	id text COLLATE "C" NOT NULL,
	seq bigint NOT NULL,
	document jsonb NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	CONSTRAINT rule_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE rule IS 'Rules that administrators wrote themselves (sharing rules, guards), in the order of seq.';

CREATE TABLE custom_field (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	key text COLLATE "C" NOT NULL,
	seq bigint NOT NULL,
	document jsonb NOT NULL,
	CONSTRAINT custom_field_pkey PRIMARY KEY (tenant_id, kind, key)
);
COMMENT ON TABLE custom_field IS 'Fields that a tenant added to kinds; their values stand in the column custom.';

CREATE TABLE access_grant (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	giver_id bigint NOT NULL,
	receiver_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	document jsonb NOT NULL,
	purpose text COLLATE "C" NOT NULL,
	from_at bigint NOT NULL,
	until_at bigint NOT NULL,
	created_at bigint NOT NULL,
	revoked_at bigint,
	revoked_by bigint,
	CONSTRAINT access_grant_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX access_grant_receiver ON access_grant (tenant_id, receiver_id, until_at);
COMMENT ON TABLE access_grant IS 'Temporary grants in [from_at, until_at); kept when they ended. The document holds records, condition, actions and fields.';

CREATE TABLE team (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	person_id bigint NOT NULL,
	from_at bigint,
	until_at bigint,
	sort_at bigint NOT NULL,
	CONSTRAINT team_pkey PRIMARY KEY (tenant_id, kind, record_id, person_id)
);
CREATE INDEX team_person ON team (tenant_id, kind, person_id, sort_at DESC, record_id DESC, from_at, until_at);
COMMENT ON TABLE team IS 'Named collaborators of a record in [from_at, until_at). sort_at repeats the record''s updated_at, so that a list need not visit the records to sort them.';

CREATE TABLE credential (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	password_hash text COLLATE "C",
	changed_at bigint NOT NULL,
	until_at bigint,
	disabled_at bigint,
	CONSTRAINT credential_pkey PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE credential IS 'How a person signs in. The account ends at until_at or when it is disabled; both end all its sessions and tokens at once.';

CREATE TABLE session (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	hash text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	created_at bigint NOT NULL,
	seen_at bigint NOT NULL,
	idle_until bigint NOT NULL,
	until_at bigint NOT NULL,
	device text COLLATE "C" NOT NULL,
	address text COLLATE "C" NOT NULL,
	CONSTRAINT session_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX session_hash ON session (tenant_id, hash);
CREATE INDEX session_person ON session (tenant_id, person_id);
COMMENT ON TABLE session IS 'Who is signed in. hash is the SHA-256 of the token, which is stored nowhere.';

CREATE TABLE token (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	hash text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	scope jsonb NOT NULL,
	created_at bigint NOT NULL,
	until_at bigint NOT NULL,
	seen_at bigint,
	revoked_at bigint,
	CONSTRAINT token_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX token_hash ON token (tenant_id, hash);
CREATE INDEX token_person ON token (tenant_id, person_id);
COMMENT ON TABLE token IS 'API tokens: a person, narrowed to a scope. Kept when revoked.';

CREATE TABLE sign_in_failure (
	tenant_id bigint NOT NULL,
	key text COLLATE "C" NOT NULL,
	failures bigint NOT NULL,
	failed_at bigint NOT NULL,
	locked_until bigint NOT NULL,
	CONSTRAINT sign_in_failure_pkey PRIMARY KEY (tenant_id, key)
);
COMMENT ON TABLE sign_in_failure IS 'Failed sign-ins in a row, by login (hashed: people type passwords there) and by address.';

CREATE SEQUENCE audit_seq AS bigint;

CREATE TABLE audit_entry (
	tenant_id bigint NOT NULL,
	seq bigint NOT NULL,
	at bigint NOT NULL,
	actor_id bigint,
	job text COLLATE "C",
	on_behalf bigint,
	action text COLLATE "C" NOT NULL,
	kind text COLLATE "C",
	record_id bigint,
	channel text COLLATE "C" NOT NULL,
	address text COLLATE "C" NOT NULL,
	device text COLLATE "C" NOT NULL,
	request_id text COLLATE "C" NOT NULL,
	session_id bigint,
	token_id bigint,
	epoch bigint NOT NULL,
	rules jsonb NOT NULL,
	fields jsonb NOT NULL,
	detail jsonb NOT NULL,
	CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, seq)
);
CREATE INDEX audit_entry_actor ON audit_entry (tenant_id, actor_id, seq DESC);
COMMENT ON TABLE audit_entry IS 'Who did what. Only ever added to.';

CREATE TABLE audit_record (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	seq bigint NOT NULL,
	CONSTRAINT audit_record_pkey PRIMARY KEY (tenant_id, kind, record_id, seq)
);
COMMENT ON TABLE audit_record IS 'The records an entry touches or showed: who saw this customer.';

CREATE TABLE job (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	type text COLLATE "C" NOT NULL,
	kind text COLLATE "C",
	person_id bigint NOT NULL,
	status text COLLATE "C" NOT NULL,
	request jsonb NOT NULL,
	progress jsonb NOT NULL,
	problem jsonb,
	created_at bigint NOT NULL,
	started_at bigint,
	finished_at bigint,
	lease_until bigint,
	worker text COLLATE "C",
	attempts bigint NOT NULL DEFAULT 0,
	cancelled boolean NOT NULL DEFAULT false,
	CONSTRAINT job_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX job_open ON job (tenant_id, status, created_at, id);
CREATE INDEX job_person ON job (tenant_id, person_id, created_at DESC, id DESC);
COMMENT ON TABLE job IS 'Exports, imports and other background work. A worker holds a job until lease_until; progress holds counts and file names.';

INSERT INTO tenant (tenant_id, name, created_at) VALUES (1, 'Guan', 0);
INSERT INTO policy_state (tenant_id, epoch, changed_at) VALUES (1, 1, 0);
