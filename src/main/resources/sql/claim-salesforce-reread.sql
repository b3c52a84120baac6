-- A poll of a connection that does not poll by itself: only where something was asked for.
update salesforce_cursor
set leased_until = now() + interval '2 minutes'
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
    and gap_from is not null
    and due_at <= now()
    and (leased_until is null or leased_until < now())
returning
    gap_from as modified_at, gap_from, asks, cast(null as text) as bulk_job, cast(null as text) as bulk_locator,
    false as is_first_load
