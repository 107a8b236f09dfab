-- +goose Up

ALTER TABLE ownership_ask ADD COLUMN question bigint;
ALTER TABLE ownership_ask ADD COLUMN found jsonb;
ALTER TABLE ownership_ask ADD COLUMN told boolean NOT NULL DEFAULT FALSE;
COMMENT ON COLUMN ownership_ask.question IS 'What an import asked, as a keyed number, so that asking it again within the day is the same question.';
COMMENT ON COLUMN ownership_ask.found IS 'The records that it found, for asking their heads; no answer names them.';
COMMENT ON COLUMN ownership_ask.told IS 'Whether the heads were asked about them.';

CREATE TABLE handover_note (
	tenant_id bigint NOT NULL,
	person_id bigint NOT NULL,
	note text COLLATE "C" NOT NULL,
	at bigint NOT NULL,
	CONSTRAINT handover_note_pkey PRIMARY KEY (tenant_id, person_id)
);
COMMENT ON TABLE handover_note IS 'What people leave to who will get their records; the next handover takes it along.';
ALTER TABLE handover ADD COLUMN own_note text COLLATE "C" NOT NULL DEFAULT '';
