-- A reader's position, made when it has none: before the first event, or before the first since a moment.
insert into event_reader (tenant_id, workspace_id, reader, position)
select w.tenant_id, w.workspace_id, :reader, coalesce(earlier.sequence, 0)
from workspace as w
left join lateral (
    select e.sequence
    from event as e
    where e.tenant_id = w.tenant_id and e.workspace_id = w.workspace_id and e.at < cast(:since as timestamptz)
    order by e.sequence desc
    limit 1
) as earlier on true
where w.tenant_id = :tenant and w.workspace_id = :workspace
on conflict do nothing
