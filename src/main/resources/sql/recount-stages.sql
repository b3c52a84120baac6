insert into stage_counter (tenant_id, workspace_id, stage, deals, value, weighted, won_seconds)
select
    d.tenant_id, d.workspace_id, d.stage, count(*), coalesce(sum(d.base_value), 0),
    coalesce(sum(d.base_value * d.probability * 0.01), 0),
    coalesce(sum(floor(extract(epoch from d.stage_entered_at - d.created_at))) filter (where d.stage = 'closed_won'), 0)
from deal as d
where d.tenant_id = :tenant and d.workspace_id = :workspace and not d.spam and d.archived_at is null
group by d.tenant_id, d.workspace_id, d.stage
