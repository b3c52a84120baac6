select f.firing_id, f.automation, f.deal_id, f.crossing, f.fired_at, d.name as deal_name
from automation_firing as f
left join deal as d on d.tenant_id = f.tenant_id and d.deal_id = f.deal_id
where f.tenant_id = :tenant and f.workspace_id = :workspace and f.automation = :automation and f.firing_id < :before
order by f.firing_id desc
limit :rows
