insert into session (tenant_id, session_id, workspace_id, token_hash, name, scopes)
select w.tenant_id, :session_id, w.workspace_id, :hash, :name, :scopes
from workspace as w
where w.tenant_id = :tenant and w.workspace_id = :workspace
