delete from api_key where tenant_id = :tenant and key_id = :key_id
