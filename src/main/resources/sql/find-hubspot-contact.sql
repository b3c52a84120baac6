select held.lead_id
from hubspot_contact as held
where held.tenant_id = :tenant
    and held.workspace_id = :workspace
    and held.connection = :connection
    and held.contact_id = :contact
