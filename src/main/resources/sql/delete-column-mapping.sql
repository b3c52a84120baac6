delete from column_mapping
where tenant_id = :tenant and workspace_id = :workspace and mapping_id = :mapping_id
