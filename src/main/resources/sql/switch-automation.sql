insert into automation (tenant_id, workspace_id, automation, enabled)
values (:tenant, :workspace, :automation, :enabled)
on conflict (tenant_id, workspace_id, automation) do update set enabled = excluded.enabled
