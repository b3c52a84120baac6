-- The value of each deal in the tenant's own currency, as TenantSettings.inOwnCurrency works it out. A deal that a batch
-- holds is left to that batch.
with rate as (
    select r.key as currency, cast(r.value as numeric) as rate
    from json_each_text(cast(:rates as json)) as r
),
converted as (
    select
        d.deal_id, d.base_value,
        case
            when d.currency = :currency then d.value
            when abs(round(d.value * rate.rate, 2)) < 1000000000000000 then round(d.value * rate.rate, 2)
        end as new_value
    from deal as d
    left join rate on rate.currency = d.currency
    where d.tenant_id = :tenant and d.workspace_id = :workspace
),
free as (
    select d.deal_id
    from deal as d
    where d.tenant_id = :tenant
        and d.deal_id in (
            select converted.deal_id from converted where converted.new_value is distinct from converted.base_value
        )
    order by d.deal_id
    for update skip locked
)
update deal as d
set base_value = converted.new_value
from converted
join free on free.deal_id = converted.deal_id
where d.tenant_id = :tenant and d.deal_id = converted.deal_id
