-- Committed with the deals that it tells of, and never moved back.
update salesforce_cursor
set
    modified_at = greatest(modified_at, cast(:modified_at as timestamptz)),
    gap_from = case
        when asks = :asks and gap_from is not null then greatest(gap_from, cast(:modified_at as timestamptz))
        else gap_from
    end,
    taken = taken + :taken,
    leased_until = now() + interval '2 minutes'
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection
