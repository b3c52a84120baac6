select count(*) from (
    select from delivery
    where tenant_id = :tenant and workspace_id = :workspace and connection = :name and dead_at is null
    limit :most
) as waiting
