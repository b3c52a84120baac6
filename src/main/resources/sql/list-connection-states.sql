select
    connection, last_success, last_failure,
    case when last_failure > coalesce(last_success, '-infinity') then last_error end as last_error
from connection_state
where tenant_id = :tenant and workspace_id = :workspace
