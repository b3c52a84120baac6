-- A new ticket; what the tenant's clients let run out is cleared away with it.
with expired as (
    delete from live_ticket where tenant_id = :tenant and expires_at < now()
)
insert into live_ticket (tenant_id, ticket_hash, workspace_id, key_id, expires_at)
values (:tenant, :hash, :workspace, :key_id, now() + make_interval(secs => :seconds))
