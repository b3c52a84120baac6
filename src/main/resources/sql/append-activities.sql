-- Writes activities outside the funnel. Takes the workspace's ledger row and holds it to the commit.
with ledger as (
    update workspace
    set record_number = record_number + cardinality(cast(:types as text[]))
    where tenant_id = :tenant and workspace_id = :workspace
    returning record_number
)
insert into activity (tenant_id, workspace_id, activity_id, deal_id, at, type, source, actor, text)
select
    :tenant, :workspace, ledger.record_number - cardinality(cast(:types as text[])) + r.ordinal,
    :deal_id, now(), r.type, :source, :actor, r.text
from ledger
cross join unnest(cast(:types as text[]), cast(:texts as text[])) with ordinality as r (type, text, ordinal)
