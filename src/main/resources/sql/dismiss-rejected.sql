with gone as (
    delete from rejected
    where tenant_id = :tenant and workspace_id = :workspace and rejected_id = :rejected_id
    returning rejected_id, source, import_row, import_ids, raw, errors
)
insert into audit (tenant_id, workspace_id, at, actor, action, subject, source, import_id, details)
select
    :tenant, :workspace, now(), :actor, 'rejected.dismissed', cast(gone.rejected_id as text), gone.source,
    gone.import_ids[cardinality(gone.import_ids)],
    jsonb_build_object('before', jsonb_build_object('row', gone.import_row, 'raw', gone.raw, 'errors', gone.errors))
from gone
