-- A merge, and whether a later one into the same deal still stands.
select
    g.merge_id, g.kept_deal, g.merged_deal, g.pair_id, g.state, g.record_number, g.created_at,
    (
        select later.merge_id
        from merge as later
        where later.tenant_id = g.tenant_id
            and later.kept_deal = g.kept_deal
            and later.merge_id > g.merge_id
            and later.state = 'merged'
        order by later.merge_id desc
        limit 1
    ) as later_merge,
    exists (
        select 1
        from merge as earlier
        where earlier.tenant_id = g.tenant_id
            and earlier.kept_deal = g.kept_deal
            and earlier.merge_id < g.merge_id
            and earlier.state = 'merged'
    ) as has_earlier
from merge as g
where g.tenant_id = :tenant and g.workspace_id = :workspace and g.merge_id = :merge_id
for update of g
