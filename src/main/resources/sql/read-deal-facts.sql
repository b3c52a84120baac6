-- What an automation may decide on and tell of a deal.
select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.lead_id, d.owner, d.health_score, d.risk_level,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at
from deal as d
where d.tenant_id = :tenant and d.workspace_id = :workspace and d.deal_id = :deal_id and d.archived_at is null
