-- Deals that end, with the ids that still lead to them and what is told of them.
with forgotten_keys as (
    delete from external_key as held
    where held.tenant_id = cast(:?tenant as text)
        and held.ctid = any (array(
            select found.ctid
            from unnest(cast(:?key_systems as text[]), cast(:?key_ids as text[])) as r (system, external_id)
            cross join lateral (
                select k.ctid, k.deal_id
                from external_key as k
                where k.tenant_id = cast(:?tenant as text)
                    and k.workspace_id = cast(:?workspace as text)
                    and k.system = r.system
                    and k.external_id = r.external_id
                offset 0
            ) as found
            where found.deal_id = any (cast(cast(:?removed_deals as text[]) as uuid[]))
        ))
),
forgotten_scores as (
    delete from score_change as gone
    where gone.tenant_id = cast(:?tenant as text)
        and gone.deal_id = any (cast(cast(:?removed_deals as text[]) as uuid[]))
),
forgotten_activities as (
    delete from activity as told
    where told.tenant_id = cast(:?tenant as text)
        and told.deal_id = any (cast(cast(:?removed_deals as text[]) as uuid[]))
)
delete from deal as d
where d.tenant_id = cast(:?tenant as text)
    and d.deal_id = any (cast(cast(:?removed_deals as text[]) as uuid[]))
