-- What the deals of a workspace add up to, stage by stage, from the counters. No deal is read.
select t.currency, c.stage, c.deals, c.value, c.won_seconds
from tenant as t
left join stage_counter as c on c.tenant_id = t.tenant_id and c.workspace_id = :workspace
where t.tenant_id = :tenant
