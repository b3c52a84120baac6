update event_reader
set failures = failures + 1, last_failure = :failure, updated_at = now()
where tenant_id = :tenant and workspace_id = :workspace and reader = :reader
