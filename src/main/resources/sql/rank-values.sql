-- How many active deals are worth more than each value: whole coarse bins above it, then fine bins of its own coarse
-- bin, then the exact values of its own fine bin. What this costs does not depend on how many deals there are; the coarse
-- bins, some tens, are read once for all values.
with coarse as materialized (
    select h.floor_cents, h.deals from value_histogram as h
    where h.tenant_id = cast(:?tenant as text) and h.workspace_id = cast(:?workspace as text) and h.level = 2
)
select
    r.ordinal,
    coalesce((select sum(c.deals) from coarse as c where c.floor_cents >= r.next_coarse), 0) + coalesce((
        select sum(h.deals) from value_histogram as h
        where h.tenant_id = cast(:?tenant as text) and h.workspace_id = cast(:?workspace as text)
            and h.level = 1 and h.floor_cents >= r.next_fine and h.floor_cents < r.next_coarse
    ), 0) + coalesce((
        select sum(h.deals) from value_histogram as h
        where h.tenant_id = cast(:?tenant as text) and h.workspace_id = cast(:?workspace as text)
            and h.level = 0 and h.floor_cents > r.value and h.floor_cents < r.next_fine
    ), 0) as greater,
    active.valued,
    active.deals
from unnest(
    cast(:?rank_values as bigint[]),
    cast(:?rank_next_fine as bigint[]),
    cast(:?rank_next_coarse as bigint[])
) with ordinality as r (value, next_fine, next_coarse, ordinal)
cross join (
    select
        coalesce(sum(c.deals), 0) as deals,
        (select coalesce(sum(h.deals), 0) from coarse as h) as valued
    from stage_counter as c
    where c.tenant_id = cast(:?tenant as text) and c.workspace_id = cast(:?workspace as text)
        and c.stage not in ('closed_won', 'closed_lost')
) as active
