update column_mapping set used_at = now() where tenant_id = :tenant and mapping_id = :mapping_id
