-- One turn of polling at a time, in whichever hub; the first begins where the connection says, or with what changes now.
insert into salesforce_cursor as held (
    tenant_id, workspace_id, connection, modified_at, due_at, leased_until, backfill_from
)
values (
    :tenant, :workspace, :connection, coalesce(cast(:backfill_from as timestamptz), now()),
    now(), now() + interval '2 minutes',
    cast(:backfill_from as timestamptz)
)
on conflict (tenant_id, workspace_id, connection) do update
set
    leased_until = now() + interval '2 minutes',
    modified_at = case
        when cast(:backfill_from as timestamptz) is distinct from held.backfill_from
            then least(coalesce(cast(:backfill_from as timestamptz), held.modified_at), held.modified_at)
        else held.modified_at
    end,
    taken = case
        when cast(:backfill_from as timestamptz) is distinct from held.backfill_from then 0 else held.taken
    end,
    backfilled_at = case
        when cast(:backfill_from as timestamptz) is distinct from held.backfill_from then null else held.backfilled_at
    end,
    bulk_job = case
        when cast(:backfill_from as timestamptz) is distinct from held.backfill_from then null else held.bulk_job
    end,
    bulk_locator = case
        when cast(:backfill_from as timestamptz) is distinct from held.backfill_from then null else held.bulk_locator
    end,
    bulk_refused = case
        when cast(:backfill_from as timestamptz) is distinct from held.backfill_from then false else held.bulk_refused
    end,
    backfill_from = cast(:backfill_from as timestamptz)
where (held.leased_until is null or held.leased_until < now())
    and (held.due_at <= now() or cast(:backfill_from as timestamptz) is distinct from held.backfill_from)
returning
    held.modified_at, held.gap_from, held.asks, held.bulk_job, held.bulk_locator,
    held.backfilled_at is null and held.taken = 0 and held.modified_at = held.backfill_from and not held.bulk_refused
        as is_first_load
