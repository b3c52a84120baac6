-- An import whose file is kept by a hub, with all that is needed to go on with it.
select
    import_id, workspace_id, source, kind, state, file_name, actor, position, created, updated, unchanged, rejected,
    encode(content_hash, 'hex') as content_hash, cast(options as text) as options, cast(warnings as text) as warnings,
    claim_path, claim_key, encode(claim_hash, 'hex') as claim_hash, started_at
from import
where tenant_id = :tenant and import_id = :import_id
