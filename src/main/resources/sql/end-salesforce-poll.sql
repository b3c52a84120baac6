-- What was asked for meanwhile is due at once.
update salesforce_cursor
set
    backfilled_at = case when :done then coalesce(backfilled_at, now()) else backfilled_at end,
    leased_until = null,
    due_at = case when asks = :asks then now() + cast(:seconds as integer) * interval '1 second' else now() end,
    gap_from = case when asks = :asks and :done then null else gap_from end
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
