delete from session where tenant_id = :tenant and session_id = :session_id
