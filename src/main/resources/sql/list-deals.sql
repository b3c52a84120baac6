-- Newest first: ids grow with time, so the primary key is the order and no page costs more than another.
select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.description, d.lead_id, d.external_id,
    cast(array_to_json(d.external_keys) as text) as external_keys, d.health_score, d.risk_level, d.scored_at,
    cast(d.source_metadata as text) as source_metadata, d.match_key, d.legal_form, d.base_value, d.spam, d.archived_at, d.owner,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at,
    cast(array_to_json(d.engaged_on) as text) as engaged_on, d.close_date_pushes, d.import_id, d.import_row, d.actor,
    d.source_updated_at, cast(array_to_json(d.assumed) as text) as assumed, cast(d.lineage as text) as lineage
from deal as d
where d.tenant_id = :tenant
    and d.workspace_id = :workspace
    and d.deal_id < :before
    and (d.archived_at is null) = (not :archived)
    and (cast(:stage as text) is null or d.stage = :stage)
    and (cast(:source as text) is null or d.source = :source)
    and (cast(:risk_level as text) is null or d.risk_level = :risk_level)
    and (cast(:since as timestamptz) is null or d.updated_at >= :since)
    and (
        cast(:q as text) is null
        or strpos(lower(concat_ws(E'\n', d.name, d.company, d.contact_name, d.contact_email)), lower(:q)) > 0
    )
order by d.deal_id desc
limit :rows
