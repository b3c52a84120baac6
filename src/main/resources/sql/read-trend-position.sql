-- The last event that was counted; what is told again after it is not counted twice.
select coalesce(max(sequence), 0)
from trend_hour
where tenant_id = :tenant and workspace_id = :workspace
