-- The bins of ValueBins: a value stands for itself, then its first three digits do, then its first, counted in cents.
insert into value_histogram (tenant_id, workspace_id, level, floor_cents, deals)
select :tenant, :workspace, bin.level, cast(bin.floor * 100 as bigint), count(*)
from deal as d
cross join lateral (select length(cast(trunc(d.base_value * 100) as text)) as digits) as written
cross join lateral (
    values
        (0, d.base_value),
        (1, trunc(d.base_value, least(2, 5 - written.digits))),
        (2, trunc(d.base_value, least(2, 3 - written.digits)))
) as bin (level, floor)
where d.tenant_id = :tenant
    and d.workspace_id = :workspace
    and not d.spam and d.archived_at is null
    and d.stage not in ('closed_won', 'closed_lost')
    and d.base_value is not null
group by bin.level, bin.floor
