-- +goose Up

CREATE TABLE sandbox (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	sponsor_id bigint NOT NULL,
	title text COLLATE "C" NOT NULL,
	purpose text COLLATE "C" NOT NULL,
	from_at bigint NOT NULL,
	until_at bigint NOT NULL,
	created_at bigint NOT NULL,
	ended_at bigint,
	ended_by bigint,
	warned_of bigint,
	CONSTRAINT sandbox_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE sandbox IS 'Rooms for one purpose in [from_at, until_at); kept when they ended. What they give is lowered to rules from members and shares. warned_of is the end of which its people were told beforehand.';
CREATE INDEX sandbox_sponsor ON sandbox (tenant_id, sponsor_id, until_at);
CREATE INDEX sandbox_until ON sandbox (tenant_id, until_at);

CREATE TABLE sandbox_member (
	tenant_id bigint NOT NULL,
	sandbox_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	mode text COLLATE "C" NOT NULL,
	part text COLLATE "C" NOT NULL,
	joined_at bigint NOT NULL,
	left_at bigint,
	CONSTRAINT sandbox_member_pkey PRIMARY KEY (tenant_id, sandbox_id, id)
);
COMMENT ON TABLE sandbox_member IS 'Who is or was in a sandbox in [joined_at, left_at): one row for each time.';
CREATE INDEX sandbox_member_person ON sandbox_member (tenant_id, person_id, sandbox_id);

CREATE TABLE sandbox_share (
	tenant_id bigint NOT NULL,
	sandbox_id bigint NOT NULL,
	id bigint NOT NULL,
	giver_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	document jsonb NOT NULL,
	created_at bigint NOT NULL,
	withdrawn_at bigint,
	CONSTRAINT sandbox_share_pkey PRIMARY KEY (tenant_id, sandbox_id, id)
);
COMMENT ON TABLE sandbox_share IS 'What somebody has put into a sandbox. The document holds records, condition, actions, fields and window.';
