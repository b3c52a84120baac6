select workspace_id from workspace where tenant_id = :tenant order by created_at, workspace_id limit 1
