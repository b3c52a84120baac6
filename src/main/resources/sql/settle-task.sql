update task
set
    state = :state,
    done_at = case when :state = 'done' then now() end,
    done_by = case when :state = 'done' then :actor end
where tenant_id = :tenant and workspace_id = :workspace and task_id = :task_id
