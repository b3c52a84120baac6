-- What was done is gone, unless another event came meanwhile: then it is due again.
with done as (
    select r.object, r.object_id, r.version
    from unnest(cast(:objects as text[]), cast(:object_ids as text[]), cast(:versions as bigint[]))
        as r (object, object_id, version)
),
again as (
    update hubspot_task as task
    set leased_until = null, attempts = 0
    from done
    where task.tenant_id = :tenant
        and task.workspace_id = :workspace
        and task.connection = :connection
        and task.object = done.object
        and task.object_id = done.object_id
        and task.version <> done.version
)
delete from hubspot_task as task
using done
where task.tenant_id = :tenant
    and task.workspace_id = :workspace
    and task.connection = :connection
    and task.object = done.object
    and task.object_id = done.object_id
    and task.version = done.version
