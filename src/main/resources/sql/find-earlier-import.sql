-- When the same content was taken to its end before.
select import_id, finished_at
from import
where tenant_id = :tenant
    and workspace_id = :workspace
    and content_hash = :content_hash
    and state = 'done'
    and kind <> 'bulk'
order by finished_at desc
limit 1
