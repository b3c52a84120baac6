update salesforce_stream
set leased_until = null
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
    and holder = cast(:holder as uuid)
