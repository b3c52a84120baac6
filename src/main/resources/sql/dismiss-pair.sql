update duplicate_pair
set state = 'dismissed', actor = :actor, decided_at = :now
where tenant_id = :tenant and workspace_id = :workspace and pair_id = :pair_id
