-- +goose Up

-- Releases of statistics and monthly reports begin and end with an entry: for whom, and how often they were begun.
ALTER TABLE statistics_run ADD COLUMN asked_by bigint;
ALTER TABLE statistics_run ADD COLUMN attempts bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN statistics_run.asked_by IS 'Whose question it is made for; empty where it is made by itself.';

-- A report is made by one process at a time.
ALTER TABLE report_run ADD COLUMN owner text COLLATE "C";
ALTER TABLE report_run ADD COLUMN until_at bigint;
ALTER TABLE report_run ADD COLUMN attempts bigint NOT NULL DEFAULT 0;
