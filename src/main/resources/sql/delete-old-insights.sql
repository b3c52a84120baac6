with old as (
    delete from insight where tenant_id = :tenant and made_at < now() - interval '30 days'
)
delete from insight_use where tenant_id = :tenant and day < current_date - 30
