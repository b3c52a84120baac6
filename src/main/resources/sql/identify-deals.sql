-- Every stored deal that one of the batch's external ids or match keys leads to, locked in the order of their ids.
-- A match key is looked at up to 64 deals deep: it is not unique, since two records of one system may share name and
-- company, and the cost of taking a deal must not grow with how many do.
-- "offset 0" keeps each look-up a look-up by its whole key; a join might be turned around, to read every row of a tenant.
with by_key as (
    select held.deal_id, wanted.system, wanted.external_id, held.source_updated_at
    from unnest(cast(:?key_systems as text[]), cast(:?key_ids as text[])) as wanted (system, external_id)
    cross join lateral (
        select k.deal_id, k.source_updated_at
        from external_key as k
        where k.tenant_id = cast(:?tenant as text)
            and k.workspace_id = cast(:?workspace as text)
            and k.system = wanted.system
            and k.external_id = wanted.external_id
        offset 0
    ) as held
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
    union all
    select other.deal_id
    from unnest(cast(cast(:?match_keys as text[]) as uuid[])) as wanted (match_key)
    cross join lateral (
        select name.deal_id
        from merged_name as name
        where name.tenant_id = cast(:?tenant as text)
            and name.workspace_id = cast(:?workspace as text)
            and name.match_key = wanted.match_key
        offset 0
    ) as other
),
candidate as (
    select
        found.deal_id,
        json_agg(json_build_array(found.system, found.external_id, found.source_updated_at))
        filter (where found.system is not null) as found_by
    from (
        select deal_id, system, external_id, source_updated_at from by_key
        union all
        select deal_id, null, null, null from by_match
    ) as found
    group by found.deal_id
    order by found.deal_id
)
select
    d.deal_id, d.name, d.company, d.value, d.currency, d.value_estimated, d.stage, d.probability, d.source,
    d.expected_close_date, d.contact_email, d.contact_name, d.description, d.lead_id, d.external_id,
    cast(array_to_json(d.external_keys) as text) as external_keys, d.health_score, d.risk_level, d.scored_at,
    cast(d.source_metadata as text) as source_metadata, d.match_key, d.legal_form, d.base_value, d.spam, d.archived_at, d.owner,
    d.created_at, d.updated_at, d.stage_entered_at, d.last_engagement_at,
    cast(array_to_json(d.engaged_on) as text) as engaged_on, d.close_date_pushes, d.import_id, d.import_row, d.actor,
    d.source_updated_at, cast(array_to_json(d.assumed) as text) as assumed, cast(d.lineage as text) as lineage,
    d.merged,
    case when d.merged then (
        select cast(json_agg(json_build_array(other.match_key, other.legal_form)) as text)
        from unnest(cast(cast(:?match_keys as text[]) as uuid[])) as wanted (match_key)
        cross join lateral (
            select name.match_key, name.legal_form
            from merged_name as name
            where name.tenant_id = cast(:?tenant as text)
                and name.workspace_id = cast(:?workspace as text)
                and name.match_key = wanted.match_key
                and name.deal_id = d.deal_id
            offset 0
        ) as other
    ) end as other_names,
    cast(candidate.found_by as text) as found_by
from candidate
cross join lateral (
    select held.*
    from deal as held
    where held.tenant_id = cast(:?tenant as text)
        and held.workspace_id = cast(:?workspace as text)
        and held.deal_id = candidate.deal_id
    offset 0
    for update
) as d
order by d.deal_id
