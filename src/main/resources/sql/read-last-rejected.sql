select r.rejected_id
from rejected as r
where r.tenant_id = :tenant and r.workspace_id = :workspace
order by r.rejected_id desc
limit 1
