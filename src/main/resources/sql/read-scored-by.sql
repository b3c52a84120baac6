select profile from scored_by where tenant_id = :tenant and workspace_id = :workspace
