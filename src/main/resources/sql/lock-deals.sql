-- In the order in which every writer locks deals, so that no two wait in a circle.
select count(*)
from (
    select d.deal_id
    from deal as d
    where d.tenant_id = :tenant and d.workspace_id = :workspace
    order by d.deal_id
    for update
) as locked
