with ended as (
    update import
    set state = 'failed', failure = :failure, finished_at = now()
    where tenant_id = :tenant and import_id = :import_id and state = 'running'
    returning tenant_id, workspace_id, source
)
insert into source_counter as held (tenant_id, workspace_id, source, failed, last_failure)
select tenant_id, workspace_id, source, 1, now() from ended
on conflict (tenant_id, workspace_id, source) do update
set failed = held.failed + 1, last_failure = excluded.last_failure
