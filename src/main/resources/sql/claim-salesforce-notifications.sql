-- Those that were not taken before; whoever takes the same ones at this moment is waited for.
insert into salesforce_notification (tenant_id, workspace_id, notification_id, received_at)
select :tenant, :workspace, r.id, now()
from unnest(cast(:ids as text[])) as r (id)
order by r.id
on conflict do nothing
returning notification_id
