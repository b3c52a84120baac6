-- From here on the import is not gone on with: nothing knows it as the interrupted one any more.
with forgotten as (
    update import set resume_key = null where tenant_id = :tenant and import_id = :import_id
)
insert into rollback (
    tenant_id, import_id, workspace_id, state, phase, after_id, after_time, actor, started_at, worked_at
)
values (:tenant, :import_id, :workspace, 'running', :phase, :after_id, :after_time, :actor, :now, :worked_at)
on conflict do nothing
