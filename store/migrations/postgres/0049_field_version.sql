-- +goose Up

-- Whoever changes a field of the company's own says which version of it they saw.
ALTER TABLE custom_field ADD COLUMN version bigint NOT NULL DEFAULT 1;
