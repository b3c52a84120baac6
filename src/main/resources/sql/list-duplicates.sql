select
    p.pair_id, p.first_deal, p.second_deal, p.score, p.why, p.state, p.merge_id, p.created_at, p.decided_at, p.actor,
    g.merged_deal, g.merged_before ->> 'name' as merged_name, g.merged_before ->> 'company' as merged_company
from duplicate_pair as p
left join merge as g on g.tenant_id = p.tenant_id and g.merge_id = p.merge_id
where p.tenant_id = :tenant
    and p.workspace_id = :workspace
    and p.state = :state
    and p.pair_id < :before
order by p.pair_id desc
limit :rows
