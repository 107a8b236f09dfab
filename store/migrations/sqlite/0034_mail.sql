-- +goose Up

-- By which server the company sends its mail. The password lies in the vault; here is what stands for it.
CREATE TABLE mail_settings (
	tenant_id INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1,
	document TEXT NOT NULL,
	secret TEXT NOT NULL DEFAULT '',
	CONSTRAINT mail_settings_pkey PRIMARY KEY (tenant_id)
) STRICT;

-- Mail that waits, is on its way, or went out. What it is about says of what there is one only.
CREATE TABLE mail (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	about TEXT NOT NULL,
	person_id INTEGER,
	report_id INTEGER,
	document TEXT NOT NULL,
	state TEXT NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	next_at INTEGER NOT NULL,
	failed TEXT,
	created_at INTEGER NOT NULL,
	sent_at INTEGER,
	CONSTRAINT mail_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX mail_about ON mail (tenant_id, about);
CREATE INDEX mail_state ON mail (tenant_id, state, next_at);

-- A month of which reports are to be made: by itself, or because somebody asked.
CREATE TABLE report_run (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	month TEXT NOT NULL,
	asked_by INTEGER,
	asked_at INTEGER NOT NULL,
	done_at INTEGER,
	CONSTRAINT report_run_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX report_run_month ON report_run (tenant_id, month) WHERE asked_by IS NULL;

-- What people did in a month that is over, counted once for all its readers and for the month after.
CREATE TABLE report_month (
	tenant_id INTEGER NOT NULL,
	month TEXT NOT NULL,
	document TEXT NOT NULL,
	CONSTRAINT report_month_pkey PRIMARY KEY (tenant_id, month)
) STRICT;

-- What a reader was told of a month. It is never changed.
CREATE TABLE report (
	tenant_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	month TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	run_id INTEGER NOT NULL,
	role TEXT NOT NULL,
	preliminary INTEGER NOT NULL,
	made_at INTEGER NOT NULL,
	document TEXT NOT NULL,
	CONSTRAINT report_pkey PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX report_once ON report (tenant_id, month, person_id) WHERE preliminary = 0;
CREATE UNIQUE INDEX report_of_run ON report (tenant_id, run_id, person_id);
CREATE INDEX report_person ON report (tenant_id, person_id, id DESC);
