-- A key itself cannot be read: only its hash is kept, and that stays here.
select k.key_id, k.workspace_id, k.name, cast(array_to_json(k.scopes) as text) as scopes,
    cast(k.form as text) as form, k.created_at
from api_key as k
where k.tenant_id = :tenant and k.key_id < :before
order by k.key_id desc
limit :rows
