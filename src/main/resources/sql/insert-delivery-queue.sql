-- One that tells of events begins with what happens from now on.
insert into delivery_queue (tenant_id, workspace_id, connection, read_to)
select tenant_id, workspace_id, :name, case when :events then event_sequence end
from workspace
where tenant_id = :tenant and workspace_id = :workspace
on conflict (tenant_id, workspace_id, connection) do nothing
