update delivery
set dead_at = null, attempts = 0, due_at = now(), give_up_at = now() + make_interval(secs => :patience_seconds)
where tenant_id = :tenant and workspace_id = :workspace and connection = :name
    and dead_at is not null and (cast(:id as uuid) is null or delivery_id = cast(:id as uuid))
