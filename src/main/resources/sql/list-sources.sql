select
    s.source, s.accepted, s.rejected, s.failed, s.last_success, s.last_failure,
    cast(floor(extract(epoch from now() - s.last_success)) as bigint) as lag_seconds
from source_counter as s
where s.tenant_id = :tenant and s.workspace_id = :workspace and s.source > :after
order by s.source
limit :rows
