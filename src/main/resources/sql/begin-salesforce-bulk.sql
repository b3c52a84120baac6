-- Remembers the job that reads everything; the turn that made it has the lease.
update salesforce_cursor
set bulk_job = :job, bulk_locator = null, bulk_begun = cast(:begun as timestamptz)
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
