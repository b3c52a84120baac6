select sequence, type, subject, at, data
from event
where tenant_id = :tenant and workspace_id = :workspace and sequence > :after
order by sequence
limit :rows
