select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.description, d.lead_id, d.external_id,
    cast(array_to_json(d.external_keys) as text) as external_keys, d.health_score, d.risk_level, d.scored_at,
    cast(d.source_metadata as text) as source_metadata, d.match_key, d.legal_form, d.base_value, d.spam, d.archived_at, d.owner,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at,
    cast(array_to_json(d.engaged_on) as text) as engaged_on, d.close_date_pushes, d.import_id, d.import_row, d.actor,
    d.source_updated_at, cast(array_to_json(d.assumed) as text) as assumed, cast(d.lineage as text) as lineage,
    d.merged
from deal as d
join (
    select distinct on (v.deal_id) v.deal_id, v.left_at
    from (
        select latest.deal_id, latest.left_at from stage_visit as latest
        where latest.tenant_id = :tenant and latest.workspace_id = :workspace
            and latest.next_stage = any (array['closed_won', 'closed_lost'])
        order by latest.left_at desc
        limit :rows
    ) as v
    order by v.deal_id, v.left_at desc
) as decided on decided.deal_id = d.deal_id
where d.tenant_id = :tenant and d.workspace_id = :workspace and d.stage in ('closed_won', 'closed_lost')
    and not d.spam and d.archived_at is null
