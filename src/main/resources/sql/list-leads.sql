select
    l.lead_id, l.email, l.first_name, l.last_name, l.company, l.phone, l.source, l.status, l.is_spam,
    cast(array_to_json(l.spam_reasons) as text) as spam_reasons,
    cast(l.metadata as text) as metadata, l.import_id, l.created_at, l.updated_at
from lead as l
where l.tenant_id = :tenant
    and l.workspace_id = :workspace
    and (l.created_at, l.lead_id) < (:before_time, :before)
    and (cast(:status as text) is null or l.status = :status)
    and (cast(:source as text) is null or l.source = :source)
    and (
        cast(:q as text) is null
        or strpos(lower(concat_ws(E'\n', l.email, concat_ws(' ', l.first_name, l.last_name), l.company)), lower(:q)) > 0
    )
order by l.created_at desc, l.lead_id desc
limit :rows
