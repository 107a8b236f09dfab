-- +goose Up

-- Releases of statistics and monthly reports begin and end with an entry: for whom, and how often they were begun.
ALTER TABLE statistics_run ADD COLUMN asked_by INTEGER;
ALTER TABLE statistics_run ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;

-- A report is made by one process at a time.
ALTER TABLE report_run ADD COLUMN owner TEXT;
ALTER TABLE report_run ADD COLUMN until_at INTEGER;
ALTER TABLE report_run ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
