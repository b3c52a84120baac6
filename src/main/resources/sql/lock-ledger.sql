-- No batch of the workspace commits between this and the end of the transaction.
select event_sequence from workspace where tenant_id = :tenant and workspace_id = :workspace for update
