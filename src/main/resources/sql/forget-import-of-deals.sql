-- What an import did to these deals no longer counts: its changes, what was told of them, the ids it brought, and how new
-- its records were.
with changes as (
    update history as h
    set undone = true
    where h.tenant_id = :tenant and h.import_id = :import_id and h.subject_id = any (:subjects)
),
told as (
    delete from activity as a
    where a.tenant_id = :tenant and a.deal_id = any (:restored) and a.import_id = :import_id
),
forgotten as (
    delete from external_key as held
    using unnest(:forgotten_systems, :forgotten_ids) as r (system, external_id)
    where held.tenant_id = :tenant
        and held.workspace_id = :workspace
        and held.system = r.system
        and held.external_id = r.external_id
        and held.deal_id = any (:subjects)
)
update external_key as held
set
    source_updated_at = (
        select greatest(
            max(h.source_updated_at),
            (
                select d.source_updated_at
                from deal as d
                where d.tenant_id = :tenant and d.deal_id = held.deal_id and d.source = :source
            )
        )
        from history as h
        where h.tenant_id = :tenant
            and h.subject_id = held.deal_id
            and h.source = :source
            and not h.undone
            and h.import_id is distinct from :import_id
    )
from unnest(:key_systems, :key_ids) as r (system, external_id)
where held.tenant_id = :tenant
    and held.workspace_id = :workspace
    and held.system = r.system
    and held.external_id = r.external_id
    and held.source_updated_at in (
        select h.source_updated_at
        from history as h
        where h.tenant_id = :tenant and h.subject_id = held.deal_id and h.import_id = :import_id
    )
