insert into idempotency (tenant_id, workspace_id, path, key, body_hash, status, answer, created_at)
values (:tenant, :workspace, :path, :key, :body_hash, :status, :answer, now())
on conflict (tenant_id, workspace_id, path, key) do update
set body_hash = excluded.body_hash, status = excluded.status, answer = excluded.answer, created_at = excluded.created_at
where idempotency.created_at <= now() - interval '24 hours'
