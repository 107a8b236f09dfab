-- +goose Up

-- A secret that was replaced signs beside the new one for a while; a stream ends by itself where the other end says
-- that it is gone.
ALTER TABLE siem ADD COLUMN former text COLLATE "C";
ALTER TABLE siem ADD COLUMN former_until bigint;
ALTER TABLE siem ADD COLUMN stopped_at bigint;
