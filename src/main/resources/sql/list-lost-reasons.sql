-- The reasons that most deals were lost for. No index holds them in that order: see V24.
select kind, key, deals, value, weighted, committed
from deal_tally
where tenant_id = :tenant and workspace_id = :workspace and kind = 'lost_reason' and deals > 0
order by deals desc, key
limit :rows
