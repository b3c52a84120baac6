-- The same file, understood alike, that is on its way now.
select import_id
from import
where tenant_id = :tenant
    and workspace_id = :workspace
    and content_hash = :content_hash
    and state = 'running'
    and spooled
    and cast(options as text) = :options
order by started_at
limit 1
