-- What is usual in a workspace: of the latest thousand deals that were won, the median time in each stage that ten went
-- through; of the active deals, the median value, from the histogram, where there are twenty.
with won as (
    select v.deal_id
    from stage_visit as v
    where v.tenant_id = :tenant and v.workspace_id = :workspace and v.next_stage = 'closed_won'
    order by v.left_at desc
    limit 1000
),
times as (
    select
        v.stage,
        round(cast(percentile_cont(0.5) within group (order by extract(epoch from v.left_at - v.entered_at)) as numeric)) as seconds
    from won
    join stage_visit as v on v.tenant_id = :tenant and v.deal_id = won.deal_id
    group by v.stage
    having count(*) >= 10
),
bins as (
    select
        h.floor_cents,
        sum(h.deals) over (order by h.floor_cents) as up_to,
        sum(h.deals) over () as deals
    from value_histogram as h
    where h.tenant_id = :tenant and h.workspace_id = :workspace and h.level = 1 and h.deals > 0
)
select
    (select cast(coalesce(json_object_agg(stage, seconds order by stage), '{}') as text) from times) as stages,
    (
        select cast(floor_cents as numeric) / 100 from bins
        where deals >= 20 and up_to * 2 >= deals
        order by floor_cents limit 1
    ) as typical_value
