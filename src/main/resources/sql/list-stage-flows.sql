select stage, next_stage, days, visits
from stage_flow
where tenant_id = :tenant and workspace_id = :workspace
order by stage, days
