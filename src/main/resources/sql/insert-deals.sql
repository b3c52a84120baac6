insert into deal (
    tenant_id, workspace_id, deal_id, name, company, value, currency, value_estimated, stage, probability,
    source, expected_close_date, contact_email, contact_name, description, lead_id, external_id, external_keys,
    health_score, risk_level, scored_at, source_metadata, match_key, legal_form, base_value, spam, created_at,
    updated_at, stage_entered_at, last_engagement_at, import_id, import_row, actor, source_updated_at, assumed,
    lineage, rescore_on
)
select
    cast(:?tenant as text), cast(:?workspace as text), r.deal_id, r.name, r.company, r.value,
    r.currency, r.value_estimated, r.stage, r.probability, r.source, cast(r.expected_close_date as date),
    r.contact_email, r.contact_name, r.description, r.lead_id, r.external_id,
    coalesce(string_to_array(r.external_keys, E'\n'), '{}'), r.health_score, r.risk_level,
    coalesce(cast(r.scored_at as timestamptz), batch.now), cast(r.source_metadata as jsonb), r.match_key,
    r.legal_form, r.base_value, r.spam, coalesce(cast(r.created_at as timestamptz), batch.now), coalesce(cast(r.updated_at as timestamptz), batch.now),
    coalesce(cast(r.stage_entered_at as timestamptz), batch.now), cast(r.last_engagement_at as timestamptz),
    r.import_id, r.import_row, r.actor, cast(r.source_updated_at as timestamptz),
    string_to_array(r.assumed, E'\n'), cast(r.lineage as jsonb),
    case
        when r.stage not in ('closed_won', 'closed_lost') and not r.spam
            then cast(batch.now at time zone 'UTC' as date) + 1
    end
from unnest(
    cast(cast(:?deal_id as text[]) as uuid[]),
    cast(:?name as text[]),
    cast(:?company as text[]),
    cast(:?value as numeric[]),
    cast(:?currency as text[]),
    cast(:?value_estimated as boolean[]),
    cast(:?stage as text[]),
    cast(:?probability as numeric[]),
    cast(:?source as text[]),
    cast(:?expected_close_date as text[]),
    cast(:?contact_email as text[]),
    cast(:?contact_name as text[]),
    cast(:?description as text[]),
    cast(cast(:?lead_id as text[]) as uuid[]),
    cast(:?external_id as text[]),
    cast(:?external_keys as text[]),
    cast(:?health_score as numeric[]),
    cast(:?risk_level as text[]),
    cast(:?scored_at as text[]),
    cast(:?source_metadata as text[]),
    cast(cast(:?match_key as text[]) as uuid[]),
    cast(:?legal_form as text[]),
    cast(:?base_value as numeric[]),
    cast(:?spam as boolean[]),
    cast(:?created_at as text[]),
    cast(:?updated_at as text[]),
    cast(:?stage_entered_at as text[]),
    cast(:?last_engagement_at as text[]),
    cast(cast(:?import_id as text[]) as uuid[]),
    cast(:?import_row as integer[]),
    cast(:?actor as text[]),
    cast(:?source_updated_at as text[]),
    cast(:?assumed as text[]),
    cast(:?lineage as text[])
) as r (
    deal_id, name, company, value, currency, value_estimated, stage, probability, source, expected_close_date,
    contact_email, contact_name, description, lead_id, external_id, external_keys, health_score, risk_level,
    scored_at, source_metadata, match_key, legal_form, base_value, spam, created_at, updated_at,
    stage_entered_at, last_engagement_at, import_id, import_row, actor, source_updated_at, assumed, lineage
)
cross join (select cast(cast(:?now as text) as timestamptz) as now) as batch
