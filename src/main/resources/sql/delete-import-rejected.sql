-- Records that only this import brought leave the quarantine; the others forget that it brought them too.
with chunk as (
    select r.rejected_id, r.import_ids
    from rejected as r
    where r.tenant_id = :tenant and r.workspace_id = :workspace and r.rejected_id > :after_id
    order by r.rejected_id
    limit :rows
),
gone as (
    delete from rejected as r
    using chunk
    where r.tenant_id = :tenant
        and r.rejected_id = chunk.rejected_id
        and chunk.import_ids = array[cast(:import_id as uuid)]
    returning r.rejected_id
),
shared as (
    update rejected as r
    set import_ids = array_remove(chunk.import_ids, cast(:import_id as uuid))
    from chunk
    where r.tenant_id = :tenant
        and r.rejected_id = chunk.rejected_id
        and cast(:import_id as uuid) = any (chunk.import_ids)
        and chunk.import_ids <> array[cast(:import_id as uuid)]
)
select
    (select count(*) from chunk) as looked_at,
    (select count(*) from gone) as removed,
    (select c.rejected_id from chunk as c order by c.rejected_id desc limit 1) as last_id
