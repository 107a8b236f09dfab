-- +goose Up

CREATE TABLE notice (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	person_id bigint NOT NULL,
	what text COLLATE "C" NOT NULL,
	kind text COLLATE "C",
	record_id bigint,
	by_id bigint,
	detail jsonb NOT NULL,
	created_at bigint NOT NULL,
	read_at bigint,
	CONSTRAINT notice_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notice_person ON notice (tenant_id, person_id, created_at DESC, id DESC);
CREATE INDEX notice_unread ON notice (tenant_id, person_id, read_at);
COMMENT ON TABLE notice IS 'What somebody is told of. It names the record and never a value of it: what may be shown is asked when it is read.';
