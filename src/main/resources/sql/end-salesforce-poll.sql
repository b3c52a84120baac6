update salesforce_cursor
set leased_until = null, due_at = now() + cast(:seconds as integer) * interval '1 second'
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
