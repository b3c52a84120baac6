select deal_id
from deal
where tenant_id = :tenant and workspace_id = :workspace and deal_id = :deal_id
for share
