select held.external_id
from external_key as held
join deal as d on d.tenant_id = held.tenant_id and d.deal_id = held.deal_id
where held.tenant_id = :tenant
    and held.workspace_id = :workspace
    and held.system = :system
    and held.external_id = any(cast(:ids as text[]))
    and d.archived_at is not null
