-- +goose Up

-- An archive out of which something is erased is another file then: its hash while that is under way.
ALTER TABLE audit_archive ADD COLUMN next_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_archive ADD COLUMN next_size INTEGER NOT NULL DEFAULT 0;

-- About which records an archive holds what could be erased, one row for each kind; of the kind '' are the people
-- whose address or device it holds.
CREATE TABLE audit_archive_record (
	tenant_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	from_leaf INTEGER NOT NULL,
	records BLOB NOT NULL,
	CONSTRAINT audit_archive_record_pkey PRIMARY KEY (tenant_id, kind, from_leaf)
) STRICT;

-- Erasures that wait until the archive is written anew. Named are those whose entries the log names already.
CREATE TABLE audit_archive_erasure (
	tenant_id INTEGER NOT NULL,
	from_leaf INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	ordered_by INTEGER NOT NULL,
	named INTEGER NOT NULL DEFAULT 0,
	CONSTRAINT audit_archive_erasure_pkey PRIMARY KEY (tenant_id, from_leaf, kind, record_id)
) STRICT;
