select
    s.tenant_id, s.workspace_id, coalesce(k.key_id, s.session_id) as key_id, coalesce(s.name, k.name) as name,
    coalesce(k.scopes, s.scopes) as scopes, s.key_id is null as person
from session as s
left join api_key as k on k.tenant_id = s.tenant_id and k.key_id = s.key_id
where s.tenant_id = :tenant and s.session_id = :session_id
    and s.created_at > now() - interval '30 days' and s.last_seen_at > now() - interval '7 days'
