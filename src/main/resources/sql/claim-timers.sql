-- Timers that are due. Each is out of the others' sight for a while that grows with every try: longer than any try takes.
update automation_timer as t
set
    tries = t.tries + 1,
    due_at = now() + make_interval(secs => least(60 * power(2, t.tries), 86400))
from (
    select automation, deal_id, timer
    from automation_timer
    where tenant_id = :tenant and workspace_id = :workspace and due_at <= now()
    order by due_at
    limit :rows
    for update skip locked
) as due
where t.tenant_id = :tenant and t.workspace_id = :workspace
    and t.automation = due.automation and t.deal_id = due.deal_id and t.timer = due.timer
returning t.automation, t.deal_id, t.timer, t.begun_at, t.set_for, t.tries
