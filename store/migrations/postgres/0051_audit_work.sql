-- +goose Up

-- What became of work in the background, by the work: everything on an export has it.
CREATE INDEX audit_entry_work ON audit_entry (tenant_id, (detail->>'work'), seq DESC) WHERE action IN ('work_began', 'work_ended', 'work_cancelled');
