-- The mails of the batch that were taken before, and those they answer, with their deals.
select
    encode(m.message_key, 'hex') as message_key,
    encode(m.body_hash, 'hex') as body_hash,
    m.deal_id
from mail as m
where m.tenant_id = cast(:?tenant as text)
    and m.workspace_id = cast(:?workspace as text)
    and m.message_key = any (cast(cast(:?message_keys as text[]) as bytea[]))
order by m.at desc
limit 2000
