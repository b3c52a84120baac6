-- The deals that commands name, locked in the order of their ids.
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
where d.tenant_id = cast(:?tenant as text)
    and d.workspace_id = cast(:?workspace as text)
    and d.deal_id = any (cast(cast(:?named_ids as text[]) as uuid[]))
order by d.deal_id
for update
