insert into audit (tenant_id, workspace_id, at, actor, action, subject)
values (:tenant, :workspace, now(), :actor, :action, :subject)
