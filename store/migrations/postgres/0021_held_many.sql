-- +goose Up

-- A change of many records that is asked for as one: by whom the rules want it decided, as it was looked
-- at, and the request, once there is one.
ALTER TABLE mass_change ADD COLUMN duties jsonb;
ALTER TABLE mass_change ADD COLUMN request_id bigint;
