-- Records that are taken after all leave the quarantine. Of the imports that brought one, the last counts what became of it
-- and those before it count it as unchanged, which it would have been; none counts or lists it as rejected any more.
with released as (
    delete from rejected as r
    where r.tenant_id = cast(:?tenant as text)
        and r.rejected_id = any (cast(cast(:?rejected_ids as text[]) as uuid[]))
    returning r.rejected_id, r.import_ids
),
parts as (
    select
        part.import_id, released.rejected_id,
        case when part.place = cardinality(released.import_ids) then taken.action else 'unchanged' end as action
    from released
    join unnest(cast(cast(:?rejected_ids as text[]) as uuid[]), cast(:?actions as text[])) as taken (rejected_id, action)
        on taken.rejected_id = released.rejected_id
    cross join unnest(released.import_ids) with ordinality as part (import_id, place)
),
moved as (
    select
        parts.import_id, count(*) as records,
        count(*) filter (where parts.action = 'created') as created,
        count(*) filter (where parts.action = 'updated') as updated,
        count(*) filter (where parts.action = 'unchanged') as unchanged,
        array_agg(cast(parts.rejected_id as text)) as rejected_ids
    from parts
    group by parts.import_id
)
update import as i
set
    rejected = i.rejected - moved.records,
    created = i.created + moved.created,
    updated = i.updated + moved.updated,
    unchanged = i.unchanged + moved.unchanged,
    errors = (
        select coalesce(json_agg(fault.entry order by fault.place), '[]')
        from json_array_elements(i.errors) with ordinality as fault (entry, place)
        where fault.entry ->> 'rejected_id' is null
            or not (fault.entry ->> 'rejected_id' = any (moved.rejected_ids))
    )
from moved
where i.tenant_id = cast(:?tenant as text)
    and i.import_id = any (array(select import_id from moved))
    and i.import_id = moved.import_id
