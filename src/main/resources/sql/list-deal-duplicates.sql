select found.pair_id, found.other_deal, found.score, found.why
from (
    select p.pair_id, p.second_deal as other_deal, p.score, p.why
    from duplicate_pair as p
    where p.tenant_id = :tenant and p.first_deal = :deal_id and p.state = 'open'
    union all
    select p.pair_id, p.first_deal, p.score, p.why
    from duplicate_pair as p
    where p.tenant_id = :tenant and p.second_deal = :deal_id and p.state = 'open'
) as found
order by found.score desc, found.pair_id
limit 20
