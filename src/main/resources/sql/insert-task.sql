insert into task (
    tenant_id, task_id, workspace_id, deal_id, firing_id, automation, title, text, assignee, due_at, created_at
)
values (
    :tenant, :task_id, :workspace, :deal_id, :firing_id, :automation, :title, cast(:text as text),
    cast(:assignee as text), now() + make_interval(days => cast(:due_in_days as integer)), now()
)
