-- The row of a key that is over makes room. One that was answered by another hub in this very moment does not, and is
-- missing in what comes back.
insert into idempotency as held (tenant_id, workspace_id, path, key, body_hash, status, answer, created_at)
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
on conflict (tenant_id, workspace_id, path, key) do update
set body_hash = excluded.body_hash, status = excluded.status, answer = excluded.answer, created_at = excluded.created_at
where held.created_at <= excluded.created_at - interval '24 hours'
returning held.key
