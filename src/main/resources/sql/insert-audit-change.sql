insert into audit (tenant_id, workspace_id, at, actor, action, subject, details)
values (:tenant, :workspace, now(), :actor, :action, :subject, cast(:details as jsonb))
