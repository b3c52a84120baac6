delete from api_key where tenant_id = :tenant and key_id = :key_id
returning name, workspace_id, cast(array_to_json(scopes) as text) as scopes
