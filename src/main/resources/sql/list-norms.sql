select valid_from, cast(stages as text) as stages, typical_value
from norms
where tenant_id = :tenant and workspace_id = :workspace
order by valid_from
