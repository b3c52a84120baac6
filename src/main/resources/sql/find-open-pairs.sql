-- The open pairs of deals that came again as they were, or changed in what they are not recognised by. Each look-up asks
-- for the order of its index, so that no other index looks as good while the table is almost empty.
select asked.deal_id, found.other_deal, found.score, found.why
from unnest(cast(cast(:?asked_deals as text[]) as uuid[])) as asked (deal_id)
cross join lateral (
    select f.second_deal as other_deal, f.score, f.why
    from (
        select p.second_deal, p.score, p.why, p.state
        from duplicate_pair as p
        where p.tenant_id = cast(:?tenant as text) and p.first_deal = asked.deal_id
        order by p.second_deal
        limit 100
    ) as f
    where f.state = 'open'
    union all
    select s.first_deal, s.score, s.why
    from (
        select p.first_deal, p.score, p.why, p.state
        from duplicate_pair as p
        where p.tenant_id = cast(:?tenant as text) and p.second_deal = asked.deal_id
        order by p.first_deal
        limit 100
    ) as s
    where s.state = 'open'
    limit 20
) as found
