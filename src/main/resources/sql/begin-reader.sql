-- A reader's position, made when it has none: before the first event, or behind the last.
insert into event_reader (tenant_id, workspace_id, reader, position)
select w.tenant_id, w.workspace_id, :reader, case when cast(:at_end as boolean) then w.event_sequence else 0 end
from workspace as w
where w.tenant_id = :tenant and w.workspace_id = :workspace
on conflict do nothing
