-- What a deal was like before it was renamed or removed. Pairs found by that are open no more; one that a person named
-- stays as long as both of its deals do. Rows are looked up by their whole key first, since a join might be turned around.
with pair as (
    select p.pair_id
    from unnest(cast(cast(:?forgotten_deals as text[]) as uuid[])) as gone (deal_id)
    cross join lateral (
        select f.pair_id, f.state, f.asked
        from duplicate_pair as f
        where f.tenant_id = cast(:?tenant as text) and f.first_deal = gone.deal_id
        order by f.second_deal
        limit 1000
    ) as p
    where p.state = 'open'
        and (not p.asked or gone.deal_id = any (cast(cast(:?removed_deals as text[]) as uuid[])))
    union all
    select p.pair_id
    from unnest(cast(cast(:?forgotten_deals as text[]) as uuid[])) as gone (deal_id)
    cross join lateral (
        select s.pair_id, s.state, s.asked
        from duplicate_pair as s
        where s.tenant_id = cast(:?tenant as text) and s.second_deal = gone.deal_id
        order by s.first_deal
        limit 1000
    ) as p
    where p.state = 'open'
        and (not p.asked or gone.deal_id = any (cast(cast(:?removed_deals as text[]) as uuid[])))
),
forgotten as (
    delete from duplicate_pair as held
    where held.tenant_id = cast(:?tenant as text)
        and held.pair_id = any (array(select pair.pair_id from pair))
)
delete from likeness as held
where held.tenant_id = cast(:?tenant as text)
    and held.ctid = any (array(
        select found.ctid
        from unnest(cast(:?old_keys as bigint[]), cast(cast(:?old_deals as text[]) as uuid[])) as old (key, deal_id)
        cross join lateral (
            select k.ctid
            from likeness as k
            where k.tenant_id = cast(:?tenant as text)
                and k.workspace_id = cast(:?workspace as text)
                and k.key = old.key
                and k.deal_id = old.deal_id
            offset 0
        ) as found
    ))
