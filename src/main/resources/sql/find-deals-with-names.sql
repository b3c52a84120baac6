-- A change event names only what changed, so the deal's name stands in for the record's; and what was read before a
-- deletion does not bring its deal back.
select held.external_id, held.deal_id, deal.name, deal.archived_at
from external_key as held
join deal on deal.tenant_id = held.tenant_id and deal.deal_id = held.deal_id
where held.tenant_id = :tenant
    and held.workspace_id = :workspace
    and held.system = :system
    and held.external_id = any(cast(:ids as text[]))
