-- +goose Up

-- What was done for somebody; what the log has seldom, by its act; and everything on an export.
CREATE INDEX audit_entry_behalf ON audit_entry (tenant_id, on_behalf, seq DESC) WHERE on_behalf IS NOT NULL;
CREATE INDEX audit_entry_act ON audit_entry (tenant_id, action, seq DESC) WHERE action <> 'read' AND action <> 'list' AND action <> 'count';
CREATE INDEX audit_entry_export ON audit_entry (tenant_id, (coalesce(detail->>'$.export', detail->>'$.ordered', detail->>'$.fetched')), seq DESC) WHERE action = 'export';
