-- Tries, without waiting, to be the only call with each key; a key that was answered within the
-- last day brings its answer along.
select
    claim.ordinal,
    pg_try_advisory_xact_lock(claim.lock) as claimed,
    answered.body_hash,
    answered.status,
    answered.answer
from unnest(
    cast(:?claim_ordinals as integer[]),
    cast(:?claim_locks as bigint[]),
    cast(:?claim_paths as text[]),
    cast(:?claim_keys as text[])
) as claim (ordinal, lock, path, key)
left join lateral (
    select earlier.body_hash, earlier.status, earlier.answer
    from idempotency as earlier
    where earlier.tenant_id = cast(:?tenant as text)
        and earlier.workspace_id = cast(:?workspace as text)
        and earlier.path = claim.path
        and earlier.key = claim.key
        and earlier.created_at > cast(cast(:?now as text) as timestamptz) - interval '24 hours'
    offset 0
) as answered on true
