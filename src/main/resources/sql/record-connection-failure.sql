insert into connection_state (tenant_id, workspace_id, connection, source, last_failure, last_error)
values (:tenant, :workspace, :name, :source, now(), :error)
on conflict (tenant_id, workspace_id, connection) do update
set source = excluded.source, last_failure = excluded.last_failure, last_error = excluded.last_error
