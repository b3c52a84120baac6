-- A part of the deals that are due later is due now; those that are being written will be by the new profile anyway.
update deal as d
set rescore_on = cast(now() at time zone 'UTC' as date)
from (
    select deal_id from deal
    where tenant_id = :tenant and workspace_id = :workspace
        and rescore_on > cast(now() at time zone 'UTC' as date)
    limit :rows
    for update skip locked
) as later
where d.tenant_id = :tenant and d.deal_id = later.deal_id
