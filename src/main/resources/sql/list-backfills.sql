-- How far the reading of earlier changes has come, of every connection that was asked for some.
select connection, backfill_from, modified_at, taken, backfilled_at is not null as done from hubspot_cursor
where tenant_id = :tenant and workspace_id = :workspace and backfill_from is not null
union all
select connection, backfill_from, modified_at, taken, backfilled_at is not null as done from salesforce_cursor
where tenant_id = :tenant and workspace_id = :workspace and backfill_from is not null
