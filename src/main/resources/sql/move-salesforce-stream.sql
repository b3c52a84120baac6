-- Committed with what the events told, by whoever holds the stream alone.
update salesforce_stream
set
    replay_id = coalesce(:replay, replay_id),
    known_at = greatest(known_at, coalesce(cast(:known_at as timestamptz), known_at)),
    taken = taken + :taken,
    leased_until = now() + interval '2 minutes'
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
    and holder = cast(:holder as uuid)
