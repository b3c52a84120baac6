insert into api_key (tenant_id, key_id, workspace_id, name, key_hash, scopes, form)
values (:tenant, :key_id, :workspace, :name, :hash, :scopes, cast(:form as jsonb))
