select delivery_id, type, subject, payload, attempts, last_error, created_at, dead_at
from delivery
where tenant_id = :tenant and workspace_id = :workspace and connection = :name
    and dead_at is not null and delivery_id < :before
order by delivery_id desc
limit :rows
