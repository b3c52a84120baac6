delete from delivery
where tenant_id = :tenant and workspace_id = :workspace and connection = :name
    and dead_at < now() - make_interval(days => :days)
