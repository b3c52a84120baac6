-- A record of a deal that comes back belongs to the merge which that deal itself may still be taken apart by, or to none.
with gone as (
    delete from merged_record as r
    where r.tenant_id = :tenant
        and r.deal_id = :deal_id
        and r.record_number = :record_number
        and r.place = :place
    returning r.*
)
insert into merged_record (tenant_id, deal_id, record_number, place, external_key, match_key, import_id, record)
select
    gone.tenant_id, :to_deal, gone.record_number, gone.place, gone.external_key, gone.match_key, gone.import_id,
    gone.record
from gone
where :still_merged
