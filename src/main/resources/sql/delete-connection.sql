delete from connection where tenant_id = :tenant and workspace_id = :workspace and name = :name
