-- +goose Up

-- What was done to a record, by the act, where the log has it seldom: reads are most of what touches one.
ALTER TABLE audit_record ADD COLUMN act TEXT;
UPDATE audit_record SET act = e.action FROM audit_entry e
WHERE e.tenant_id = audit_record.tenant_id AND e.seq = audit_record.seq AND e.action <> 'read' AND e.action <> 'list' AND e.action <> 'count';
CREATE INDEX audit_record_act ON audit_record (tenant_id, kind, record_id, act, seq DESC) WHERE act IS NOT NULL;

-- The same of what was done for somebody.
CREATE INDEX audit_entry_behalf_act ON audit_entry (tenant_id, on_behalf, action, seq DESC) WHERE on_behalf IS NOT NULL AND action <> 'read' AND action <> 'list' AND action <> 'count';

-- Timelines tell of more than the index on changes had.
DROP INDEX audit_entry_change;
CREATE INDEX audit_entry_change ON audit_entry (tenant_id, kind, record_id, at DESC, seq DESC) WHERE action = 'create' OR action = 'edit' OR action = 'claim' OR action = 'release' OR action = 'assign' OR action = 'recycled' OR action = 'tagged';
