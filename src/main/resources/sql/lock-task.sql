select state
from task
where tenant_id = :tenant and workspace_id = :workspace and task_id = :task_id
for update
