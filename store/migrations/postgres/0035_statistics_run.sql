-- +goose Up

CREATE TABLE statistics_run (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	day text COLLATE "C" NOT NULL,
	status text COLLATE "C" NOT NULL,
	code text COLLATE "C",
	epoch bigint NOT NULL,
	percent bigint NOT NULL,
	owner text COLLATE "C",
	until_at bigint,
	asked_at bigint NOT NULL,
	finished_at bigint,
	CONSTRAINT statistics_run_pkey PRIMARY KEY (tenant_id, kind)
);

INSERT INTO statistics_run (tenant_id, kind, day, status, epoch, percent, asked_at, finished_at)
	SELECT tenant_id, kind, day, 'done', 0, 100, made_at, made_at FROM statistics_release;

COMMENT ON TABLE statistics_run IS 'The making of the release of the day of a kind: whether it waits, is being made, by whom until when, and how far it is; and when the kind was last asked of.';
