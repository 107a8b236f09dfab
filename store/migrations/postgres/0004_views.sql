-- +goose Up
CREATE TABLE list_view (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	kind text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	search jsonb NOT NULL,
	shared jsonb,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	CONSTRAINT list_view_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX list_view_kind ON list_view (tenant_id, kind, person_id);
COMMENT ON TABLE list_view IS 'Saved questions to a list, personal or shared. A view grants nothing: it is asked under the rights of whoever opens it.';

CREATE TABLE list_default (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	view_id bigint NOT NULL,
	CONSTRAINT list_default_pkey PRIMARY KEY (tenant_id, person_id, kind)
);
CREATE INDEX list_default_view ON list_default (tenant_id, view_id);
COMMENT ON TABLE list_default IS 'With which view somebody opens the list of a kind.';

CREATE TABLE mass_change (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	token_id bigint,
	change jsonb NOT NULL,
	status text COLLATE "C" NOT NULL,
	job_id bigint,
	skipped jsonb NOT NULL,
	created_at bigint NOT NULL,
	done_at bigint,
	CONSTRAINT mass_change_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX mass_change_age ON mass_change (tenant_id, created_at);
COMMENT ON TABLE mass_change IS 'One change of many records: what it would do when it was looked at, and what it did. Kept for an hour, so that it can be undone.';

CREATE TABLE mass_target (
	tenant_id bigint NOT NULL,
	change_id bigint NOT NULL,
	record_id bigint NOT NULL,
	version bigint NOT NULL,
	status text COLLATE "C" NOT NULL,
	undo jsonb,
	CONSTRAINT mass_target_pkey PRIMARY KEY (tenant_id, change_id, record_id)
);
COMMENT ON TABLE mass_target IS 'The records of a change of many, in the version that was looked at; once changed, the values before and after and the version since.';
