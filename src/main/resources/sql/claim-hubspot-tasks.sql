-- Takes what is due for a while; whoever dies meanwhile loses it to the next.
with due as (
    select task.object, task.object_id
    from hubspot_task as task
    where task.tenant_id = :tenant
        and task.workspace_id = :workspace
        and task.connection = :connection
        and task.due_at <= now()
        and (task.leased_until is null or task.leased_until < now())
    order by task.due_at, task.object, task.object_id
    limit :most
    for update skip locked
)
update hubspot_task as task
set leased_until = now() + interval '2 minutes', attempts = task.attempts + 1
from due
where task.tenant_id = :tenant
    and task.workspace_id = :workspace
    and task.connection = :connection
    and task.object = due.object
    and task.object_id = due.object_id
returning task.object, task.object_id, task.kind, task.occurred_at, task.version, task.attempts
