insert into automation_timer as t (
    tenant_id, workspace_id, automation, deal_id, timer, begun_at, due_at, set_for
)
values (
    :tenant, :workspace, :automation, :deal_id, :timer, coalesce(cast(:begun_at as timestamptz), now()),
    now() + make_interval(secs => :seconds), now() + make_interval(secs => :seconds)
)
on conflict (tenant_id, workspace_id, automation, deal_id, timer)
do update set begun_at = excluded.begun_at, due_at = excluded.due_at, set_for = excluded.set_for, tries = 0
