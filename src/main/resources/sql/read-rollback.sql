select
    r.import_id, r.state, r.phase, r.after_id, r.after_time, r.removed, r.restored, r.kept, r.leads_removed,
    r.leads_restored, r.rejected_removed, cast(r.newer as text) as newer, r.actor, r.started_at, r.worked_at,
    r.finished_at, i.started_at as import_started_at, i.source as import_source,
    i.file_name
from rollback as r
join import as i on i.tenant_id = r.tenant_id and i.import_id = r.import_id
where r.tenant_id = :tenant and r.workspace_id = :workspace and r.import_id = :import_id
