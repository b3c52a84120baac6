select tenant_id, session_id from session_by_hash(:hash)
