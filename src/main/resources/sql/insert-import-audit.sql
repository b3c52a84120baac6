insert into audit (tenant_id, workspace_id, at, actor, action, subject, source, import_id)
values (:tenant, :workspace, now(), :actor, :action, cast(:import_id as text), :source, :import_id)
