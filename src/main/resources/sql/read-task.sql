select
    t.task_id, t.deal_id, d.name as deal_name, t.firing_id, t.automation, t.title, t.text, t.assignee, t.due_at,
    t.state, t.created_at, t.done_at, t.done_by
from task as t
left join deal as d on d.tenant_id = t.tenant_id and d.deal_id = t.deal_id
where t.tenant_id = :tenant and t.workspace_id = :workspace and t.task_id = :task_id
