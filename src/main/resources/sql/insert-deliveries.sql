insert into delivery (
    tenant_id, delivery_id, workspace_id, connection, type, subject, payload, due_at, give_up_at
)
select
    :tenant, r.id, :workspace, :name, r.type, r.subject, r.payload, now(),
    now() + make_interval(secs => :patience_seconds)
from unnest(
    cast(:ids as uuid[]),
    cast(:types as text[]),
    cast(:subjects as uuid[]),
    cast(:payloads as text[])
) as r (id, type, subject, payload)
where not exists (select from arrived as a where a.tenant_id = :tenant and a.delivery_id = r.id)
on conflict (tenant_id, delivery_id) do nothing
