select
    r.source, fault.entry ->> 'field' as field, fault.entry ->> 'error' as error,
    count(distinct r.rejected_id) as records, min(fault.entry ->> 'value') as example,
    min(r.created_at) as first_at, max(r.created_at) as last_at
from rejected as r
cross join jsonb_array_elements(r.errors) as fault (entry)
where r.tenant_id = :tenant
    and r.workspace_id = :workspace
    and (cast(:source as text) is null or r.source = :source)
    and (cast(:import_id as uuid) is null or r.import_ids @> array[cast(:import_id as uuid)])
    and (cast(:since as timestamptz) is null or r.created_at >= :since)
    and (cast(:field as text) is null or fault.entry ->> 'field' = :field)
    and (cast(:error as text) is null or fault.entry ->> 'error' = :error)
group by r.source, fault.entry ->> 'field', fault.entry ->> 'error'
order by records desc, 1, 2, 3
limit :rows
