-- Writes events outside the funnel. Takes the workspace's ledger row and holds it to the commit, as the funnel does, so
-- that the order of commits and of numbers agree. Gives no row when there is no such workspace.
with ledger as (
    update workspace
    set event_sequence = event_sequence + cardinality(cast(:types as text[]))
    where tenant_id = :tenant and workspace_id = :workspace
    returning event_sequence
),
events as (
    insert into event (tenant_id, workspace_id, sequence, type, subject, at, data)
    select
        :tenant, :workspace,
        ledger.event_sequence - cardinality(cast(:types as text[])) + r.ordinal,
        r.type, cast(r.subject as uuid), now(), cast(r.data as json)
    from ledger
    cross join unnest(
        cast(:types as text[]), cast(:subjects as text[]), cast(:data as text[])
    ) with ordinality as r (type, subject, data, ordinal)
)
select
    event_sequence,
    cast(pg_notify('tributary_events', concat_ws('/', cast(:tenant as text), :workspace, event_sequence)) as text)
from ledger
