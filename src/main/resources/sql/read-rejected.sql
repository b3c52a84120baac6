select
    r.rejected_id, r.source, cast(array_to_json(r.import_ids) as text) as import_ids,
    r.import_ids[cardinality(r.import_ids)] as import_id, r.import_row, cast(r.raw as text) as raw,
    cast(r.errors as text) as errors, r.actor, r.created_at
from rejected as r
where r.tenant_id = :tenant and r.workspace_id = :workspace and r.rejected_id = :rejected_id
