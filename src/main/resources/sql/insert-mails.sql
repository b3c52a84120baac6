-- A mail keeps the deal it first led to.
insert into mail (tenant_id, workspace_id, message_key, body_hash, message_id, deal_id, at)
select
    cast(:?tenant as text), cast(:?workspace as text), decode(r.message_key, 'hex'), decode(r.body_hash, 'hex'),
    r.message_id, cast(r.deal_id as uuid), cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(:?mail_keys as text[]),
    cast(:?mail_hashes as text[]),
    cast(:?mail_message_ids as text[]),
    cast(:?mail_deals as text[])
) as r (message_key, body_hash, message_id, deal_id)
on conflict (tenant_id, workspace_id, message_key, body_hash) do nothing
