-- Norms that are those in force already are not kept again.
with latest as (
    select stages, typical_value from norms
    where tenant_id = :tenant and workspace_id = :workspace
    order by valid_from desc limit 1
),
old as (
    -- Every deal was scored since then.
    delete from norms as n
    where n.tenant_id = :tenant and n.workspace_id = :workspace and n.valid_from < now() - interval '60 days'
        and exists (
            select 1 from norms as newer
            where newer.tenant_id = n.tenant_id and newer.workspace_id = n.workspace_id
                and newer.valid_from > n.valid_from and newer.valid_from < now() - interval '60 days'
        )
)
insert into norms (tenant_id, workspace_id, valid_from, stages, typical_value)
select :tenant, :workspace, cast(:valid_from as timestamptz), cast(:stages as jsonb), cast(:typical_value as numeric)
where not exists (
    select 1 from latest
    where latest.stages = cast(:stages as jsonb)
        and latest.typical_value is not distinct from cast(:typical_value as numeric)
)
on conflict do nothing
