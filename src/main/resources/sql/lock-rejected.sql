-- The records that are tried again, as far as nobody has taken or dismissed them meanwhile, and how often each is counted
-- as rejected. Locked after the deals, as whoever puts a record into quarantine does it.
-- "offset 0" keeps each look-up a look-up by its whole key; otherwise every record of the tenant might be read.
select r.rejected_id, r.times
from (
    select distinct id as rejected_id
    from unnest(cast(cast(:?rejected_ids as text[]) as uuid[])) as named (id)
    order by rejected_id
) as wanted
cross join lateral (
    select held.rejected_id, greatest(cardinality(held.import_ids), 1) as times
    from rejected as held
    where held.tenant_id = cast(:?tenant as text)
        and held.rejected_id = wanted.rejected_id
    offset 0
    for update
) as r
order by r.rejected_id
