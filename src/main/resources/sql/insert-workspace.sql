insert into workspace (tenant_id, workspace_id)
values (:tenant, :workspace)
on conflict (tenant_id, workspace_id) do nothing
