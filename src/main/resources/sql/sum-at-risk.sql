select count(d.deal_id) as deals, coalesce(sum(d.base_value), 0) as value, t.currency
from tenant as t
left join deal as d on d.tenant_id = t.tenant_id
    and d.workspace_id = :workspace
    and d.risk_level = 'high'
    and d.stage not in ('closed_won', 'closed_lost')
    and not d.spam
where t.tenant_id = :tenant
group by t.currency
