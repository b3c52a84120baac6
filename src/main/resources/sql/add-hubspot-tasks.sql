-- Makes tasks of what was learnt on the way; one that waits already stays as it is.
insert into hubspot_task (
    tenant_id, workspace_id, connection, object, object_id, kind, occurred_at, due_at, created_at
)
select :tenant, :workspace, :connection, r.object, r.object_id, r.kind, cast(r.occurred_at as timestamptz), now(), now()
from unnest(
    cast(:objects as text[]), cast(:object_ids as text[]), cast(:kinds as text[]), cast(:occurred as text[])
) as r (object, object_id, kind, occurred_at)
on conflict do nothing
