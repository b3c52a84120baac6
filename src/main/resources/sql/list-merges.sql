select
    g.merge_id, g.kept_deal, g.merged_deal, g.pair_id, g.state, g.actor, g.created_at, g.undone_by, g.undone_at,
    g.kept_before ->> 'name' as kept_name, g.kept_before ->> 'company' as kept_company,
    g.merged_before ->> 'name' as merged_name, g.merged_before ->> 'company' as merged_company
from merge as g
where g.tenant_id = :tenant and g.workspace_id = :workspace and g.merge_id < :before
order by g.merge_id desc
limit :rows
