-- Asks for a poll that reads everything changed since then, beginning at once.
insert into salesforce_cursor as held (
    tenant_id, workspace_id, connection, modified_at, due_at, gap_from, asks
)
values (
    :tenant, :workspace, :connection, now(), now(), cast(:since as timestamptz), 1
)
on conflict (tenant_id, workspace_id, connection) do update
set
    gap_from = least(held.gap_from, cast(:since as timestamptz)),
    asks = held.asks + 1,
    due_at = least(held.due_at, now())
