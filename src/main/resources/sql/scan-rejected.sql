-- The oldest first, up to a record that was the last when the scan began.
select
    r.rejected_id, r.source, r.import_ids[cardinality(r.import_ids)] as import_id, r.import_row,
    cast(r.raw as text) as raw, cast(r.errors as text) as errors
from rejected as r
where r.tenant_id = :tenant
    and r.workspace_id = :workspace
    and r.rejected_id > :after
    and r.rejected_id <= :last
    and (cast(:source as text) is null or r.source = :source)
    and (cast(:import_id as uuid) is null or r.import_ids @> array[cast(:import_id as uuid)])
    and (cast(:since as timestamptz) is null or r.created_at >= :since)
    and (
        (cast(:field as text) is null and cast(:error as text) is null)
        or exists (
            select from jsonb_array_elements(r.errors) as fault (entry)
            where (cast(:field as text) is null or fault.entry ->> 'field' = :field)
                and (cast(:error as text) is null or fault.entry ->> 'error' = :error)
        )
    )
order by r.rejected_id
limit :rows
