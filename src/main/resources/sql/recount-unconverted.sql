insert into unconverted_counter (tenant_id, workspace_id, currency, deals, value)
select d.tenant_id, d.workspace_id, d.currency, count(*), sum(d.value)
from deal as d
where d.tenant_id = :tenant
    and d.workspace_id = :workspace
    and not d.spam and d.archived_at is null
    and d.stage not in ('closed_won', 'closed_lost')
    and d.base_value is null
    and d.value is not null
group by d.tenant_id, d.workspace_id, d.currency
