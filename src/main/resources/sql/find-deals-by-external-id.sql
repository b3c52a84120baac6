select held.external_id, held.deal_id
from external_key as held
where held.tenant_id = :tenant
    and held.workspace_id = :workspace
    and held.system = :system
    and held.external_id = any(cast(:ids as text[]))
