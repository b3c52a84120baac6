delete from event_reader where tenant_id = :tenant and workspace_id = :workspace and reader = :reader
