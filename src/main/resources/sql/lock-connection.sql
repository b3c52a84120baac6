select kind from connection
where tenant_id = :tenant and workspace_id = :workspace and name = :name
for update
