-- A source is known by its records, by its connections, or by both; it fails when any of its connections does.
with connections as (
    select
        source,
        max(last_success) as last_success,
        max(last_failure) as last_failure,
        bool_or(last_failure > coalesce(last_success, '-infinity')) as failing
    from connection_state
    where tenant_id = :tenant and workspace_id = :workspace and source is not null
    group by source
),
counted as (
    select source, accepted, rejected, failed, last_success, last_failure
    from source_counter
    where tenant_id = :tenant and workspace_id = :workspace
)
select
    source,
    coalesce(s.accepted, 0) as accepted,
    coalesce(s.rejected, 0) as rejected,
    coalesce(s.failed, 0) as failed,
    greatest(s.last_success, c.last_success) as last_success,
    greatest(s.last_failure, c.last_failure) as last_failure,
    coalesce(c.failing, false) as failing,
    cast(floor(extract(epoch from now() - greatest(s.last_success, c.last_success))) as bigint) as lag_seconds
from counted as s
full join connections as c using (source)
where source > :after
order by source
limit :rows
