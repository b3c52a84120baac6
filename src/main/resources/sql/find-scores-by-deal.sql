-- What HubSpot is told of its deals: their score and their risk.
select held.external_id, d.health_score, d.risk_level, d.deal_id
from unnest(cast(:deals as uuid[])) as wanted (deal_id)
join deal as d on d.tenant_id = :tenant and d.deal_id = wanted.deal_id
cross join lateral (
    select substr(key, length(:system) + 2) as external_id
    from unnest(d.external_keys) as key
    where key like :system || ':%'
) as held
where d.workspace_id = :workspace
