-- The call with this key that runs now, and whether somebody still works on it.
select import_id, claim_hash, spooled or lease_until > now() as alive
from import
where tenant_id = :tenant
    and workspace_id = :workspace
    and claim_path = :path
    and claim_key = :key
    and state = 'running'
order by started_at desc
limit 1
