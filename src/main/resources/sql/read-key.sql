select tenant_id, workspace_id, key_id, name, scopes, form
from api_key
where tenant_id = :tenant and key_id = :key_id
