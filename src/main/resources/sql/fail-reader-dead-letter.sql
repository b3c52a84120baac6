update reader_dead_letter set failure = :failure
where tenant_id = :tenant and workspace_id = :workspace and reader = :reader and sequence = :sequence
