select
    i.import_id, i.source, i.kind, i.file_name, i.actor, i.state, i.position, i.received, i.created, i.updated,
    i.unchanged, i.rejected, i.failure, i.started_at, i.finished_at, i.read_bytes, i.total_bytes,
    cast(i.errors as text) as errors, cast(i.warnings as text) as warnings
from import as i
where i.tenant_id = :tenant and i.workspace_id = :workspace and i.import_id = :import_id
