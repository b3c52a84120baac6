-- The mails of the batch that were taken before, and those they answer, with their deals; a deal that was merged into
-- another one leads there, for as long as it is.
select
    encode(m.message_key, 'hex') as message_key,
    encode(m.body_hash, 'hex') as body_hash,
    now.deal_id
from mail as m
cross join lateral (
    with recursive way (deal_id, steps) as (
        select m.deal_id, 0
        union all
        select g.kept_deal, way.steps + 1
        from way
        join merge as g
            on g.tenant_id = cast(:?tenant as text)
            and g.merged_deal = way.deal_id
            and g.state = 'merged'
        where way.steps < 100
    )
    select way.deal_id from way order by way.steps desc limit 1
) as now
where m.tenant_id = cast(:?tenant as text)
    and m.workspace_id = cast(:?workspace as text)
    and m.message_key = any (cast(cast(:?message_keys as text[]) as bytea[]))
order by m.at desc
limit 2000
