-- A record that is refused again, as it is kept, has the faults that were found now.
update rejected as r
set errors = cast(
    (cast(:?errors as text[]))[array_position(cast(cast(:?rejected_ids as text[]) as uuid[]), r.rejected_id)] as jsonb
)
where r.tenant_id = cast(:?tenant as text)
    and r.rejected_id = any (cast(cast(:?rejected_ids as text[]) as uuid[]))
