-- A ticket is good once: whoever deletes it is let in, as long as the key that asked for it is still good.
with taken as (
    delete from live_ticket
    where tenant_id = :tenant and ticket_hash = :hash
    returning workspace_id, key_id, expires_at
)
select t.workspace_id, t.key_id
from taken as t
inner join api_key as k on k.tenant_id = :tenant and k.key_id = t.key_id
where t.expires_at > now()
