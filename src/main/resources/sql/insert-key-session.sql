-- Nothing is opened for a key that is gone.
insert into session (tenant_id, session_id, workspace_id, token_hash, key_id)
select k.tenant_id, :session_id, k.workspace_id, :hash, k.key_id
from api_key as k
where k.tenant_id = :tenant and k.key_id = :key_id
