-- The row of a key that is over makes room. One that was answered by another hub in this very moment does not: the
-- batch fails on it, is tried again, and finds the answer.
with over as (
    delete from idempotency as old
    using unnest(cast(:?answer_paths as text[]), cast(:?answer_keys as text[])) as r (path, key)
    where old.tenant_id = cast(:?tenant as text)
        and old.workspace_id = cast(:?workspace as text)
        and old.path = r.path
        and old.key = r.key
        and old.created_at <= cast(cast(:?now as text) as timestamptz) - interval '24 hours'
    returning old.key
)
insert into idempotency (tenant_id, workspace_id, path, key, body_hash, status, answer, created_at)
select
    cast(:?tenant as text), cast(:?workspace as text), r.path, r.key, decode(r.body_hash, 'hex'), r.status, r.answer,
    cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(:?answer_paths as text[]),
    cast(:?answer_keys as text[]),
    cast(:?answer_hashes as text[]),
    cast(:?answer_statuses as integer[]),
    cast(:?answers as text[])
) as r (path, key, body_hash, status, answer)
where (select count(*) from over) >= 0
