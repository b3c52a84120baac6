select d.deal_id
from deal as d
where d.tenant_id = :tenant and d.workspace_id = :workspace
    and d.rescore_on <= cast(now() at time zone 'UTC' as date)
order by d.rescore_on
limit :rows
