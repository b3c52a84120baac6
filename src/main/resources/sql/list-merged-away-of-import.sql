select g.merge_id, g.merged_deal, g.kept_deal, g.merged_before ->> 'name' as name, g.actor, g.created_at
from merge as g
where g.tenant_id = :tenant
    and g.workspace_id = :workspace
    and g.state = 'merged'
    and g.merged_before ->> 'import_id' = cast(cast(:import_id as uuid) as text)
order by g.merge_id
limit 100
