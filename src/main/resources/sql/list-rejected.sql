-- A mail is listed without its bytes, which may be many megabytes; they come with the record alone.
select
    r.rejected_id, r.source, cast(array_to_json(r.import_ids) as text) as import_ids, r.import_row,
    case
        when r.source = 'email' and json_typeof(r.raw -> 'mail') = 'string' and r.raw -> 'from' is not null then
            cast(json_build_object(
                'from', r.raw -> 'from', 'subject', r.raw -> 'subject', 'message_id', r.raw -> 'message_id',
                'reason', r.raw -> 'reason', 'because', r.raw -> 'because'
            ) as text)
        else cast(r.raw as text)
    end as raw,
    cast(r.errors as text) as errors, r.actor, r.created_at
from rejected as r
where r.tenant_id = :tenant
    and r.workspace_id = :workspace
    and r.rejected_id < :before
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
order by r.rejected_id desc
limit :rows
