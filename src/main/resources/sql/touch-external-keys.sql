-- Remembers how new the newest record of each id is, so that an older one that comes late is known as such. Each id is
-- there; see update-deals.
insert into external_key (
    tenant_id, workspace_id, system, external_id, deal_id, source_updated_at, import_id, created_at
)
select
    cast(:?tenant as text), cast(:?workspace as text), r.system, r.external_id, r.deal_id,
    cast(r.source_updated_at as timestamptz), cast(cast(:?import_id as text) as uuid),
    cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(:?systems as text[]),
    cast(:?external_ids as text[]),
    cast(cast(:?deal_ids as text[]) as uuid[]),
    cast(:?source_updated_at as text[])
) as r (system, external_id, deal_id, source_updated_at)
on conflict (tenant_id, workspace_id, system, external_id) do update
set source_updated_at = excluded.source_updated_at
