-- The import's position commits with its rows, and so does what its answer will tell: after a crash it goes on from here.
-- No row comes back where the import was ended or its rows were taken meanwhile, by whoever goes on with it.
update import
set
    position = cast(:?position as bigint),
    received = received + cast(:?received as bigint),
    created = created + cast(:?created as bigint),
    updated = updated + cast(:?updated as bigint),
    unchanged = unchanged + cast(:?unchanged as bigint),
    rejected = rejected + cast(:?rejected as bigint),
    lease_until = now() + interval '1 minute',
    warnings = case
        when json_array_length(warnings) >= 100 or cast(:?warnings as text) = '[]' then warnings
        else (
            select json_agg(told.warning order by told.part, told.place)
            from (
                select 1 as part, earlier.place, earlier.warning
                from json_array_elements(warnings) with ordinality as earlier (warning, place)
                union all
                select 2, added.place, added.warning
                from json_array_elements(cast(cast(:?warnings as text) as json)) with ordinality as added (warning, place)
                order by 1, 2
                limit 100
            ) as told
        )
    end
where tenant_id = cast(:?tenant as text)
    and import_id = cast(cast(:?import_id as text) as uuid)
    and state = 'running'
    and position < cast(:?first_row as bigint)
returning position
