-- A source that stops working counts once, however long it does not.
insert into source_counter as held (tenant_id, workspace_id, source, failed, last_failure)
values (:tenant, :workspace, :source, 1, now())
on conflict (tenant_id, workspace_id, source) do update
set failed = held.failed + 1, last_failure = excluded.last_failure
