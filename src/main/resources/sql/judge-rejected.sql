-- A record that is refused again, as it is kept, has the faults that were found now.
update rejected as r
set errors = cast(judged.errors as jsonb)
from unnest(cast(cast(:?rejected_ids as text[]) as uuid[]), cast(:?errors as text[])) as judged (rejected_id, errors)
where r.tenant_id = cast(:?tenant as text)
    and r.workspace_id = cast(:?workspace as text)
    and r.rejected_id = judged.rejected_id
