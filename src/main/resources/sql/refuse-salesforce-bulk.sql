-- The job cannot be had, or its results are gone: what it was to read is read page by page.
update salesforce_cursor
set bulk_job = null, bulk_locator = null, bulk_begun = null, bulk_refused = true
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
