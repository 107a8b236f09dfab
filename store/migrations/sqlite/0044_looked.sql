-- +goose Up

ALTER TABLE ownership_ask ADD COLUMN question INTEGER;
ALTER TABLE ownership_ask ADD COLUMN found TEXT;
ALTER TABLE ownership_ask ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
