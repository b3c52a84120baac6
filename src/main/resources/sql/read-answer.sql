select body_hash, status, answer
from idempotency
where tenant_id = :tenant and workspace_id = :workspace and path = :path and key = :key
    and created_at > now() - interval '24 hours'
