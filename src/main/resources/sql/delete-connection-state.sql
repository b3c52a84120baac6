delete from connection_state where tenant_id = :tenant and workspace_id = :workspace and connection = :name
