-- How many active deals are worth more than each of these, as rank-values counts them for a batch; in one statement, so
-- that deals and counters are of one moment. The bins are those of ValueBins: leading digits, counted in cents.
with asked as (
    select
        d.deal_id,
        d.base_value as value,
        d.spam or d.archived_at is not null as spam,
        d.stage in ('closed_won', 'closed_lost') as closed,
        length(cast(trunc(d.base_value * 100) as text)) as digits
    from deal as d
    where d.tenant_id = :tenant and d.workspace_id = :workspace and d.deal_id = any (cast(:deal_ids as uuid[]))
),
bins as (
    select
        deal_id, spam, closed,
        cast(value * 100 as bigint) as cents,
        cast(
            (trunc(value, least(2, 5 - digits)) + power(cast(10 as numeric), greatest(digits - 5, -2))) * 100 as bigint
        ) as next_fine,
        cast(
            (trunc(value, least(2, 3 - digits)) + power(cast(10 as numeric), greatest(digits - 3, -2))) * 100 as bigint
        ) as next_coarse
    from asked
)
select
    bins.deal_id,
    bins.spam or bins.closed as out_of_rank,
    case
        when bins.cents is null then (
            select coalesce(sum(h.deals), 0) from value_histogram as h
            where h.tenant_id = :tenant and h.workspace_id = :workspace and h.level = 2
        )
        else coalesce((
            select sum(h.deals) from value_histogram as h
            where h.tenant_id = :tenant and h.workspace_id = :workspace
                and h.level = 2 and h.floor_cents >= bins.next_coarse
        ), 0) + coalesce((
            select sum(h.deals) from value_histogram as h
            where h.tenant_id = :tenant and h.workspace_id = :workspace
                and h.level = 1 and h.floor_cents >= bins.next_fine and h.floor_cents < bins.next_coarse
        ), 0) + coalesce((
            select sum(h.deals) from value_histogram as h
            where h.tenant_id = :tenant and h.workspace_id = :workspace
                and h.level = 0 and h.floor_cents > bins.cents and h.floor_cents < bins.next_fine
        ), 0)
    end as greater,
    (
        select coalesce(sum(c.deals), 0) from stage_counter as c
        where c.tenant_id = :tenant and c.workspace_id = :workspace
            and c.stage not in ('closed_won', 'closed_lost')
    ) as active
from bins
