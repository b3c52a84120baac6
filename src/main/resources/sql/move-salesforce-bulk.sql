-- Committed with the deals that it tells of. After the last results polling goes on with what has changed since the job began.
update salesforce_cursor
set
    bulk_locator = cast(:locator as text),
    bulk_job = case when :done then null else bulk_job end,
    modified_at = case when :done then greatest(modified_at, bulk_begun) else modified_at end,
    bulk_begun = case when :done then null else bulk_begun end,
    taken = taken + :taken,
    leased_until = now() + interval '2 minutes'
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
