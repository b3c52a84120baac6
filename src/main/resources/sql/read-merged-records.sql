select r.record_number, r.place, r.external_key, r.match_key, cast(r.record as text) as record
from merged_record as r
where r.tenant_id = :tenant and r.deal_id = :deal_id and r.record_number > :record_number
order by r.record_number, r.place
