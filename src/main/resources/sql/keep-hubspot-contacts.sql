insert into hubspot_contact as held (tenant_id, workspace_id, connection, contact_id, lead_id)
select :tenant, :workspace, :connection, r.contact_id, r.lead_id
from unnest(cast(:contacts as text[]), cast(:leads as uuid[])) as r (contact_id, lead_id)
on conflict (tenant_id, workspace_id, connection, contact_id) do update
set lead_id = excluded.lead_id
where held.lead_id <> excluded.lead_id
