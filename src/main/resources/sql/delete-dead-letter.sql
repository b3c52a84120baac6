delete from delivery
where tenant_id = :tenant and workspace_id = :workspace and connection = :name
    and dead_at is not null and delivery_id = :id
