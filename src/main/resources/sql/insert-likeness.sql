insert into likeness (tenant_id, workspace_id, key, deal_id)
select cast(:?tenant as text), cast(:?workspace as text), r.key, r.deal_id
from unnest(cast(:?likeness_keys as bigint[]), cast(cast(:?likeness_deals as text[]) as uuid[])) as r (key, deal_id)
on conflict do nothing
