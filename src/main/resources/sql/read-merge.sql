select g.kept_deal
from merge as g
where g.tenant_id = :tenant and g.workspace_id = :workspace and g.merge_id = :merge_id
