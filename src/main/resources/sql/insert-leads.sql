insert into lead (
    tenant_id, lead_id, workspace_id, email, first_name, last_name, company, phone, source, status, is_spam,
    spam_reasons, metadata, import_id, created_at, updated_at
)
select
    cast(:?tenant as text), r.lead_id, cast(:?workspace as text), r.email, r.first_name, r.last_name,
    r.company, r.phone, r.source, r.status, r.is_spam, string_to_array(r.spam_reasons, E'\n'),
    cast(r.metadata as jsonb), cast(cast(:?import_id as text) as uuid), cast(cast(:?now as text) as timestamptz),
    cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(cast(:?lead_ids as text[]) as uuid[]),
    cast(:?emails as text[]),
    cast(:?first_names as text[]),
    cast(:?last_names as text[]),
    cast(:?companies as text[]),
    cast(:?phones as text[]),
    cast(:?sources as text[]),
    cast(:?statuses as text[]),
    cast(:?spams as boolean[]),
    cast(:?spam_reasons as text[]),
    cast(:?metadata as text[])
) as r (lead_id, email, first_name, last_name, company, phone, source, status, is_spam, spam_reasons, metadata)
