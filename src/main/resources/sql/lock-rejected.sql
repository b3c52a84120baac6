-- The records that are tried again, as far as nobody has taken or dismissed them meanwhile, and how often each is counted
-- as rejected. Locked after the deals, as whoever puts a record into quarantine does it.
select r.rejected_id, greatest(cardinality(r.import_ids), 1) as times
from rejected as r
where r.tenant_id = cast(:?tenant as text)
    and r.rejected_id = any (cast(cast(:?rejected_ids as text[]) as uuid[]))
order by r.rejected_id
for update
