update delivery_queue set read_to = :read_to
where tenant_id = :tenant and workspace_id = :workspace and connection = :name
