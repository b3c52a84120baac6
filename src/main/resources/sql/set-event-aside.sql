-- Moves a reader past an event, which is kept for whoever mends the reader; not when somebody else moved it in between.
with passed as (
    update event_reader
    set position = :sequence, failures = 0, last_failure = null, updated_at = now()
    where tenant_id = :tenant and workspace_id = :workspace and reader = :reader and position = :position
    returning reader
)
insert into reader_dead_letter (tenant_id, workspace_id, reader, sequence, type, subject, at, data, failure)
select e.tenant_id, e.workspace_id, passed.reader, e.sequence, e.type, e.subject, e.at, e.data, :failure
from passed
join event as e on e.tenant_id = :tenant and e.workspace_id = :workspace and e.sequence = :sequence
on conflict (tenant_id, workspace_id, reader, sequence) do nothing
