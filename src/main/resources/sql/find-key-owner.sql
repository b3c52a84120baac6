select tenant_id, key_id from key_by_hash(:hash)
