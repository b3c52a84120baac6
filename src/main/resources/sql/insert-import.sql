insert into import (
    tenant_id, import_id, workspace_id, source, kind, file_name, content_hash, resume_key, header, actor, state, warnings,
    options, spooled, total_bytes, claim_path, claim_key, claim_hash, lease_until, started_at
)
values (
    :tenant, :import_id, :workspace, :source, :kind, :file_name, :content_hash, :resume_key, cast(:header as json),
    :actor, 'running', cast(:warnings as json),
    cast(:options as json), :spooled, :total_bytes, :claim_path, :claim_key, :claim_hash, now() + interval '1 minute', now()
)
