-- Whether a connection has failed since it last did what it is for.
select coalesce(last_failure > coalesce(last_success, '-infinity'), false) as failing
from connection_state
where tenant_id = :tenant and workspace_id = :workspace and connection = :name
for update
