-- The newest deals that share a key with those of the batch: 16 a key, so that the cost of looking does not grow with how
-- many deals share a name or a company.
select
    wanted.key, d.deal_id, d.name, d.company, d.contact_email, d.value, d.currency, d.value_estimated,
    d.expected_close_date
from unnest(cast(:?likeness_keys as bigint[])) as wanted (key)
cross join lateral (
    select held.deal_id
    from likeness as held
    where held.tenant_id = cast(:?tenant as text)
        and held.workspace_id = cast(:?workspace as text)
        and held.key = wanted.key
    order by held.deal_id desc
    limit 16
) as found
cross join lateral (
    select stored.*
    from deal as stored
    where stored.tenant_id = cast(:?tenant as text) and stored.deal_id = found.deal_id and not stored.spam
    offset 0
) as d
