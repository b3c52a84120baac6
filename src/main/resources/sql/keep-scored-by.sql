insert into scored_by (tenant_id, workspace_id, profile)
values (:tenant, :workspace, :profile)
on conflict (tenant_id, workspace_id) do update set profile = excluded.profile
