-- The same appearance of the same file, cut off or not moved away yet; or the same call, known to have been cut off: one
-- that somebody may still work on is not gone on with here.
select
    import_id, state, position, created, updated, unchanged, rejected, cast(errors as text) as errors,
    cast(warnings as text) as warnings
from import
where tenant_id = :tenant
    and workspace_id = :workspace
    and content_hash = :content_hash
    and resume_key = :resume_key
    and (kind = 'drop' or state = 'failed' or (kind = 'bulk' and state = 'running' and lease_until < now()))
order by started_at desc
limit 1
for update
