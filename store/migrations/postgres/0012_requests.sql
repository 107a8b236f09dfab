-- +goose Up

CREATE TABLE request (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	type text COLLATE "C" NOT NULL,
	asker_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint,
	purpose text COLLATE "C" NOT NULL,
	ask jsonb NOT NULL,
	steps jsonb NOT NULL,
	step bigint NOT NULL,
	since_at bigint NOT NULL,
	state text COLLATE "C" NOT NULL,
	turn bigint NOT NULL DEFAULT 1,
	outcome jsonb,
	created_at bigint NOT NULL,
	ended_at bigint,
	next_at bigint,
	CONSTRAINT request_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE request IS 'What somebody asked for, by which chain it is decided, and how far it is. Who may decide is derived, never kept.';
CREATE INDEX request_asker ON request (tenant_id, asker_id, id DESC);
CREATE INDEX request_state ON request (tenant_id, state, id DESC);
CREATE INDEX request_next ON request (tenant_id, next_at);

CREATE TABLE request_decision (
	tenant_id bigint NOT NULL,
	request_id bigint NOT NULL,
	seq bigint NOT NULL,
	step bigint NOT NULL,
	slot bigint NOT NULL,
	person_id bigint NOT NULL,
	for_id bigint,
	verdict text COLLATE "C" NOT NULL,
	words text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	CONSTRAINT request_decision_pkey PRIMARY KEY (tenant_id, request_id, seq)
);
COMMENT ON TABLE request_decision IS 'Who decided what on a request, in whose stead, and in which words.';
CREATE INDEX request_decision_person ON request_decision (tenant_id, person_id, request_id DESC);

CREATE TABLE approval_chain (
	tenant_id bigint NOT NULL,
	type text COLLATE "C" NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	steps jsonb NOT NULL,
	changed_at bigint NOT NULL,
	CONSTRAINT approval_chain_pkey PRIMARY KEY (tenant_id, type)
);
COMMENT ON TABLE approval_chain IS 'By which steps the company decides a type of request, where it says otherwise than the product.';

CREATE TABLE stand_in (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	stand_in_id bigint NOT NULL,
	from_at bigint NOT NULL,
	until_at bigint NOT NULL,
	CONSTRAINT stand_in_pkey PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE stand_in IS 'Who is away, until when, and who decides requests in their stead.';
