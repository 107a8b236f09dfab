-- +goose Up
ALTER TABLE access_grant ADD COLUMN used_at INTEGER;
CREATE INDEX access_grant_giver ON access_grant (tenant_id, giver_id, until_at);
