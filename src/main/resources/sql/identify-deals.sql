-- Every stored deal that one of the batch's external ids or match keys leads to, locked in the order of their ids.
-- A match key is looked at up to 64 deals deep: it is not unique, since two records of one system may share name and
-- company, and the cost of taking a deal must not grow with how many do.
with by_key as (
    select held.deal_id, held.system, held.external_id, held.source_updated_at
    from unnest(cast(:?key_systems as text[]), cast(:?key_ids as text[])) as wanted (system, external_id)
    join external_key as held
        on held.tenant_id = cast(:?tenant as text)
        and held.workspace_id = cast(:?workspace as text)
        and held.system = wanted.system
        and held.external_id = wanted.external_id
),
by_match as (
    select found.deal_id
    from unnest(cast(cast(:?match_keys as text[]) as uuid[])) as wanted (match_key)
    cross join lateral (
        select candidate.deal_id
        from deal as candidate
        where candidate.tenant_id = cast(:?tenant as text)
            and candidate.workspace_id = cast(:?workspace as text)
            and candidate.match_key = wanted.match_key
        order by candidate.deal_id
        limit 64
    ) as found
)
select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.description, d.lead_id, d.external_id,
    cast(array_to_json(d.external_keys) as text) as external_keys, d.health_score, d.risk_level, d.scored_at,
    cast(d.source_metadata as text) as source_metadata, d.match_key, d.legal_form, d.base_value, d.spam,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at, d.import_id, d.import_row, d.actor,
    d.source_updated_at, cast(array_to_json(d.assumed) as text) as assumed, cast(d.lineage as text) as lineage,
    (
        select cast(json_agg(json_build_array(by_key.system, by_key.external_id, by_key.source_updated_at)) as text)
        from by_key
        where by_key.deal_id = d.deal_id
    ) as found_by
from deal as d
where d.tenant_id = cast(:?tenant as text)
    and d.workspace_id = cast(:?workspace as text)
    and d.deal_id in (select deal_id from by_key union select deal_id from by_match)
order by d.deal_id
for update of d
