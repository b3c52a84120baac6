update hubspot_cursor
set
    archived_at = greatest(archived_at, coalesce(cast(:archived_at as timestamptz), archived_at)),
    backfilled_at = case
        when cast(:archived_at as timestamptz) is null then backfilled_at else coalesce(backfilled_at, now())
    end,
    leased_until = null,
    due_at = now() + cast(:seconds as integer) * interval '1 second'
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
