-- Moves a position on; not when somebody else moved it in between.
update event_reader
set position = :next, failures = 0, last_failure = null, updated_at = now()
where tenant_id = :tenant and workspace_id = :workspace and reader = :reader and position = :position
