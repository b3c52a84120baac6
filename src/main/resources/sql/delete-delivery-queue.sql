delete from delivery_queue where tenant_id = :tenant and workspace_id = :workspace and connection = :name
