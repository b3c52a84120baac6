-- A mail may be handed over again by whoever cannot tell whether it did; an event is made a delivery only once.
with gone as (
    delete from delivery where tenant_id = :tenant and delivery_id = :id
    returning tenant_id, delivery_id, workspace_id, connection, type
),
forgotten as (
    delete from arrived as a
    using gone as g
    where a.tenant_id = g.tenant_id and a.workspace_id = g.workspace_id and a.connection = g.connection
        and a.at < now() - interval '7 days'
)
insert into arrived (tenant_id, delivery_id, workspace_id, connection)
select tenant_id, delivery_id, workspace_id, connection from gone where type = 'mail'
on conflict (tenant_id, delivery_id) do nothing
