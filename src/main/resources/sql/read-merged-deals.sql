-- Both deals of a merge, as they were before it: first the one that was kept.
select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.description, d.lead_id, d.external_id,
    cast(array_to_json(d.external_keys) as text) as external_keys, d.health_score, d.risk_level, d.scored_at,
    cast(d.source_metadata as text) as source_metadata, d.match_key, d.legal_form, d.base_value, d.spam,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at,
    cast(array_to_json(d.engaged_on) as text) as engaged_on, d.close_date_pushes, d.import_id, d.import_row, d.actor,
    d.source_updated_at, cast(array_to_json(d.assumed) as text) as assumed, cast(d.lineage as text) as lineage,
    d.merged, d.owner
from merge as g
cross join lateral (
    select 1 as place, kept.* from jsonb_populate_record(cast(null as deal), g.kept_before) as kept
    union all
    select 2, merged.* from jsonb_populate_record(cast(null as deal), g.merged_before) as merged
) as d
where g.tenant_id = :tenant and g.workspace_id = :workspace and g.merge_id = :merge_id
order by d.place
