-- What could not be done is tried again later.
update hubspot_task as task
set leased_until = null, due_at = now() + cast(:seconds as integer) * interval '1 second', last_error = :reason
where task.tenant_id = :tenant
    and task.workspace_id = :workspace
    and task.connection = :connection
    and (task.object, task.object_id) in (
        select r.object, r.object_id from unnest(cast(:objects as text[]), cast(:object_ids as text[])) as r (object, object_id)
    )
