select kind, key, deals, value, weighted, committed
from deal_tally
where tenant_id = :tenant and workspace_id = :workspace and kind = any (cast(:kinds as text[])) and deals > 0
order by kind, key
