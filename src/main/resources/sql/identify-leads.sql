select
    l.lead_id, l.email, l.first_name, l.last_name, l.company, l.phone, l.source, l.status, l.is_spam,
    cast(array_to_json(l.spam_reasons) as text) as spam_reasons,
    cast(l.metadata as text) as metadata, l.import_id, l.created_at, l.updated_at
from lead as l
where l.tenant_id = cast(:?tenant as text)
    and l.lead_id = any (cast(cast(:?lead_ids as text[]) as uuid[]))
order by l.lead_id
for update
