-- Keeps both deals as they are before the merge, and moves what belongs to the one that is merged away: its activities,
-- its external ids and the names it was recognised by.
with moved as (
    update activity as told
    set deal_id = :kept
    where told.tenant_id = :tenant and told.deal_id = :merged
    returning told.activity_id
),
keys as (
    update external_key as held
    set deal_id = :kept
    from unnest(:key_systems, :key_ids) as r (system, external_id)
    where held.tenant_id = :tenant
        and held.workspace_id = :workspace
        and held.system = r.system
        and held.external_id = r.external_id
        and held.deal_id = :merged
),
earlier_names as (
    update merged_name as name set deal_id = :kept where name.tenant_id = :tenant and name.deal_id = :merged
),
names as (
    insert into merged_name (tenant_id, workspace_id, match_key, merge_id, deal_id, legal_form)
    select d.tenant_id, d.workspace_id, d.match_key, :merge_id, :kept, d.legal_form
    from deal as d
    where d.tenant_id = :tenant and d.deal_id in (:kept, :merged) and d.match_key is not null
    on conflict do nothing
),
pairs as (
    update duplicate_pair as pair
    set
        state = case when pair.first_deal in (:kept, :merged) and pair.second_deal in (:kept, :merged) then 'merged' else 'set_aside' end,
        merge_id = :merge_id,
        actor = :actor,
        decided_at = :now
    where pair.tenant_id = :tenant
        and (pair.first_deal = :merged or pair.second_deal = :merged)
        and (pair.state = 'open' or (pair.first_deal in (:kept, :merged) and pair.second_deal in (:kept, :merged)))
),
flagged as (
    update deal as d set merged = true where d.tenant_id = :tenant and d.deal_id = :kept
)
insert into merge (
    tenant_id, merge_id, workspace_id, kept_deal, merged_deal, pair_id, state, kept_before, merged_before,
    moved_activities, record_number, actor, created_at
)
select
    :tenant, :merge_id, :workspace, :kept, :merged, :pair_id, 'merged', to_jsonb(k), to_jsonb(m),
    (select coalesce(array_agg(moved.activity_id), '{}') from moved), w.record_number, :actor, :now
from workspace as w
join deal as k on k.tenant_id = :tenant and k.deal_id = :kept
join deal as m on m.tenant_id = :tenant and m.deal_id = :merged
where w.tenant_id = :tenant and w.workspace_id = :workspace
