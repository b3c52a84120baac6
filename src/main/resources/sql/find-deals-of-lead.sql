select d.deal_id
from deal as d
where d.tenant_id = :tenant and d.workspace_id = :workspace and d.lead_id = :lead
