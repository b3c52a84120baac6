-- Until the claim ends nobody else sees these as due.
update delivery as d
set due_at = now() + make_interval(secs => :claim_seconds)
from (
    select tenant_id, delivery_id
    from delivery
    where tenant_id = :tenant and workspace_id = :workspace and connection = :name
        and dead_at is null and due_at <= now()
    order by due_at
    limit :rows
    for update skip locked
) as due
where d.tenant_id = due.tenant_id and d.delivery_id = due.delivery_id
returning d.delivery_id, d.type, d.payload, d.attempts, d.due_at
