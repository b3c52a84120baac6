-- Open deals whose close date has passed where the tenant is, a page of them in the order of their dates.
select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.lead_id, d.owner, d.health_score, d.risk_level,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at
from deal as d
where d.tenant_id = :tenant and d.workspace_id = :workspace
    and d.stage not in ('closed_won', 'closed_lost') and d.expected_close_date is not null and not d.spam
    and d.archived_at is null
    and d.expected_close_date < :today
    and (d.expected_close_date, d.deal_id) > (cast(:date as date), cast(:deal_id as uuid))
order by d.expected_close_date, d.deal_id
limit :rows
