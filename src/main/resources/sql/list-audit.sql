-- What concerns the tenant as a whole belongs to each of its workspaces.
select
    a.audit_id, a.at, a.actor, a.action, a.subject, a.source, a.import_id, cast(a.details as text) as details
from audit as a
where a.tenant_id = :tenant
    and (a.workspace_id = :workspace or a.workspace_id is null)
    and a.audit_id < :before
order by a.audit_id desc
limit :rows
