select i.import_id, i.state, i.source, i.kind, i.file_name, i.received, i.started_at, i.finished_at
from import as i
where i.tenant_id = :tenant and i.workspace_id = :workspace and i.import_id = :import_id
