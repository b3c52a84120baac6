insert into connection (tenant_id, workspace_id, name, kind, parameters, secrets, revision)
values (:tenant, :workspace, :name, :kind, cast(:parameters as jsonb), cast(:secrets as jsonb), :revision)
on conflict (tenant_id, workspace_id, name) do update
set kind = excluded.kind, parameters = excluded.parameters, secrets = excluded.secrets,
    revision = excluded.revision, updated_at = now()
