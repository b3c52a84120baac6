-- The reasons that most deals were lost for, from the index that holds them in that order.
select kind, key, deals, value, weighted, committed
from deal_tally
where tenant_id = :tenant and workspace_id = :workspace and kind = 'lost_reason' and deals > 0
order by deals desc, key
limit :rows
