update lead as l
set
    first_name = r.first_name,
    last_name = r.last_name,
    company = r.company,
    phone = r.phone,
    status = r.status,
    is_spam = r.is_spam,
    spam_reasons = string_to_array(r.spam_reasons, E'\n'),
    metadata = cast(r.metadata as jsonb),
    updated_at = cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(:?lead_ids as text[]),
    cast(:?first_names as text[]),
    cast(:?last_names as text[]),
    cast(:?companies as text[]),
    cast(:?phones as text[]),
    cast(:?statuses as text[]),
    cast(:?spams as boolean[]),
    cast(:?spam_reasons as text[]),
    cast(:?metadata as text[])
) as r (lead_id, first_name, last_name, company, phone, status, is_spam, spam_reasons, metadata)
where l.tenant_id = cast(:?tenant as text)
    and l.lead_id = cast(r.lead_id as uuid)
