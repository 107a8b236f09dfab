-- +goose Up

-- An archive out of which something is erased is another file then: its hash while that is under way.
ALTER TABLE audit_archive ADD COLUMN next_sha256 text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit_archive ADD COLUMN next_size bigint NOT NULL DEFAULT 0;

-- About which records an archive holds what could be erased, one row for each kind; of the kind '' are the people
-- whose address or device it holds.
CREATE TABLE audit_archive_record (
	tenant_id bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	from_leaf bigint NOT NULL,
	records bytea NOT NULL,
	CONSTRAINT audit_archive_record_pkey PRIMARY KEY (tenant_id, kind, from_leaf)
);
COMMENT ON TABLE audit_archive_record IS 'About which records an archive of the audit log holds what could be erased.';

-- Named are those whose entries the log names already.
CREATE TABLE audit_archive_erasure (
	tenant_id bigint NOT NULL,
	from_leaf bigint NOT NULL,
	kind text COLLATE "C" NOT NULL,
	record_id bigint NOT NULL,
	purpose text COLLATE "C" NOT NULL,
	ordered_by bigint NOT NULL,
	named bigint NOT NULL DEFAULT 0,
	CONSTRAINT audit_archive_erasure_pkey PRIMARY KEY (tenant_id, from_leaf, kind, record_id)
);
COMMENT ON TABLE audit_archive_erasure IS 'Erasures that wait until an archive of the audit log is written anew.';
