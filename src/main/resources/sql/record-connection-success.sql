insert into connection_state (tenant_id, workspace_id, connection, source, last_success)
values (:tenant, :workspace, :name, :source, now())
on conflict (tenant_id, workspace_id, connection) do update
set source = excluded.source, last_success = excluded.last_success
