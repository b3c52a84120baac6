-- Keeps the events that are new, and makes or renews one task for each object they tell of.
with told as (
    select decode(r.key, 'hex') as key, r.object, r.object_id, r.kind, cast(r.occurred_at as timestamptz) as occurred_at
    from unnest(
        cast(:keys as text[]), cast(:objects as text[]), cast(:object_ids as text[]), cast(:kinds as text[]),
        cast(:occurred as text[])
    ) as r (key, object, object_id, kind, occurred_at)
),
fresh as (
    insert into hubspot_event (tenant_id, workspace_id, event_key, received_at)
    select :tenant, :workspace, told.key, now()
    from told
    group by told.key
    on conflict do nothing
    returning event_key
)
insert into hubspot_task as held (
    tenant_id, workspace_id, connection, object, object_id, kind, occurred_at, due_at, created_at
)
select distinct on (told.object, told.object_id)
    :tenant, :workspace, :connection, told.object, told.object_id, told.kind, told.occurred_at, now(), now()
from told
join fresh on fresh.event_key = told.key
order by told.object, told.object_id, told.occurred_at desc
on conflict (tenant_id, workspace_id, connection, object, object_id) do update
set
    kind = case when excluded.occurred_at >= held.occurred_at then excluded.kind else held.kind end,
    occurred_at = greatest(excluded.occurred_at, held.occurred_at),
    version = held.version + 1,
    attempts = 0,
    due_at = least(excluded.due_at, held.due_at)
