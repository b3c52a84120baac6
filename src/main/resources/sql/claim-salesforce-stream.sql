-- One hub listens at a time. With another channel the stream begins anew, and what lies between is read.
insert into salesforce_stream as held (
    tenant_id, workspace_id, connection, channel, known_at, holder, leased_until
)
values (
    :tenant, :workspace, :connection, :channel, coalesce(cast(:known_at as timestamptz), now()), cast(:holder as uuid), now() + interval '2 minutes'
)
on conflict (tenant_id, workspace_id, connection) do update
set
    holder = cast(:holder as uuid),
    leased_until = now() + interval '2 minutes',
    replay_id = case when held.channel = :channel then held.replay_id end,
    channel = :channel
where held.holder = cast(:holder as uuid) or held.leased_until is null or held.leased_until < now()
returning held.replay_id, held.known_at
