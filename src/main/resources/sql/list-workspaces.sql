select workspace_id from workspace where tenant_id = :tenant order by workspace_id
