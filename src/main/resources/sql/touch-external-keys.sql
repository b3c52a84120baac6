-- Remembers how new the newest record of each id is, so that an older one that comes late is known as such.
update external_key as held
set source_updated_at = cast(r.source_updated_at as timestamptz)
from unnest(
    cast(:?systems as text[]),
    cast(:?external_ids as text[]),
    cast(:?source_updated_at as text[])
) as r (system, external_id, source_updated_at)
where held.tenant_id = cast(:?tenant as text)
    and held.workspace_id = cast(:?workspace as text)
    and held.system = r.system
    and held.external_id = r.external_id
