-- +goose Up

CREATE TABLE mail_settings (
	tenant_id bigint NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	document jsonb NOT NULL,
	secret text COLLATE "C" NOT NULL DEFAULT '',
	CONSTRAINT mail_settings_pkey PRIMARY KEY (tenant_id)
);
COMMENT ON TABLE mail_settings IS 'By which server the company sends its mail. The password lies in the vault; here is what stands for it.';

CREATE TABLE mail (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	about text COLLATE "C" NOT NULL,
	person_id bigint,
	report_id bigint,
	document text COLLATE "C" NOT NULL,
	state text COLLATE "C" NOT NULL,
	tries bigint NOT NULL DEFAULT 0,
	next_at bigint NOT NULL,
	failed text COLLATE "C",
	created_at bigint NOT NULL,
	sent_at bigint,
	CONSTRAINT mail_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX mail_about ON mail (tenant_id, about);
CREATE INDEX mail_state ON mail (tenant_id, state, next_at);
COMMENT ON TABLE mail IS 'Mail that waits, is on its way, or went out. What it is about says of what there is one only.';

CREATE TABLE report_run (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	month text COLLATE "C" NOT NULL,
	asked_by bigint,
	asked_at bigint NOT NULL,
	done_at bigint,
	CONSTRAINT report_run_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX report_run_month ON report_run (tenant_id, month) WHERE asked_by IS NULL;
COMMENT ON TABLE report_run IS 'A month of which reports are to be made: by itself, or because somebody asked.';

CREATE TABLE report_month (
	tenant_id bigint NOT NULL,
	month text COLLATE "C" NOT NULL,
	document text COLLATE "C" NOT NULL,
	CONSTRAINT report_month_pkey PRIMARY KEY (tenant_id, month)
);
COMMENT ON TABLE report_month IS 'What people did in a month that is over, counted once for all its readers and for the month after.';

CREATE TABLE report (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	month text COLLATE "C" NOT NULL,
	person_id bigint NOT NULL,
	run_id bigint NOT NULL,
	role text COLLATE "C" NOT NULL,
	preliminary bigint NOT NULL,
	made_at bigint NOT NULL,
	document text COLLATE "C" NOT NULL,
	CONSTRAINT report_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX report_once ON report (tenant_id, month, person_id) WHERE preliminary = 0;
CREATE UNIQUE INDEX report_of_run ON report (tenant_id, run_id, person_id);
CREATE INDEX report_person ON report (tenant_id, person_id, id DESC);
COMMENT ON TABLE report IS 'What a reader was told of a month. It is never changed.';
