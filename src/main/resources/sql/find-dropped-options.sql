-- How the same appearance of the same file was understood when it was begun.
select cast(options as text) as options
from import
where tenant_id = :tenant
    and workspace_id = :workspace
    and content_hash = :content_hash
    and resume_key = :resume_key
    and kind = 'drop'
order by started_at desc
limit 1
