-- Leads that an import made and that nothing else has to do with: no deal is left of them, nobody else changed them.
with chunk as (
    select l.lead_id, l.created_at
    from lead as l
    where l.tenant_id = :tenant
        and l.workspace_id = :workspace
        and (l.created_at, l.lead_id) > (:after_time, :after_id)
        and l.import_id = :import_id
    order by l.created_at, l.lead_id
    limit :rows
),
gone as (
    delete from lead as l
    using chunk
    where l.tenant_id = :tenant
        and l.lead_id = chunk.lead_id
        and not exists (
            select 1 from deal as d
            where d.tenant_id = :tenant and d.workspace_id = :workspace and d.lead_id = chunk.lead_id
        )
        -- A deal that was merged away may come back, and its lead with it.
        and not exists (
            select 1 from merge as g
            where g.tenant_id = :tenant
                and g.workspace_id = :workspace
                and g.state = 'merged'
                and cast(chunk.lead_id as text) in (g.merged_before ->> 'lead_id', g.kept_before ->> 'lead_id')
        )
        and not exists (
            select 1 from history as h
            where h.tenant_id = :tenant
                and h.subject_id = chunk.lead_id
                and not h.undone
                and h.cause <> 'rollback'
                and h.import_id is distinct from :import_id
        )
    returning l.lead_id
)
select
    (select count(*) from chunk) as looked_at,
    (select count(*) from gone) as removed,
    (select max(created_at) from chunk) as last_time,
    (select c.lead_id from chunk as c order by c.created_at desc, c.lead_id desc limit 1) as last_id
