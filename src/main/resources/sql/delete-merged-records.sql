delete from merged_record as r
where r.tenant_id = :tenant and r.deal_id = :deal_id and r.record_number > :record_number
