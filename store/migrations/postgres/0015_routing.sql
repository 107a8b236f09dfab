-- +goose Up

CREATE TABLE routing (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	CONSTRAINT routing_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE routing IS 'Whom a tag or stage concerns when it appears: access.Routing.';
