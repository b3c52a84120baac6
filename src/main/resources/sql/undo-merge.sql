-- Gives back what belongs to the deal that was merged away, and lets no change count any more that was the merge's own or
-- came for that deal since.
with activities as (
    update activity as told
    set deal_id = :merged
    from merge as g
    where g.tenant_id = :tenant
        and g.merge_id = :merge_id
        and told.tenant_id = :tenant
        and told.deal_id = :kept
        and (told.activity_id = any (g.moved_activities) or (told.type = 'updated' and told.at = any (:moved_times)))
),
keys as (
    update external_key as held
    set deal_id = :merged
    from unnest(:key_systems, :key_ids) as r (system, external_id)
    where held.tenant_id = :tenant
        and held.workspace_id = :workspace
        and held.system = r.system
        and held.external_id = r.external_id
        and held.deal_id = :kept
),
names as (
    delete from merged_name as name where name.tenant_id = :tenant and name.merge_id = :merge_id
),
earlier_names as (
    update merged_name as name
    set deal_id = :merged
    from merge as own
    where name.tenant_id = :tenant
        and own.tenant_id = :tenant
        and own.merge_id = name.merge_id
        and own.kept_deal = :merged
        and own.state = 'merged'
),
pairs as (
    update duplicate_pair as pair
    set state = 'open', merge_id = null, actor = null, decided_at = null
    where pair.tenant_id = :tenant
        and (pair.first_deal = :merged or pair.second_deal = :merged)
        and pair.merge_id = :merge_id
        and (
            select count(*) from deal as d
            where d.tenant_id = :tenant and d.deal_id in (pair.first_deal, pair.second_deal)
        ) = 2
),
lost_pairs as (
    delete from duplicate_pair as pair
    where pair.tenant_id = :tenant
        and (pair.first_deal = :merged or pair.second_deal = :merged)
        and pair.merge_id = :merge_id
        and (
            select count(*) from deal as d
            where d.tenant_id = :tenant and d.deal_id in (pair.first_deal, pair.second_deal)
        ) < 2
),
changes as (
    update history as h
    set undone = true
    where h.tenant_id = :tenant
        and h.subject_id = :kept
        and h.history_id > :record_number
        and (
            (h.cause = 'merge' and h.replaced ->> 'merge_id' = cast(cast(:merge_id as uuid) as text))
            or (h.cause = 'ingest' and h.at = any (:moved_times))
        )
),
flagged as (
    update deal as d set merged = :still_merged where d.tenant_id = :tenant and d.deal_id = :kept
)
update merge as g
set state = 'undone', undone_by = :actor, undone_at = :now
where g.tenant_id = :tenant and g.merge_id = :merge_id
