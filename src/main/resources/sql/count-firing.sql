insert into automation as a (tenant_id, workspace_id, automation, fired, last_fired_at)
values (:tenant, :workspace, :automation, 1, now())
on conflict (tenant_id, workspace_id, automation)
do update set fired = a.fired + 1, last_fired_at = greatest(a.last_fired_at, excluded.last_fired_at)
