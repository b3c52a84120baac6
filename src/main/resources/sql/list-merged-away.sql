select g.merge_id, g.merged_deal, g.kept_deal, g.merged_before ->> 'name' as name, g.actor, g.created_at
from merge as g
where g.tenant_id = :tenant and g.merged_deal = any (:deal_ids) and g.state = 'merged'
